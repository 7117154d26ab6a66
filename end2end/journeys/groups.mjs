// One check-in with several guests, and all that can still happen to it.

import assert from 'node:assert/strict';

import { journey } from '../journey.mjs';
import { CLAIRE, DINH, PAO, dayAfter, owner, typeForeigner, typeGuest, typeStay } from '../people.mjs';

const next = (phone) => phone.getByRole('button', { name: 'Tiếp tục' }).click();
const receipted = (phone) => phone.getByText('Đã gửi · có biên nhận').first().waitFor();

const openNotice = (phone, name) => phone.getByRole('link', { name: new RegExp(name) }).first().click();

journey('two guests of one check-in share dates and room and the foreigner runs his own limit', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await owner(world, office);
  await phone.context().setOffline(true);
  await phone.getByRole('link', { name: 'Khai khách mới' }).click();
  await typeGuest(phone, PAO);
  await next(phone);
  await typeStay(phone, '3');
  await phone.getByRole('button', { name: 'Thêm khách cùng phòng' }).click();
  await typeForeigner(phone, CLAIRE);
  await world.shot(phone, 'foreigner');
  await next(phone);
  // Without the permitted stay the step waits and says where.
  await phone.getByText('Có 1 chỗ cần xem lại').waitFor();
  await phone.getByLabel('Thời hạn tạm trú').fill(dayAfter(20));
  await next(phone);
  await phone.getByText('Khách 2', { exact: true }).waitFor();
  await world.shot(phone, 'check');
  await phone.getByRole('button', { name: 'Gửi thông báo lưu trú' }).click();
  await phone.getByText('Khách đêm nay: 2 người').waitFor();
  const deadline = phone.getByRole('region', { name: 'Hạn thông báo lưu trú' });
  await deadline.getByText('Hạn: trước').waitFor();
  await deadline.getByText('Khách nước ngoài: phải khai ngay').waitFor();
  await world.shot(phone, 'deadlines');
  await phone.context().setOffline(false);
  await receipted(phone);
  await deadline.waitFor({ state: 'detached' });
  await openNotice(phone, CLAIRE.name);
  await phone.getByText('Thời hạn tạm trú:').waitFor();
  await phone.getByText('Bằng chứng về thời gian').waitFor();
  await world.shot(phone, 'notice');
});

journey('a notice is edited, joined by a forgotten guest, extended, closed and each change is receipted', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await owner(world, office);
  await phone.getByRole('link', { name: 'Khai khách mới' }).click();
  await typeGuest(phone, PAO);
  await next(phone);
  await typeStay(phone, '3');
  await phone.getByRole('button', { name: 'Gửi thông báo lưu trú' }).click();
  await receipted(phone);
  await openNotice(phone, PAO.name);
  const waits = phone.getByText('Có thay đổi sau biên nhận, chờ gửi.');
  let changes = 0;
  // The change is in the office's order, and what the card says stands for it.
  const another = async () => {
    changes += 1;
    await phone.getByText(/Bổ sung lúc/).nth(changes - 1).waitFor();
    await waits.waitFor({ state: 'detached' });
    await receipted(phone);
  };

  // The room.
  await phone.getByRole('link', { name: 'Sửa hoặc thêm khách' }).click();
  await phone.getByRole('link', { name: 'Sửa số phòng' }).click();
  await phone.getByLabel('Số phòng').fill('7');
  await next(phone);
  await phone.getByRole('button', { name: 'Gửi thay đổi' }).click();
  await openNotice(phone, PAO.name);
  await phone.getByText('Phòng 7').waitFor();
  await another();

  // A forgotten guest.
  await phone.getByRole('link', { name: 'Sửa hoặc thêm khách' }).click();
  await phone.getByRole('button', { name: 'Thêm khách cùng phòng' }).click();
  await typeGuest(phone, DINH);
  await next(phone);
  await phone.getByText('Khách 2', { exact: true }).waitFor();
  await phone.getByRole('button', { name: 'Gửi thay đổi' }).click();
  await openNotice(phone, DINH.name);
  await another();

  // One night more: without network first.
  await phone.context().setOffline(true);
  const leave = (await phone.getByText(/Đang ghi ngày đi/).innerText()).match(/\d+\/\d+\/\d+/)[0];
  await phone.getByRole('button', { name: '+1 đêm' }).click();
  await phone.getByText(`Đang ghi ngày đi ${leave}`).waitFor({ state: 'detached' });
  await phone.getByText('Đã lưu trên máy · chưa gửi').first().waitFor();
  await world.shot(phone, 'extended here');
  await phone.context().setOffline(false);
  await another();

  await phone.getByRole('button', { name: 'Khách đã đi' }).click();
  await phone.getByText('đã đi').first().waitFor();
  await another();
  await world.shot(phone, 'closed');
  assert.equal(await phone.getByText(/Bổ sung lúc/).count(), changes);
  await phone.getByRole('link', { name: /^Biên nhận/ }).click();
  await phone.getByText('Chữ ký đúng').waitFor();
  assert.equal(await phone.getByText('Thông báo đã sửa sau biên nhận này.').count(), 0);
});

