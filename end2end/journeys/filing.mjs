// A residence dossier: a landlord declares a tenant from home without network, the commune receives, asks once, decides;
// every step is seen on the phone.

import { journey } from '../journey.mjs';
import { dayAfter, officer, owner } from '../people.mjs';

const TENANT = { name: 'Lò Văn Mẫn', number: '012201004318', birth: ['09', '03', '2001'] };
const OWNER = { name: 'Hảng A Xà', number: '012080000129' };

const next = (page) => page.getByRole('button', { name: 'Tiếp tục' }).click();
const pick = (page, words) => page.getByText(words, { exact: true }).click();

async function birth(page, [day, month, year]) {
  await page.getByLabel('Ngày', { exact: true }).fill(day);
  await page.getByLabel('Tháng', { exact: true }).fill(month);
  await page.getByLabel('Năm', { exact: true }).fill(year);
}

// Only what is on the screen: page after page until the form's own fields are done.
async function fillForm(world, page) {
  const answers = {
    'Họ, chữ đệm và tên khai sinh': TENANT.name,
    'Số định danh cá nhân': TENANT.number,
    'Số điện thoại liên hệ': '0912000456',
    'Địa chỉ đề nghị đăng ký tạm trú': 'Bản Sin Suối Hồ, xã Sin Suối Hồ, tỉnh Lai Châu',
    'Tạm trú từ ngày': dayAfter(3),
    'Thời hạn tạm trú đến ngày': dayAfter(360),
    'Họ, chữ đệm và tên chủ hộ': OWNER.name,
    'Số định danh cá nhân của chủ hộ': OWNER.number,
    'Nội dung đề nghị': 'Đăng ký tạm trú 12 tháng tại nhà cho thuê',
  };
  for (let turn = 0; turn < 12; turn += 1) {
    const title = await page.getByRole('heading', { level: 1 }).textContent();
    if (!/trang/.test(title)) return;
    for (const [label, value] of Object.entries(answers)) {
      const field = page.getByLabel(new RegExp(`^${label}(?! của)( \\(không bắt buộc\\))?`)).first();
      if (await field.isVisible().catch(() => false)) await field.fill(value);
    }
    if (await page.getByText('Ngày, tháng, năm sinh').first().isVisible().catch(() => false)) await birth(page, TENANT.birth);
    for (const choice of ['Nam', 'Thuê', 'Bản điện tử']) {
      const option = page.getByText(choice, { exact: true });
      if (await option.isVisible().catch(() => false)) await option.click();
    }
    const relation = page.getByLabel('Mối quan hệ với chủ hộ');
    if (await relation.isVisible().catch(() => false)) await relation.selectOption({ label: 'ở thuê' });
    await world.shot(page, `form ${turn + 1}`);
    await next(page);
    const confirm = page.getByRole('button', { name: 'Giấy tờ ghi đúng như vậy' });
    for (const button of await confirm.all()) await button.click();
    await page.waitForTimeout(150);
    if (await page.getByRole('heading', { level: 1 }).textContent() === title) {
      await world.shot(page, `form ${turn + 1} again`);
      await next(page);
      await page.waitForTimeout(150);
    }
  }
}

