// How long a household of four takes to fill in CT01 without a network, by what is on the screen alone:
// `node bench/browser/household.mjs [milliseconds a key] [milliseconds a page]` in end2end/. The main thread is four
// times slower; who types takes so long for each key, and looks at each page for so long.

import { setTimeout as pause } from 'node:timers/promises';

import { launch } from '../../browser.mjs';
import { PERMANENT, next } from '../../dossier.mjs';
import { owner } from '../../people.mjs';
import { World } from '../../world.mjs';
import { throttle } from './rig.mjs';

const [KEY, LOOK] = [Number(process.argv[2] ?? 180), Number(process.argv[3] ?? 1500)];

const MEMBERS = [
  { name: 'Giàng Thị Mẩy', birth: ['05', '02', '2003'], sex: 'Nữ', number: '012303004311', relation: 'vợ' },
  { name: 'Lò Thị Hoa', birth: ['11', '07', '2019'], sex: 'Nữ', number: '012319004312', relation: 'con đẻ' },
  { name: 'Lò Văn Nam', birth: ['20', '12', '2017'], sex: 'Nam', number: '012217004313', relation: 'con đẻ' },
];

let typed = 0;
const type = async (field, text) => {
  typed += text.length;
  await field.click();
  await field.pressSequentially(text, { delay: KEY });
};

async function date(page, parts) {
  for (const [place, part] of ['Ngày', 'Tháng', 'Năm'].entries()) {
    await type(page.getByLabel(part, { exact: true }), parts[place]);
  }
}

const browser = await launch();
const world = new World(browser, 'household');
const office = await world.office({ demo: true });
const phone = await owner(world, office);
await world.cut(phone, office);
await throttle(phone);

const start = performance.now();
await phone.getByRole('link', { name: 'Làm thủ tục khác' }).click();
await phone.getByRole('link', { name: /^Đăng ký thường trú/ }).first().click();
await pause(LOOK);
await phone.getByRole('link', { name: 'Bắt đầu khai' }).click();
await phone.getByRole('button', { name: 'Làm tiếp' }).click();
while (/trang/.test(await phone.getByRole('heading', { level: 1 }).textContent())) {
  await pause(LOOK);
  const here = phone.url();
  for (const [label, value] of Object.entries(PERMANENT.answers)) {
    const field = phone.getByLabel(new RegExp(`^${label}(?! của)( \\(không bắt buộc\\))?`)).first();
    if (await field.isVisible().catch(() => false)) await type(field, value);
  }
  if (await phone.getByText('Ngày, tháng, năm sinh').first().isVisible().catch(() => false)) await date(phone, ['09', '03', '2001']);
  for (const choice of PERMANENT.choices) {
    const option = phone.getByText(choice, { exact: true });
    if (await option.isVisible().catch(() => false)) await option.click();
  }
  const kin = phone.getByLabel('Mối quan hệ với chủ hộ');
  if (await kin.isVisible().catch(() => false)) await kin.selectOption({ label: PERMANENT.relation });
  await next(phone);
  await phone.waitForFunction((before) => location.href !== before, here, { timeout: 5_000 }).catch(async () => {
    for (const button of await phone.getByRole('button', { name: 'Giấy tờ ghi đúng như vậy' }).all()) await button.click();
    await next(phone);
  });
}
for (const member of MEMBERS) {
  await phone.getByRole('button', { name: /^Thêm / }).click();
  await pause(LOOK);
  await type(phone.getByLabel(/^Họ, chữ đệm và tên/), member.name);
  await date(phone, member.birth);
  await phone.getByText(member.sex, { exact: true }).click();
  await type(phone.getByLabel(/^Số định danh cá nhân/), member.number);
  await phone.getByLabel('Mối quan hệ với chủ hộ').selectOption({ label: member.relation });
  await next(phone);
  for (const button of await phone.getByRole('button', { name: 'Giấy tờ ghi đúng như vậy' }).all()) {
    await button.click();
    await next(phone);
  }
  await phone.getByRole('button', { name: /^Thêm / }).waitFor();
}
for (let page = 0; page < 8 && !(await phone.getByRole('button', { name: 'Nộp hồ sơ' }).isVisible()); page += 1) {
  await pause(LOOK);
  const who = phone.getByLabel('Họ, chữ đệm và tên người đồng ý');
  if (await who.isVisible().catch(() => false)) {
    await type(who, PERMANENT.answers['Họ, chữ đệm và tên khai sinh']);
    await phone.getByText('Là người đang khai', { exact: true }).click();
  }
  await next(phone);
  await pause(300);
}
await pause(LOOK);
await phone.getByRole('button', { name: 'Nộp hồ sơ' }).click();
await phone.getByText('Đã lưu trên máy · chưa gửi').first().waitFor();
const took = Math.round((performance.now() - start) / 1000);
await world.close();
await browser.close();
console.log(`a household of four, ${typed} keys of ${KEY} ms: ${Math.floor(took / 60)} min ${took % 60} s, of which keys ${Math.round(typed * KEY / 1000)} s`);
