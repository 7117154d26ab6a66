// What is not finished: forms left half-way, and taps the office did not apply.

import assert from 'node:assert/strict';

import { journey } from '../journey.mjs';
import { DINH, PAO, declare, officer, owner, typeGuest, unlock } from '../people.mjs';

const receipted = (phone) => phone.getByText('Đã gửi · có biên nhận').first().waitFor();

journey('a notice is changed while another is half-filled and neither form replaces the other', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await owner(world, office);
  await declare(phone, PAO, '5');
  await receipted(phone);
  const back = () => phone.getByRole('link', { name: 'Quay lại' }).click();
  const kept = () => phone.getByText(/tự lưu lúc/).waitFor();
  await phone.getByRole('link', { name: 'Khai khách mới' }).click();
  await typeGuest(phone, DINH);
  await kept();
  await back();
  await phone.getByText('Đang khai dở. Khai tiếp.').waitFor();

  await phone.getByRole('link', { name: new RegExp(`^${PAO.name}`) }).click();
  await phone.getByRole('link', { name: 'Sửa hoặc thêm khách' }).click();
  await phone.getByRole('link', { name: 'Sửa số phòng' }).click();
  await phone.getByLabel('Số phòng').fill('7');
  await kept();
  await phone.goto(office.url('/may'));
  await unlock(phone);
  await phone.getByText('Đang khai dở. Khai tiếp.').waitFor();
  await world.shot(phone, 'two forms');
  await phone.getByText(`Đang sửa dở thông báo của ${PAO.name}. Sửa tiếp.`).click();
  await phone.getByRole('link', { name: 'Sửa số phòng' }).click();
  assert.equal(await phone.getByLabel('Số phòng').inputValue(), '7');
  await phone.getByRole('button', { name: 'Tiếp tục' }).click();
  await phone.getByRole('button', { name: 'Gửi thay đổi' }).click();
  await phone.getByRole('link', { name: /phòng 7/ }).getByText('Đã gửi · có biên nhận').waitFor();
  await phone.getByText(/Đang sửa dở/).waitFor({ state: 'detached' });

  await phone.getByText('Đang khai dở. Khai tiếp.').click();
  await world.eventually(async () => (await phone.getByLabel('Họ, chữ đệm và tên').inputValue()) === DINH.name);
  await phone.getByText('Không khai nữa').click();
  await phone.getByRole('button', { name: 'Xóa bản nháp' }).click();
  await phone.getByText('Khách đêm nay: 1 người').waitFor();
  await phone.getByText('Đang khai dở. Khai tiếp.').waitFor({ state: 'detached' });
});

journey('a withdrawal that came too late is told to the owner in words and put away', async (world) => {
  const office = await world.office({ demo: true });
  const [phone, desk] = await Promise.all([owner(world, office), officer(world, office)]);
  await declare(phone, PAO, '5');
  await receipted(phone);
  const card = phone.getByRole('link', { name: new RegExp(`^${PAO.name}`) });
  await phone.context().setOffline(true);
  await card.click();
  await phone.getByText('Khai nhầm, rút thông báo').click();
  await phone.getByRole('button', { name: 'Rút thông báo này' }).click();
  await phone.getByText('Thông báo này không còn tính nữa.').waitFor();
  await desk.getByRole('row', { name: new RegExp(PAO.name, 'i') }).click();
  await desk.getByRole('button', { name: 'Tiếp nhận', exact: true }).click();
  await desk.getByText(/Công an tiếp nhận lúc/).waitFor();
  await desk.getByText(/việc chờ gửi/).waitFor({ state: 'detached' });
  await phone.context().setOffline(false);
  await phone.getByText(/^Chưa rút được: thông báo đã được tiếp nhận/).waitFor();
  await world.shot(phone, 'told');
  await phone.getByRole('button', { name: 'Đã hiểu' }).click();
  await phone.getByText('Công an đã tiếp nhận. Khai nhầm thì gọi trực ban để rút.').waitFor();
  await world.shot(phone, 'put away');
  await phone.getByRole('link', { name: 'Quay lại' }).click();
  await card.getByText('Công an đã tiếp nhận').waitFor();
});