journey('a notice declared by mistake is withdrawn after one more look and leaves the list', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await owner(world, office);
  await phone.getByRole('link', { name: 'Khai khách mới' }).click();
  await typeGuest(phone, PAO);
  await next(phone);
  await typeStay(phone, '3');
  await phone.getByRole('button', { name: 'Gửi thông báo lưu trú' }).click();
  await receipted(phone);
  await openNotice(phone, PAO.name);
  await phone.getByText('Khai nhầm, rút thông báo').click();
  await phone.getByRole('button', { name: 'Rút thông báo này' }).click();
  await phone.getByText('Thông báo này không còn tính nữa.').waitFor();
  await world.shot(phone, 'withdrawn');
  await phone.getByText(/Rút thông báo lúc/).waitFor();
  await phone.getByRole('link', { name: 'Quay lại' }).click();
  await phone.getByText('Đêm nay chưa có khách.').waitFor();
});

journey('odd numbers are asked about, a lost zero is offered back, an impossible date stops with the focus on it', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await owner(world, office);
  await phone.getByRole('link', { name: 'Khai khách mới' }).click();
  await typeGuest(phone, { ...PAO, birth: '31/02/2001', number: '12201005873' });
  await next(phone);
  await phone.getByText('Có 2 chỗ cần xem lại').waitFor();
  const focused = () => phone.evaluate(() => document.activeElement?.id);
  await world.eventually(async () => (await focused()) === 'can-xem');
  await phone.getByText('Mới có 11 số. Có phải là 012 201 005 873?').first().waitFor();
  await world.shot(phone, 'stopped');
  await phone.getByRole('link', { name: /Tháng này không có ngày đó/ }).click();
  await world.eventually(async () => /^(ngay-sinh|sinh-ngay)$/.test(await focused()));

  await phone.getByLabel('Ngày', { exact: true }).fill('9');
  await phone.getByLabel('Tháng', { exact: true }).fill('10');
  await phone.getByLabel('Năm', { exact: true }).fill('2010');
  await phone.getByRole('button', { name: 'Đúng, ghi 012 201 005 873' }).click();
  await phone.getByText('Số này thường của người sinh năm 2001.').waitFor();
  await next(phone);
  // Not answered is not passed over; answered is.
  await phone.getByText('Có 1 chỗ cần xem lại').waitFor();
  await world.shot(phone, 'asked');
  await phone.getByRole('button', { name: 'Thẻ đúng vậy' }).click();
  await phone.getByText('Đã nhìn lại thẻ: đúng vậy.').waitFor();
  await next(phone);
  await typeStay(phone, '3');
  await phone.getByText('Đã nhìn lại thẻ.').waitFor();
  await phone.getByRole('button', { name: 'Gửi thông báo lưu trú' }).click();
  await receipted(phone);
});
