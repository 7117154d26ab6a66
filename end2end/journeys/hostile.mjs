// Words that would like to be scripts: typed into every field, and as names of houses, communes and people. They stay
// words wherever they are shown.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { journey } from '../journey.mjs';
import { PAO, PASSWORD, PIN, dayAfter, typeGuest } from '../people.mjs';

const WORDS = [
  '<img src=x onerror=globalThis.ran=1>',
  '"><svg onload=globalThis.ran=1>',
  "'-globalThis.ran=1-'",
  '</textarea></title></script><script>globalThis.ran=1</script>',
  'javascript:globalThis.ran=1',
  '<iframe srcdoc="<script>parent.ran=1</script>"></iframe>',
  '&lt;img src=x onerror=globalThis.ran=1&gt;',
  '<a href="javascript:globalThis.ran=1">a</a>',
  '{{constructor.constructor("globalThis.ran=1")()}}',
  '<style>*{background:url(/ran)}</style>',
];
const ALL = WORDS.join(' ');

// Nothing of the words has become a part of the page.
async function harmless(page) {
  const found = await page.evaluate(() => ({
    ran: globalThis.ran,
    made: document.querySelectorAll('img, iframe, style, object, embed, base, script:not([src]), [onerror], [onload], [href^="javascript:" i]').length,
  }));
  assert.deepEqual(found, { ran: undefined, made: 0 }, `at ${new URL(page.url()).pathname}`);
}

// The words are there, letter for letter.
async function says(page, text = WORDS[0]) {
  await page.getByText(text, { exact: false }).first().waitFor();
  await harmless(page);
}

async function joinWith(page, office, code) {
  await page.goto(office.url('/may'));
  await page.getByRole('button', { name: 'Tôi có mã mời' }).click();
  await page.getByLabel('Mã mời').fill(code);
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
  await page.getByLabel('Mật khẩu tài khoản').fill(PASSWORD);
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
  await page.getByLabel(/^Mã PIN/).fill(PIN);
  await page.getByLabel('Gõ lại mã PIN').fill(PIN);
  await page.getByRole('button', { name: 'Dùng trên máy này' }).click();
}

// A commune, a house, its owner and an officer, all of them called by hostile words. Gives the two invitations.
async function hostileCommune(office) {
  const admin = (...args) => office.command('admin', '--data', office.data, ...args);
  await admin('commune', '03394', ALL, ALL, '--agency', ALL, '--duty-phone', 'javascript:globalThis.ran=1');
  const house = /cơ sở số (\d+)/.exec(await admin('establishment', '3394', ALL, ALL, '--phone', ALL, '--address', ALL))[1];
  const code = (text) => /[0-9A-Z]{5}-[0-9A-Z]{5}/.exec(text)[0];
  return {
    house,
    owner: code(await admin('owner', house, 'chu-la', ALL)),
    officer: code(await admin('officer', '3394', 'can-bo-la', ALL)),
    reception: async () => {
      await admin('owner', house, 'le-tan-la', ALL);
      return code(await admin('invite', 'le-tan-la'));
    },
  };
}

