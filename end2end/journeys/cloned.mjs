// A phone's storage is copied and both go on: the office notices, and nobody loses what they typed.

import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';

import { journey } from '../journey.mjs';
import { DINH, PAO, PASSWORD, declare, signIn, unlock } from '../people.mjs';
import { open, profile } from '../profile.mjs';

const SENH = { name: 'Vàng A Sếnh', number: '012201000314', birth: '02/02/2001', sex: 'Nam' };

const receipts = (page) => page.getByRole('link', { name: /Đã gửi · có biên nhận/ });
const told = (page) => page.getByText('Máy này có bản sao.').first();

async function signInAgain(world, phone, picture) {
  await told(phone).waitFor();
  await phone.getByRole('link', { name: 'Đăng nhập lại' }).click();
  await phone.getByLabel('Mật khẩu tài khoản').fill(PASSWORD);
  if (picture) await world.shot(phone, picture);
  await phone.getByRole('button', { name: 'Đăng nhập lại' }).click();
  await told(phone).waitFor({ state: 'detached' });
  await phone.getByRole('link', { name: 'Quay lại' }).click();
}

journey('a copied phone is noticed, both copies sign in again and what each has typed is at the office', async (world) => {
  const office = await world.office({ demo: true });
  const [folder, other] = [await profile(world), await profile(world)];
  let first = await open(world, folder);
  await first.goto(office.url('/may'));
  await signIn(first, 'hoadialan');
  await first.getByRole('link', { name: 'Khai khách mới' }).waitFor();
  await declare(first, PAO);
  await first.getByText('Đã gửi · có biên nhận').first().waitFor();
  await first.context().close();
  await cp(folder, other, { recursive: true });

  // The phone goes on.
  first = await open(world, folder);
  await first.goto(office.url('/may'));
  await unlock(first);
  await declare(first, DINH);
  await world.eventually(async () => (await receipts(first).count()) === 2);
  await first.evaluate(() => dispatchEvent(new Event('online')));

  // So does its copy, which knows nothing of that. It is told calmly, and keeps what is typed.
  const second = await open(world, other);
  await second.goto(office.url('/may'));
  await unlock(second);
  await told(second).waitFor();
  await declare(second, SENH);
  await second.getByText('Đã lưu trên máy · chưa gửi').first().waitFor();
  await world.shot(second, 'told');
  await first.evaluate(() => dispatchEvent(new Event('online')));
  await told(first).waitFor();

  const desk = await world.desk();
  await desk.goto(office.url('/may'));
  await signIn(desk, 'truong');
  await desk.getByRole('heading', { name: 'Sổ tiếp nhận lưu trú' }).waitFor();
  await desk.getByRole('navigation', { name: 'Phần việc' }).getByRole('link', { name: 'Thiết bị' }).click();
  await desk.getByRole('row', { name: /Giàng Thị Mỷ.*sao chép/i }).click();
  await world.shot(desk, 'board');

  await signInAgain(world, second, 'sign in again');
  await world.eventually(async () => (await receipts(second).count()) === 3);
  await signInAgain(world, first);
  await world.eventually(async () => (await receipts(first).count()) === 3);
  for (const guest of [PAO, DINH, SENH]) {
    for (const phone of [first, second]) await phone.getByRole('link', { name: new RegExp(guest.name) }).waitFor();
  }
  // The PIN is the one of before.
  await second.goto(office.url('/may'));
  await unlock(second);
  await second.getByText('Khách đêm nay: 3 người').waitFor();
  assert.equal(await told(second).count(), 0);
});
