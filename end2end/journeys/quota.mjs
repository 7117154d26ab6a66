// A phone that fills up: said before anything is typed, and never called saved when it was not.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

import { PHONE, launchOldest } from '../browser.mjs';
import { journey } from '../journey.mjs';
import { PAO, declare, owner, signIn, unlock } from '../people.mjs';

// What the browser grants this origin in all, in bytes; nothing for as much as it likes.
async function granter(page, office) {
  const origin = new URL(office.url()).origin;
  const cdp = await page.context().newCDPSession(page);
  const { usage } = await cdp.send('Storage.getUsageAndQuota', { origin });
  return { usage, grant: (quotaSize) => cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize }) };
}

// Chromium 106 says how much it grants; its successors always say 10 GiB.
journey('a phone that is nearly full says so before anything is typed and still takes the notice', async (world) => {
  const office = await world.office({ demo: true });
  const browser = world.closeLater(await launchOldest());
  const context = await browser.newContext(PHONE);
  world.watch(context);
  const phone = await context.newPage();
  await phone.goto(office.url('/may'));
  await signIn(phone, 'hoadialan');
  await phone.getByRole('link', { name: 'Khai khách mới' }).waitFor();
  await world.offlineReady(phone);
  assert.equal(await phone.getByText('Máy sắp đầy.').count(), 0);
  const { usage, grant } = await granter(phone, office);
  await grant(usage + 2_000_000);
  await phone.reload();
  await phone.getByText('Máy sắp đầy.').waitFor();
  await unlock(phone);
  await phone.getByRole('link', { name: 'Khai khách mới' }).waitFor();
  await phone.getByText('Máy sắp đầy.').waitFor();
  await world.shot(phone, 'home');
  await declare(phone, PAO);
  await phone.getByText('Đã gửi · có biên nhận').first().waitFor();
});

journey('a full phone says so before anything is typed, calls nothing saved that was not, and gives it away as a file', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await owner(world, office);
  const { grant } = await granter(phone, office);
  await grant(1);
  // The browser goes by the room it has found before for half a minute.
  await pause(31_000);
  await phone.context().setOffline(true);
  await phone.reload();
  await phone.getByText('Máy sắp đầy.').waitFor();
  await unlock(phone);
  await phone.getByRole('link', { name: 'Khai khách mới' }).waitFor();
  await phone.getByText('Máy sắp đầy.').waitFor();
  await world.shot(phone, 'before');

  await declare(phone, PAO);
  const failed = phone.getByText('Chưa lưu được.', { exact: true });
  await failed.waitFor();
  await phone.getByRole('heading', { name: 'Kiểm tra rồi gửi' }).waitFor();
  await world.shot(phone, 'failed');
  assert.equal(await phone.getByText(/đã lưu|tự lưu/i).count(), 0);

  // The way out is a call; who looks at it, or makes a file, loses nothing of what was typed.
  await phone.getByRole('link', { name: 'gọi trực ban', exact: true }).click();
  await phone.getByRole('heading', { name: 'Gọi trực ban' }).waitFor();
  await phone.getByRole('link', { name: 'Quay lại' }).click();
  await phone.getByRole('link', { name: /^Máy này/ }).click();
  await phone.getByText('Tệp có khóa, hiện chưa nơi nào mở được.').waitFor();
  await world.shot(phone, 'this device');
  const [file] = await Promise.all([
    phone.waitForEvent('download'),
    phone.getByRole('button', { name: 'Xuất tệp những việc chưa gửi' }).click(),
  ]);
  assert.equal(file.suggestedFilename(), 'ban-khai-chua-gui.bkx');
  await phone.getByRole('link', { name: 'Quay lại' }).click();
  await phone.getByText('Đêm nay chưa có khách.').waitFor();
  await phone.getByRole('link', { name: 'Khai khách mới' }).click();
  await world.eventually(async () => (await phone.getByLabel('Họ, chữ đệm và tên').inputValue()) === PAO.name);

  // Room again.
  await grant(undefined);
  for (const name of ['Tiếp tục', 'Gửi thông báo lưu trú']) await phone.getByRole('button', { name }).click();
  await phone.getByText('Đã lưu trên máy · chưa gửi').first().waitFor();
  await failed.waitFor({ state: 'detached' });
  assert.equal(await phone.getByRole('link', { name: /Sùng A Páo/i }).count(), 1);
  await phone.context().setOffline(false);
  await phone.getByText('Đã gửi · có biên nhận').first().waitFor();
});