journey('hostile words typed into every field and used as every name stay words on phone and desk', async (world) => {
  const office = await world.office({ demo: false });
  const codes = await hostileCommune(office);
  const phone = await world.phone();
  await joinWith(phone, office, codes.owner);
  await phone.getByRole('link', { name: 'Khai khách mới' }).waitFor();
  await harmless(phone);
  const tap = (role, name) => phone.getByRole(role, { name }).first().click();

  // Each field takes each word, and says what it thinks of it.
  await tap('link', 'Khai khách mới');
  await phone.getByText('Thêm thông tin (không bắt buộc)').click();
  for (const label of ['Họ, chữ đệm và tên', 'Số định danh cá nhân', 'Số điện thoại', 'Nơi cư trú', 'Năm']) {
    for (const words of WORDS) {
      await phone.getByLabel(label, { exact: label === 'Năm' }).fill(words).catch((fault) => {
        if (!/Malformed|Cannot type/.test(fault.message)) throw fault;
      });
    }
  }
  await tap('button', 'Tiếp tục');
  await phone.getByText(/chỗ cần xem lại/).first().waitFor();
  await harmless(phone);
  await phone.getByText('Nước ngoài', { exact: true }).click();
  for (const words of WORDS) await phone.getByLabel('Nước nào').fill(words);
  await harmless(phone);
  await phone.getByText('Việt Nam', { exact: true }).click();
  await typeGuest(phone, PAO);
  await phone.getByLabel('Số điện thoại').fill('');
  await tap('button', 'Tiếp tục');
  await phone.getByRole('button', { name: '2 đêm' }).click();
  await phone.getByLabel('Số phòng').fill(ALL);
  await phone.getByLabel('Ghi chú').fill(ALL);
  await phone.getByText('Lý do khác').click();
  await phone.getByText('Mục đích khác', { exact: true }).click();
  await phone.getByLabel('Mục đích khác là gì').fill(ALL);
  await tap('button', 'Tiếp tục');
  await says(phone);
  await world.shot(phone, 'check');
  await tap('button', 'Gửi thông báo lưu trú');
  await phone.getByText('Đã gửi · có biên nhận').first().waitFor();
  await harmless(phone);
  await phone.getByRole('link', { name: new RegExp(PAO.name) }).first().click();
  await says(phone);
  await world.shot(phone, 'notice');
  await tap('link', /^Biên nhận/);
  await phone.getByText('Chữ ký đúng').waitFor();
  await harmless(phone);

  const desk = await world.desk();
  await joinWith(desk, office, codes.officer);
  await desk.getByRole('row', { name: new RegExp(PAO.name, 'i') }).click();
  const pane = desk.getByRole('complementary', { name: 'Chi tiết thông báo' });
  await pane.getByText(WORDS[0]).first().waitFor();
  await harmless(desk);
  await world.shot(desk, 'desk');
  for (const words of WORDS) await desk.getByRole('searchbox', { name: /^Tìm tên/ }).fill(words);
  await desk.getByRole('searchbox', { name: /^Tìm tên/ }).fill('');
  await pane.getByRole('button', { name: 'Trả lại, yêu cầu bổ sung' }).click();
  await pane.getByLabel('Lý do trả lại, yêu cầu bổ sung').fill(ALL);
  await pane.getByRole('button', { name: 'Trả lại', exact: true }).press('Enter');
  await pane.getByText(/trả lại lúc/i).first().waitFor();
  await harmless(desk);
  await phone.getByRole('link', { name: 'Quay lại' }).click();
  await says(phone);
  await world.shot(phone, 'sent back');
  await tap('link', 'Quay lại');
  for (const name of [/Hộp gửi/, /Sổ khách/, /Tối nay/]) {
    await tap('link', name);
    await harmless(phone);
  }
  await tap('link', /^Máy này/);
  await harmless(phone);
  await world.shot(phone, 'this device');
  await tap('link', 'Kiểm tra một biên nhận');
  for (const words of WORDS) {
    await phone.getByLabel('Mã của biên nhận').fill(words);
    await tap('button', 'Kiểm tra');
    await harmless(phone);
  }
});

journey('hostile words of a reception program stay words on phone and desk', async (world) => {
  const office = await world.office({ demo: false });
  const codes = await hostileCommune(office);
  const folder = await mkdtemp(join(tmpdir(), 'bankhai-reception-'));
  world.closeLater({ close: () => rm(folder, { recursive: true, force: true }) });
  const reception = (...args) =>
    office.command('device', '--state', join(folder, 'state'), '--server', office.url(''), '--pin', PIN, ...args);
  await reception('enrol', await codes.reception(), '--password', PASSWORD);
  const line = {
    ngay_den: `${dayAfter(0)}T00:30`,
    ngay_di_du_kien: dayAfter(2),
    so_phong: ALL,
    ghi_chu: ALL,
    ly_do_luu_tru: 20,
    ly_do_khac: ALL,
    nguoi_luu_tru: [
      { ho_ten: PAO.name, ngay_sinh: PAO.birth, gioi_tinh: 'M', loai_giay_to: 2, so_giay_to: PAO.number, noi_cu_tru: ALL },
    ],
  };
  await writeFile(join(folder, 'tonight.jsonl'), `${JSON.stringify(line)}\n`);
  await reception('declare', join(folder, 'tonight.jsonl'));
  await reception('sync');

  const [phone, desk] = [await world.phone(), await world.desk()];
  await joinWith(phone, office, codes.owner);
  await phone.getByRole('link', { name: new RegExp(PAO.name) }).first().click();
  await says(phone);
  await joinWith(desk, office, codes.officer);
  await desk.getByRole('row', { name: new RegExp(PAO.name, 'i') }).click();
  await desk.getByRole('complementary', { name: 'Chi tiết thông báo' }).getByText(WORDS[0]).first().waitFor();
  await harmless(desk);
});

journey('hostile words in the plain form and the receipt check come back as words', async (world) => {
  const office = await world.office({ demo: true });
  const page = await world.phone();
  for (const words of WORDS) {
    await page.goto(office.url('/khai'));
    for (const field of await page.locator('main input:not([type]), main input[type=text], main input[type=tel], main textarea').all()) {
      await field.fill(words);
    }
    await page.getByRole('button', { name: 'Gửi' }).first().click();
    await page.getByText(/Chưa|chưa|không/).first().waitFor();
    await harmless(page);
    await page.goto(office.url('/kiem-tra'));
    await page.getByRole('textbox').fill(words);
    await page.getByRole('button', { name: 'Kiểm tra' }).click();
    await page.getByText(/Không phải biên nhận/).waitFor();
    await harmless(page);
  }
});
