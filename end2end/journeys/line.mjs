// Bad lines: a portal that answers for the office, and no dialog whatever happens.

import assert from 'node:assert/strict';

import { journey } from '../journey.mjs';
import { PAO, declare, owner } from '../people.mjs';

journey('a portal that answers for the office is named in words and the notice waits', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await owner(world, office);
  phone.on('dialog', (dialog) => assert.fail(`a dialog: ${dialog.message()}`));
  await phone.context().route('**/sync', (route) =>
    route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Wi-Fi miễn phí</h1>' }));
  await declare(phone, PAO);
  await phone.getByText('Mạng này đòi đăng nhập.').first().waitFor();
  await phone.getByText('Đã lưu trên máy · chưa gửi').first().waitFor();
  await world.shot(phone, 'portal');
  await phone.context().unroute('**/sync');
  await phone.evaluate(() => dispatchEvent(new Event('online')));
  await phone.getByText('Đã gửi · có biên nhận').first().waitFor({ timeout: 30_000 });
});
