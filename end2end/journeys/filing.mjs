// A residence dossier: a landlord declares a tenant from home without network, the commune receives, asks once, decides;
// every step is seen on the phone.

import assert from 'node:assert/strict';

import { journey } from '../journey.mjs';
import { TENANT, agree, fillForm, next, photograph, pick } from '../dossier.mjs';
import { officer, owner } from '../people.mjs';

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
  await agree(world, phone, (page) => pick(page, 'Là người đang khai'));
  await phone.getByText('Hợp đồng hoặc giấy tờ cho thuê').first().waitFor();
  await photograph(phone, 'Hợp đồng hoặc giấy tờ cho thuê');
  await phone.getByText(/Đã lưu trên máy · \d+ KB/).waitFor();
  await phone.getByText(/trang 2$/).first().waitFor({ state: 'attached' });
  await world.shot(phone, 'papers');
  // The picture is kept with the form, also when the page is left in between.
  await next(phone);
  await phone.getByText('Không có mạng vẫn nộp được').waitFor();
  await phone.goBack();
  await phone.getByText(/Đã lưu trên máy · \d+ KB/).waitFor();
  await next(phone);
  await phone.getByText('Không có mạng vẫn nộp được').waitFor();
  await world.shot(phone, 'check');
  await phone.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  await phone.getByText('Đã lưu trên máy · chưa gửi').first().waitFor();
  await world.shot(phone, 'saved');

  await world.mend(phone, office);
  await phone.getByText(/Đã gửi · có biên nhận/).first().waitFor();
  await phone.getByText('Chữ ký đúng').waitFor();
  await world.shot(phone, 'receipted');

  await desk.getByRole('link', { name: /^Hồ sơ/ }).click();
  // The office was gone for the desk too: it comes back by its own pace, which grows while nobody answers.
  await desk.getByRole('row', { name: new RegExp(TENANT.name, 'i') }).click();
  const pane = desk.getByRole('complementary', { name: 'Chi tiết hồ sơ' });
  await pane.getByText('Đăng ký tạm trú').first().waitFor();
  // The words came first, the picture after them; it is fetched only when somebody looks.
  await phone.getByText(/^Ảnh giấy tờ tới nơi/).waitFor({ state: 'detached' });
  await pane.getByRole('button', { name: /^Xem “Hợp đồng.*trang 1$/ }).click();
  await pane.getByRole('img', { name: 'Trang giấy tờ đang xem' }).waitFor();
  await world.shot(desk, 'desk');
  await pane.getByRole('button', { name: 'Tiếp nhận, hẹn trả' }).click();
  await pane.getByLabel('Ngày hẹn trả').waitFor();
  await world.shot(desk, 'accept');
  await pane.getByRole('button', { name: 'Tiếp nhận, hẹn trả' }).click();
  await pane.getByText('Tiếp nhận hồ sơ (CT04)').waitFor();
  await phone.getByText('Đã tiếp nhận').first().waitFor();

  // Asked once, everything at once; answered; decided on exactly what was answered.
  await pane.getByRole('button', { name: 'Yêu cầu bổ sung' }).click();
  await pane.getByLabel('Mục 1', { exact: true }).selectOption({ label: 'Email' });
  await pane.getByLabel('Mục 1: cần bổ sung, sửa gì').fill('Ghi email để nhận kết quả');
  await pane.getByRole('button', { name: 'Thêm mục' }).click();
  await pane.getByLabel('Mục 2: cần bổ sung, sửa gì').fill('Gọi lại cho cán bộ khi đã bổ sung');
  await world.shot(desk, 'asking');
  await pane.getByRole('button', { name: 'Yêu cầu bổ sung' }).click();
  await phone.getByRole('link', { name: 'Bổ sung hồ sơ' }).waitFor();
  await world.shot(phone, 'supplement');
  await phone.getByRole('link', { name: 'Bổ sung hồ sơ' }).click();
  // Each item leads to its place.
  await world.shot(phone, 'what is asked');
  await phone.getByRole('link', { name: 'Ghi email để nhận kết quả' }).click();
  await phone.getByLabel(/^Email/).fill('loman@vidu.vn');
  await phone.getByRole('link', { name: 'Quay lại' }).click();
  await phone.getByRole('link', { name: /Xem lại và nộp/ }).click();
  await phone.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  await pane.getByText('Đã nhận phần sửa, bổ sung').waitFor();
  await pane.getByText('loman@vidu.vn').waitFor();
  // The fee is what the definition says for this way; the person hears how much; it is taken at the counter.
  const ask = pane.getByRole('button', { name: 'Yêu cầu nộp lệ phí' });
  await ask.click();
  assert.equal(await pane.getByLabel('Số tiền (đồng)').inputValue(), '7000');
  await world.shot(desk, 'fee');
  await ask.click();
  await phone.getByText('Chờ lệ phí').first().waitFor();
  await phone.getByText(/7\.000 đồng/).first().waitFor();
  assert.equal(await phone.getByRole('button', { name: 'Nộp lệ phí trực tuyến' }).count(), 0, 'there is no gateway');
  await world.shot(phone, 'fee');
  const take = pane.getByRole('button', { name: 'Đã thu lệ phí tiền mặt' });
  await take.click();
  await pane.getByText('7.000 đồng, tiền mặt').waitFor();
  await take.click();
  await phone.getByText('Đang xử lý').first().waitFor();
  await pane.getByRole('button', { name: 'Giải quyết' }).click();
  await pane.getByLabel('Nội dung giải quyết').fill('Đã đăng ký tạm trú vào cơ sở dữ liệu về cư trú');
  await pane.getByRole('button', { name: 'Giải quyết' }).click();
  await phone.getByText('Đã giải quyết').first().waitFor();
  await pane.getByRole('button', { name: 'Đã trả kết quả' }).click();
  await pane.getByRole('button', { name: 'Đã trả kết quả' }).click();
  await phone.getByText('Đã trả kết quả').first().waitFor();
  await world.shot(phone, 'result');
  await world.shot(desk, 'done');
  for (const page of [phone, desk]) {
    const button = page.getByRole('button', { name: 'Tải thông báo kết quả CT08 (PDF)' });
    const [file] = await Promise.all([page.waitForEvent('download'), button.click()]);
    if (file.suggestedFilename() !== 'CT08.pdf') throw new Error(file.suggestedFilename());
  }
  await phone.getByText('Đã tải CT08.pdf.').waitFor();

  // What follows on it begins with what it said.
  await phone.getByRole('button', { name: 'Gia hạn tạm trú' }).click();
  await phone.getByRole('link', { name: /Tờ khai CT01/ }).click();
  const name = await phone.getByLabel(/^Họ, chữ đệm và tên khai sinh/).inputValue();
  assert.equal(name.toLowerCase(), TENANT.name.toLowerCase());
  await world.shot(phone, 'renewal');
});
