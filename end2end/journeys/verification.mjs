// Permanent residence without going back to the old commune: the police of the two ask and answer each other.

import assert from 'node:assert/strict';

import { PERMANENT, TENANT, fillForm, next } from '../dossier.mjs';
import { journey } from '../journey.mjs';
import { officer, owner } from '../people.mjs';

const opened = (desk) => desk.getByRole('complementary', { name: 'Chi tiết hồ sơ' });

journey('permanent residence: another commune is asked, answers at its desk, and the dossier is decided', async (world) => {
  const office = await world.office({ demo: true });
  const [phone, desk, beside] = await Promise.all([
    owner(world, office), officer(world, office), officer(world, office, 'phongtho'),
  ]);
  await phone.getByRole('link', { name: 'Làm thủ tục khác' }).click();
  await phone.getByRole('link', { name: /^Đăng ký thường trú/ }).first().click();
  await phone.getByRole('link', { name: 'Bắt đầu khai' }).click();
  await phone.getByRole('button', { name: 'Làm tiếp' }).click();
  await fillForm(world, phone, PERMANENT);
  await phone.getByRole('button', { name: 'Thêm thành viên' }).waitFor();
  await next(phone);
  // Nobody has to agree to who moves into their own house, and nothing has to be photographed.
  await phone.getByText('Giấy tờ chứng minh chỗ ở hợp pháp').first().waitFor();
  await next(phone);
  await phone.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  await phone.getByText(/Đã gửi · có biên nhận/).first().waitFor();

  await desk.getByRole('link', { name: /^Hồ sơ/ }).click();
  await desk.getByRole('row', { name: new RegExp(TENANT.name, 'i') }).click();
  const pane = opened(desk);
  await pane.getByRole('button', { name: 'Tiếp nhận, hẹn trả' }).click();
  await pane.getByLabel('Ngày hẹn trả').waitFor();
  await pane.getByRole('button', { name: 'Tiếp nhận, hẹn trả' }).click();
  await pane.getByText('Tiếp nhận hồ sơ (CT04)').waitFor();

  // The place of before is found by what the form says; the letter is written, and may be changed.
  await pane.getByRole('button', { name: 'Gửi phiếu xác minh' }).click();
  await pane.locator('label.pick', { hasText: 'Xã Phong Thổ, Tỉnh Lai Châu' }).click();
  await pane.getByText('nhận phiếu ngay trên Bản Khai').first().waitFor();
  const question = await pane.getByLabel('Nội dung cần xác minh').inputValue();
  assert.match(question, /^Kính gửi Công an xã Phong Thổ, tỉnh Lai Châu\./);
  await world.shot(desk, 'asking');
  await pane.getByRole('button', { name: 'Gửi phiếu xác minh' }).click();
  await pane.getByText('Chờ xác minh').first().waitFor();
  await phone.getByText('Chờ xác minh').first().waitFor();
  await world.shot(phone, 'waiting');
  await world.shot(desk, 'waiting');

  // The other desk hears of it by itself, and sees the question, not the dossier.
  const way = beside.getByRole('navigation', { name: 'Phần việc' }).getByRole('link', { name: /^Xác minh/ });
  await way.getByText(/^1/).waitFor();
  await way.click();
  await beside.getByRole('row', { name: new RegExp(TENANT.name, 'i') }).click();
  const slip = beside.getByRole('complementary', { name: 'Xác minh' });
  await slip.getByText(TENANT.number).waitFor();
  await world.shot(beside, 'the slip');
  await slip.getByRole('button', { name: 'Gửi trả lời' }).click();
  await slip.getByText('Cần chọn kết quả xác minh.').waitFor();
  await slip.getByText('Khớp', { exact: true }).click();
  await slip.getByLabel('Ghi thêm (nếu có)').fill('Thường trú tại bản Vàng Pó từ năm 2009');
  await slip.getByRole('button', { name: 'Gửi trả lời' }).click();
  await beside.getByRole('row', { name: /Đã trả lời: Khớp/ }).waitFor();
  await world.shot(beside, 'answered');

  await pane.getByText('Nơi được hỏi trả lời xác minh: Khớp').waitFor();
  await pane.getByText('Lù Thị Hoa: Thường trú tại bản Vàng Pó từ năm 2009').waitFor();
  await pane.getByRole('button', { name: 'Giải quyết' }).click();
  await pane.getByLabel('Nội dung giải quyết').fill('Đã đăng ký thường trú vào cơ sở dữ liệu về cư trú');
  await pane.getByRole('button', { name: 'Giải quyết' }).click();
  await phone.getByText('Đã giải quyết').first().waitFor();
  await world.shot(phone, 'decided');
  await world.shot(desk, 'decided');
});
