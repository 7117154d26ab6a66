// A second member of the team goes on with a half-filled form on another telephone, and no network is there for either.

import assert from 'node:assert/strict';

import { LEASE, filled } from '../by-code.mjs';
import { TENANT, next, photograph } from '../dossier.mjs';
import { journey } from '../journey.mjs';
import { member, officer, sign, unlock } from '../people.mjs';
import { reads, running, seesScreenOf } from '../reader.mjs';

const PHONE = {};

// A tenant's form with everything in it, left on the list of what there is to do.
async function fill(world, page) {
  await filled(world, page);
  await page.getByRole('link', { name: 'Quay lại' }).click();
  await page.getByRole('link', { name: 'Chuyển sang máy khác' }).waitFor();
}

// The giver reads the code of the taker, and shows the form.
async function shows(giver, taker) {
  await taker.getByRole('img', { name: 'Mã của máy này' }).waitFor();
  await giver.getByRole('button', { name: 'Quét mã của máy kia' }).click();
  await giver.getByRole('img', { name: /^Mã của tờ khai/ }).waitFor();
}

const kept = (page) => page.getByText('Đã nhận đủ và lưu trên máy này').waitFor();

journey('a half-filled form goes on on a second telephone with both cut off, interrupted once, and is handed in once', async (world) => {
  const office = await world.office({ demo: true });
  const [first, second] = await Promise.all([
    member(world, office, PHONE),
    member(world, office, PHONE, 'tovien2'),
  ]);
  await first.context().setOffline(true);
  await world.cut(second, office);
  // Where the browser reads no codes, the page says so.
  await second.getByRole('link', { name: 'Làm thủ tục khác' }).click();
  await second.getByRole('link', { name: 'Nhận tờ khai đang làm dở' }).click();
  await second.getByText('chưa đọc được mã').waitFor();
  await world.shot(second, 'no reader');

  await seesScreenOf(first, second);
  await seesScreenOf(second, first);
  for (const page of [first, second]) {
    await page.goto(office.url('/may'));
    await unlock(page);
    await page.getByRole('link', { name: 'Làm thủ tục khác' }).waitFor();
  }
  await fill(world, first);
  await world.shot(first, 'form of the first');
  await first.getByRole('link', { name: 'Chuyển sang máy khác' }).click();
  await first.getByText('Quét mã trên máy kia').waitFor();
  await world.shot(first, 'first before the camera');
  assert.deepEqual(await world.axe(first), []);

  await second.getByRole('link', { name: 'Làm thủ tục khác' }).click();
  await world.shot(second, 'procedures of a member');
  await second.getByRole('link', { name: 'Nhận tờ khai đang làm dở' }).click();
  await second.getByRole('img', { name: 'Mã của máy này' }).waitFor();
  await world.shot(second, 'code of the second');
  assert.deepEqual(await world.axe(second), []);
  await shows(first, second);
  await world.eventually(async () => (await running(first)) === 0);
  await world.shot(first, 'codes of the form');
  assert.deepEqual(await world.axe(first), []);
  await reads(second, 2);
  await second.getByRole('button', { name: 'Máy kia đã quét xong' }).click();
  await second.getByText(/^Đã nhận 2\/\d+ phần/).waitFor();
  await world.shot(second, 'half of the parts');
  assert.deepEqual(await world.axe(second), []);

  // The battery of the first is empty. What was typed is there, and nothing of it on the second.
  await first.goto(office.url('/may'));
  await unlock(first);
  await first.getByText('Tờ khai đang làm dở. Làm tiếp.').click();
  await first.getByRole('link', { name: 'Chuyển sang máy khác' }).click();
  await second.getByRole('button', { name: 'Hiện lại mã của máy này' }).click();
  await reads(second, Infinity);
  await world.eventually(async () => (await running(second)) === 0);
  await shows(first, second);
  await second.getByRole('button', { name: 'Máy kia đã quét xong' }).click();
  const began = performance.now();
  await kept(second);
  const parts = (await first.getByText(/^Đang hiện phần/).textContent()).split('/')[1];
  console.log(`      ${parts} parts read in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  await world.eventually(async () => (await running(second)) === 0);
  const slip = (await second.locator('.fig').textContent()).trim();
  assert.match(slip, /^\d{3} \d{3}$/);
  await world.shot(second, 'slip');
  assert.deepEqual(await world.axe(second), []);

  // Another number than that changes nothing.
  await first.getByRole('button', { name: 'Máy kia đã hiện số' }).click();
  await first.getByLabel('Máy kia hiện số').fill(slip === '111 111' ? '222222' : '111111');
  await first.getByRole('button', { name: 'Xong, máy kia làm tiếp' }).click();
  await first.getByText('Số chưa đúng.').first().waitFor();
  await world.shot(first, 'wrong number');
  assert.deepEqual(await world.axe(first), []);
  await first.getByLabel('Máy kia hiện số').fill(slip);
  await first.getByRole('button', { name: 'Xong, máy kia làm tiếp' }).click();
  await first.getByRole('button', { name: 'Lấy lại về máy này' }).waitFor();
  await world.shot(first, 'handed over');
  assert.deepEqual(await world.axe(first), []);

  // It is no form there any more: what is opened at its address is a new one.
  await first.goto(office.url('/may/to-khai/temporary-residence'));
  await unlock(first);
  await first.getByText('Hồ sơ về nhà nào').waitFor();
  await first.goto(office.url('/may'));
  await unlock(first);
  await first.getByText('Đã chuyển sang máy khác lúc').waitFor();
  assert.equal(await first.getByText('Tờ khai đang làm dở. Làm tiếp.').count(), 0);
  await world.shot(first, 'home of the first');

  await second.getByRole('link', { name: 'Làm tiếp tờ khai' }).click();
  await second.getByText('Nhận từ máy khác lúc').waitFor();
  await second.getByText('Đang làm thay cho').waitFor();
  await world.shot(second, 'form on the second');
  assert.deepEqual(await world.axe(second), []);
  await second.getByRole('link', { name: LEASE }).click();
  await photograph(second, LEASE);
  await second.getByText(/Đã lưu trên máy · \d+ KB/).waitFor();
  await second.getByRole('link', { name: 'Quay lại' }).click();
  await second.getByText('Nhận từ máy khác lúc').waitFor();
  assert.equal(await second.getByText('Ảnh không đi theo.').count(), 0);
  // The villager said yes to the first member: to the second they say it again.
  await second.getByRole('link', { name: /Xem lại và nộp/ }).click();
  await second.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  await second.getByText('nộp hồ sơ này thay tôi').waitFor();
  await world.shot(second, 'asked for a yes again');
  await sign(second);
  await next(second);
  await second.getByRole('button', { name: 'Làm tiếp' }).click();
  await second.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  await second.getByText('Đã lưu trên máy · chưa gửi').first().waitFor();

  await world.mend(second, office);
  await first.context().setOffline(false);
  await second.getByText('Chữ ký đúng').waitFor();
  const desk = await officer(world, office);
  await desk.getByRole('link', { name: /^Hồ sơ/ }).click();
  const rows = desk.getByRole('row', { name: new RegExp(TENANT.name, 'i') });
  await rows.first().waitFor();
  await world.shot(desk, 'the dossier at the desk');
  assert.equal(await rows.count(), 1);
});

journey('a form that was handed over is taken back by one tap and opens as it was', async (world) => {
  const office = await world.office({ demo: true });
  const [first, second] = await Promise.all([
    member(world, office, PHONE),
    member(world, office, PHONE, 'tovien2'),
  ]);
  await seesScreenOf(first, second);
  await seesScreenOf(second, first);
  for (const page of [first, second]) {
    await page.context().setOffline(true);
    await page.goto(office.url('/may'));
    await unlock(page);
  }
  await fill(world, first);
  await first.getByRole('link', { name: 'Chuyển sang máy khác' }).click();
  await second.getByRole('link', { name: 'Làm thủ tục khác' }).click();
  await second.getByRole('link', { name: 'Nhận tờ khai đang làm dở' }).click();
  await shows(first, second);
  await second.getByRole('button', { name: 'Máy kia đã quét xong' }).click();
  await kept(second);
  const slip = (await second.locator('.fig').textContent()).trim();
  await first.getByRole('button', { name: 'Máy kia đã hiện số' }).click();
  await first.getByLabel('Máy kia hiện số').fill(slip);
  await first.getByRole('button', { name: 'Xong, máy kia làm tiếp' }).click();
  await first.getByRole('button', { name: 'Lấy lại về máy này' }).click();
  await first.getByText('Tờ khai đang làm dở. Làm tiếp.').click();
  await first.getByRole('link', { name: 'Chuyển sang máy khác' }).waitFor();
  await first.getByRole('link', { name: /Giấy tờ kèm theo/ }).click();
  await first.getByText(/Đã lưu trên máy · \d+ KB/).waitFor();
});