journey('a landlord declares a tenant without network and follows it to the result', async (world) => {
  const office = await world.office({ demo: true });
  const [phone, desk] = await Promise.all([owner(world, office), officer(world, office)]);
  await phone.getByRole('link', { name: 'Làm thủ tục khác' }).waitFor();
  await world.offlineReady(phone);
  await world.cut(phone, office);
  await phone.getByRole('link', { name: 'Làm thủ tục khác' }).click();
  await phone.getByText('Đăng ký tạm trú', { exact: false }).first().waitFor();
  await world.shot(phone, 'procedures');
  await phone.getByRole('link', { name: /^Đăng ký tạm trú(?! theo)/ }).first().click();
  await phone.getByRole('heading', { name: 'Cần có sẵn' }).waitFor();
  await world.shot(phone, 'what is needed');
  await phone.getByRole('link', { name: 'Bắt đầu khai' }).click();
  await phone.getByRole('link', { name: /Tờ khai CT01/ }).waitFor();
  await world.shot(phone, 'tasks');
  await phone.getByRole('button', { name: 'Làm tiếp' }).click();
  await fillForm(world, phone);
  // Nobody else moves in; the owner agrees, and says so himself.
  await phone.getByRole('button', { name: 'Thêm thành viên' }).waitFor();
  await world.shot(phone, 'people');
  await next(phone);
  for (;;) {
    const title = await phone.getByRole('heading', { level: 1 }).textContent();
    if (!/^Ý kiến/.test(title)) break;
    if (/chủ sở hữu/.test(title)) {
      await phone.getByLabel('Họ, chữ đệm và tên người đồng ý').fill(OWNER.name);
      await pick(phone, 'Là người đang khai');
      await world.shot(phone, 'consent');
    }
    await next(phone);
    await phone.waitForTimeout(150);
  }
  await phone.getByText('Hợp đồng hoặc giấy tờ cho thuê').first().waitFor();
  await phone.getByLabel('Mang bản chính đến cho cán bộ xem').first().check();
  await world.shot(phone, 'papers');
  await next(phone);
  await phone.getByText('Không có mạng vẫn nộp được').waitFor();
  await world.shot(phone, 'check');
  await phone.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  await phone.getByText('Đã lưu trên máy · chưa gửi').first().waitFor();
  await world.shot(phone, 'saved');

  await world.mend(phone, office);
  await phone.getByText(/Đã gửi · có biên nhận/).first().waitFor({ timeout: 30_000 });
  await phone.getByText('Chữ ký đúng').waitFor();
  await world.shot(phone, 'receipted');

  await desk.getByRole('link', { name: /^Hồ sơ/ }).click();
  await desk.getByRole('row', { name: new RegExp(TENANT.name, 'i') }).click({ timeout: 20_000 });
  const pane = desk.getByRole('complementary', { name: 'Chi tiết hồ sơ' });
  await pane.getByText('Đăng ký tạm trú').first().waitFor();
  await world.shot(desk, 'desk');
  await pane.getByRole('button', { name: 'Tiếp nhận, hẹn trả' }).click();
  await pane.getByLabel('Ngày hẹn trả').waitFor();
  await world.shot(desk, 'accept');
  await pane.getByRole('button', { name: 'Tiếp nhận, hẹn trả' }).click();
  await pane.getByText('Tiếp nhận hồ sơ (CT04)').waitFor({ timeout: 20_000 });
  await phone.getByText('Đã tiếp nhận').first().waitFor({ timeout: 30_000 });

  // Asked once, everything at once; answered; decided on exactly what was answered.
  await pane.getByRole('button', { name: 'Yêu cầu bổ sung' }).click();
  await pane.getByRole('textbox').first().fill('Ghi rõ số nhà\nGhi email để nhận kết quả');
  await pane.getByRole('button', { name: 'Yêu cầu bổ sung' }).click();
  await phone.getByRole('link', { name: 'Bổ sung hồ sơ' }).waitFor({ timeout: 30_000 });
  await world.shot(phone, 'supplement');
  await phone.getByRole('link', { name: 'Bổ sung hồ sơ' }).click();
  await phone.getByRole('link', { name: /Tờ khai CT01/ }).click();
  while (!(await phone.getByLabel(/^Email/).isVisible().catch(() => false))) {
    await next(phone);
    await phone.waitForTimeout(150);
  }
  await phone.getByLabel(/^Email/).fill('loman@vidu.vn');
  await phone.getByRole('link', { name: 'Quay lại' }).click();
  await phone.getByRole('link', { name: /Xem lại và nộp/ }).click();
  await phone.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  await pane.getByText('Đã nhận phần sửa, bổ sung').waitFor({ timeout: 30_000 });
  await pane.getByText('loman@vidu.vn').waitFor();
  await pane.getByRole('button', { name: 'Giải quyết' }).click();
  await pane.getByLabel('Nội dung giải quyết').fill('Đã đăng ký tạm trú vào cơ sở dữ liệu về cư trú');
  await pane.getByRole('button', { name: 'Giải quyết' }).click();
  await phone.getByText('Đã giải quyết').first().waitFor({ timeout: 30_000 });
  await pane.getByRole('button', { name: 'Đã trả kết quả' }).click();
  await pane.getByRole('button', { name: 'Đã trả kết quả' }).click();
  await phone.getByText('Đã trả kết quả').first().waitFor({ timeout: 30_000 });
  await world.shot(phone, 'result');
  await world.shot(desk, 'done');
  for (const page of [phone, desk]) {
    const button = page.getByRole('button', { name: 'Tải thông báo kết quả CT08 (PDF)' });
    const [file] = await Promise.all([page.waitForEvent('download'), button.click()]);
    if (file.suggestedFilename() !== 'CT08.pdf') throw new Error(file.suggestedFilename());
  }
  await phone.getByText('Đã tải CT08.pdf.').waitFor();
}, { timeout: 240_000 });
