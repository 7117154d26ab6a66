// The oldest browser that is promised: Chromium 106.

import assert from 'node:assert/strict';

import { PHONE, launchOldest } from '../browser.mjs';
import { journey } from '../journey.mjs';
import { PAO, declare, signIn, unlock } from '../people.mjs';

journey('on Chromium 106 a guest declared without network has a receipt when the network is back', async (world) => {
  const office = await world.office({ demo: true });
  const browser = world.closeLater(await launchOldest());
  assert.match(browser.version(), /^106\./);
  const context = await browser.newContext(PHONE);
  world.watch(context);
  const phone = await context.newPage();
  await phone.goto(office.url('/may'));
  await signIn(phone, 'hoadialan');
  await phone.getByRole('link', { name: 'Khai khách mới' }).waitFor();
  await world.offlineReady(phone);
  await world.cut(phone, office);
  await phone.reload();
  await unlock(phone);
  await declare(phone, PAO);
  await phone.getByText('Đã lưu trên máy · chưa gửi').first().waitFor();
  await world.shot(phone, 'saved here');
  await world.mend(phone, office);
  await phone.getByText('Đã gửi · có biên nhận').first().waitFor();
  await world.shot(phone, 'receipted');
});
