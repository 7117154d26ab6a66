// Bad lines: a portal that answers for the office, and no dialog whatever happens.

import assert from 'node:assert/strict';

import { journey } from '../journey.mjs';
import { PAO, declare, officer, owner, signIn } from '../people.mjs';

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
  await phone.getByText('Đã gửi · có biên nhận').first().waitFor();
});

journey('a slow line cut in the middle brings one notice and one receipt in the end', async (world) => {
  const office = await world.office({ demo: true });
  const line = await world.proxy({ target: office.port, rate: 0, latency: 0 });
  const phone = await world.phone();
  phone.on('dialog', (dialog) => assert.fail(`a dialog: ${dialog.message()}`));
  await phone.goto(line.url('/may'));
  await signIn(phone, 'hoadialan');
  await phone.getByRole('link', { name: 'Khai khách mới' }).waitFor();
  await world.offlineReady(phone);
  // 20 kbit a second, far away; broken three times, once after everything has gone up and before anything came.
  line.rate = 2_500;
  line.latency = 400;
  await declare(phone, PAO);
  const card = phone.getByRole('link', { name: /Sùng A Páo/i });
  await card.waitFor();
  for (const bytes of [200, 700]) {
    const before = line.carried.up;
    await world.eventually(() => line.carried.up > before + bytes, 20_000).catch(() => {});
    line.cut();
    line.mend();
    await phone.evaluate(() => dispatchEvent(new Event('online')));
  }
  line.rate = 0;
  line.latency = 0;
  await card.getByText('Đã gửi · có biên nhận').waitFor();
  assert.equal(await card.count(), 1);
  const desk = await officer(world, office);
  await desk.getByText('1–1 / 1').waitFor();
  await desk.getByRole('row', { name: /Sùng A Páo/i }).click();
  await desk.getByText(/Có biên nhận lúc/).waitFor();
  assert.equal(await desk.getByText(/Có biên nhận lúc/).count(), 1);
});
