// One check-in with several guests, and all that can still happen to it.

import assert from 'node:assert/strict';

import { journey } from '../journey.mjs';
import { DINH, PAO, owner, typeGuest } from '../people.mjs';

const CLAIRE = { name: 'CLAIRE DUBOIS', passport: '19AB12345', birth: '21/06/1990', sex: 'Nữ' };

const next = (phone) => phone.getByRole('button', { name: 'Tiếp tục' }).click();
const receipted = (phone) => phone.getByText('Đã gửi · có biên nhận').first().waitFor({ timeout: 20_000 });

// As the browser's date control takes it, so many days after the device's today.
const day = (phone, after) => phone.evaluate((days) => {
  const at = new Date(Date.now() + days * 86_400_000);
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' }).format(at);
}, after);

async function typeForeigner(phone, guest) {
  await phone.getByText('Nước ngoài', { exact: true }).click();
  await phone.getByText('Phải khai ngay.').waitFor();
  await phone.getByLabel('Nước nào').fill('phap');
  await phone.getByRole('button', { name: 'Pháp', exact: true }).click();
  await phone.getByLabel('Số giấy tờ').fill(guest.passport);
  await phone.getByLabel('Họ, chữ đệm và tên').fill(guest.name);
  const [date, month, year] = guest.birth.split('/');
  await phone.getByLabel('Ngày', { exact: true }).fill(date);
  await phone.getByLabel('Tháng', { exact: true }).fill(month);
  await phone.getByLabel('Năm', { exact: true }).fill(year);
  await phone.getByText(guest.sex, { exact: true }).click();
}

async function typeStay(phone, room) {
  await phone.getByRole('button', { name: '2 đêm' }).click();
  await phone.getByLabel('Số phòng').fill(room);
  await phone.getByText('Du lịch', { exact: true }).click();
  await next(phone);
}

const openNotice = (phone, name) => phone.getByRole('link', { name: new RegExp(name) }).first().click();

// The receipt on the page of the notice.
async function receipt(phone) {
  const link = phone.getByRole('link', { name: /^Biên nhận/ });
  return (await link.innerText()).match(/Biên nhận\s+(\S+)/)[1];
}

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
  await phone.getByLabel('Thời hạn tạm trú').fill(await day(phone, 20));
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
  await phone.getByText(/Rút thông báo lúc/).waitFor({ timeout: 20_000 });
  await phone.getByRole('link', { name: 'Quay lại' }).click();
  await phone.getByText('Đêm nay chưa có khách.').waitFor();
});
