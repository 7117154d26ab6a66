// A tablet of several people: each behind a PIN of their own, each with their own work, one after the other.

import assert from 'node:assert/strict';

import { journey } from '../journey.mjs';
import { DINH, PAO, PASSWORD, declare, signIn, unlock } from '../people.mjs';

const TABLET = { viewport: { width: 800, height: 1280 } };
const OTHER_PIN = '135791';

async function lock(tablet) {
  await tablet.getByRole('link', { name: /^Máy này/ }).click();
  await tablet.getByRole('button', { name: 'Khóa máy ngay' }).click();
}

// The second member, from the lock page of the first.
async function add(tablet, login) {
  await tablet.getByRole('button', { name: 'Tôi đã có tài khoản' }).click();
  await tablet.getByLabel('Tên đăng nhập').fill(login);
  await tablet.getByLabel('Mật khẩu').fill(PASSWORD);
  await tablet.getByRole('button', { name: 'Tiếp tục' }).click();
  await tablet.getByLabel(/^Mã PIN/).fill(OTHER_PIN);
  await tablet.getByLabel('Gõ lại mã PIN').fill(OTHER_PIN);
  await tablet.getByRole('button', { name: 'Dùng trên máy này' }).click();
}

journey('two people take turns on one tablet without a network and neither sees the other', async (world) => {
  const office = await world.office({ demo: true });
  const tablet = await world.phone(TABLET);
  await tablet.goto(office.url('/may'));
  await signIn(tablet, 'hoadialan');
  await tablet.getByRole('link', { name: 'Khai khách mới' }).waitFor();
  await world.offlineReady(tablet);
  await lock(tablet);
  await tablet.getByRole('button', { name: 'Thêm người dùng máy này' }).click();
  await tablet.getByRole('heading', { name: 'Thêm người dùng' }).waitFor();
  await world.shot(tablet, 'adding');
  await add(tablet, 'suoimay');
  await tablet.getByText('Hảng Thị Sú').or(tablet.getByRole('heading', { name: 'Máy này' })).first().waitFor();

  // The first has been here before there were two: they unlock once, and their tile has a name.
  await tablet.goto(office.url('/may'));
  await tablet.getByRole('button', { name: /Người dùng 1/ }).click();
  await unlock(tablet);
  await tablet.getByRole('link', { name: 'Khai khách mới' }).waitFor();
  await tablet.context().setOffline(true);
  await declare(tablet, PAO);
  await tablet.getByText('Đã lưu trên máy · chưa gửi').first().waitFor();
  await tablet.getByRole('link', { name: 'Quay lại' }).or(tablet.getByRole('link', { name: 'Tối nay' })).first().click();
  await lock(tablet);
  await tablet.getByRole('heading', { name: 'Ai đang dùng máy?' }).waitFor();
  const mine = tablet.getByRole('button', { name: /^Mỷ/ });
  await mine.getByText('1 chờ gửi').waitFor();
  assert.ok(!(await tablet.content()).includes('Páo'), 'a locked tablet names no guest');
  await world.shot(tablet, 'tiles');

  // The change of hands, on a processor a quarter as fast.
  const devtools = await tablet.context().newCDPSession(tablet);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await tablet.getByRole('button', { name: /^Sú/ }).click();
  await tablet.getByRole('heading', { name: 'Mã PIN của Sú' }).waitFor();
  await world.shot(tablet, 'keypad');
  await unlock(tablet, OTHER_PIN.slice(0, -1));
  const began = performance.now();
  await tablet.getByRole('button', { name: OTHER_PIN.at(-1), exact: true }).click();
  await tablet.getByRole('link', { name: /^Máy này/ }).or(tablet.getByRole('heading', { name: 'Máy này' })).first().waitFor();
  const took = performance.now() - began;
  console.log(`  unlocked after the last digit in ${Math.round(took)} ms at a quarter of the speed`);
  assert.ok(took < 5_000, `${took} ms`);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await tablet.goto(office.url('/may'));
  await tablet.getByRole('button', { name: /^Sú/ }).click();
  await unlock(tablet, OTHER_PIN);
  await tablet.getByRole('heading', { name: 'Đêm nay chưa có khách.' }).waitFor();
  await tablet.getByRole('link', { name: 'Sổ khách' }).click();
  assert.ok(!(await tablet.content()).includes('Páo'), "one's work is not on the other's screen");

  // With a network the second's contact carries what the first has saved.
  await tablet.context().setOffline(false);
  await tablet.getByRole('link', { name: 'Tối nay' }).click();
  await declare(tablet, DINH);
  await tablet.getByText('Đã gửi · có biên nhận').first().waitFor();
  await tablet.goto(office.url('/may'));
  await world.eventually(async () => (await mine.getByText('chờ gửi').count()) === 0);
  await mine.click();
  await unlock(tablet);
  await tablet.getByText('Đã gửi · có biên nhận').first().waitFor();
  assert.ok(!(await tablet.content()).includes('Dính'));
}, { timed: true });

// Everything the page and its worker do takes four times as long; says of whom that was possible.
async function quarterSpeed(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const slowed = ['page'];
  devtools.on('Target.receivedMessageFromTarget', ({ message }) => {
    if (JSON.parse(message).result) slowed.push('worker');
  });
  devtools.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type !== 'worker') return;
    const message = JSON.stringify({ id: 1, method: 'Emulation.setCPUThrottlingRate', params: { rate: 4 } });
    devtools.send('Target.sendMessageToTarget', { sessionId, message }).catch(() => {});
  });
  const how = { autoAttach: true, waitForDebuggerOnStart: false, flatten: false };
  await devtools.send('Target.setAutoAttach', how).catch((error) => slowed.push(`no worker: ${error.message}`));
  return slowed;
}

journey('ten people share one tablet and changing hands takes at most two seconds at a quarter of the speed', async (world) => {
  const office = await world.office({ demo: true });
  const tablet = await world.phone(TABLET);
  await tablet.goto(office.url('/may'));
  await signIn(tablet, 'hoadialan');
  await tablet.getByRole('link', { name: 'Khai khách mới' }).waitFor();
  await world.offlineReady(tablet);
  const others = ['hoadialan2', 'suoimay', 'binhminh', 'totruong', 'tovien1', 'tovien2', 'congan', 'truong', 'quantri'];
  for (const login of others) {
    await tablet.goto(office.url('/may'));
    await tablet.getByRole('button', { name: /^Thêm người/ }).click();
    await add(tablet, login);
    await tablet.locator('.masthead').waitFor({ state: 'detached' });
  }
  await tablet.goto(office.url('/may'));
  await tablet.getByRole('button', { name: /^Chỉnh/ }).waitFor();
  await world.eventually(async () => (await tablet.locator('button.tile').count()) === 11);
  await world.shot(tablet, 'ten tiles');
  await tablet.context().setOffline(true);
  const slowed = await quarterSpeed(tablet);
  const took = [];
  for (const name of [/^Sú/, /^Tả/, /^Chỉnh/, /^Sú/, /^Tả/]) {
    await tablet.getByRole('button', { name }).click();
    await tablet.getByRole('button', { name: '1', exact: true }).waitFor();
    await unlock(tablet, OTHER_PIN.slice(0, -1));
    // The clock starts with the last digit and stops with the frame that shows home.
    took.push(await tablet.evaluate(async (digit) => {
      const key = [...document.querySelectorAll('.keys button')].find((button) => button.textContent === digit);
      const began = performance.now();
      key.click();
      while (!document.querySelector('.tabs')) await new Promise((resolve) => setTimeout(resolve, 5));
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      return Math.round(performance.now() - began);
    }, OTHER_PIN.at(-1)));
    // Opened again from nothing: home is where it opens.
    await tablet.goto(office.url('/may'));
    await tablet.getByRole('heading', { name: 'Ai đang dùng máy?' }).waitFor();
  }
  console.log(`  ten people, slowed: ${slowed.join(', ')}; from the last digit to home: ${took.join(', ')} ms`);
  assert.ok(Math.max(...took) <= 2_000, `${took}`);
}, { timed: true });
