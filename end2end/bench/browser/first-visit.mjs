// The first visit over a bad line: `node bench/browser/first-visit.mjs [rounds]` in end2end/. 400 kbit/s each way and
// 400 ms by a proxy (the browser's own throttle does not reach its service worker), main thread four times slower (the
// browser slows no worker). Prints what was measured; it asserts nothing.

import { launch } from '../../browser.mjs';
import { PAO, PASSWORD, PIN, typeGuest } from '../../people.mjs';
import { World } from '../../world.mjs';
import { print, throttle } from './rig.mjs';

const ROUNDS = Number(process.argv[2] ?? 3);
const RATE = 400_000 / 8;
const LATENCY = 400;
// What a person needs to choose a password and a PIN; a machine would stand before a worker that is not there yet.
const CHOOSING = 20_000;

const painted = (page) => page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);

async function plainForm(world, line) {
  const page = await world.phone();
  await throttle(page);
  const start = performance.now();
  await page.goto(line.url('/khai'), { waitUntil: 'commit' });
  await page.getByLabel('Tên đăng nhập').fill('hoadialan');
  return { 'plain form typed': performance.now() - start };
}

async function invited(world, line, code) {
  const page = await world.phone();
  await throttle(page);
  const before = line.carried.down;
  const start = performance.now();
  await page.goto(line.url(`/may#ma=${code}`), { waitUntil: 'commit' });
  const ready = world.offlineReady(page, 120_000).then(() => performance.now() - start);
  await page.getByLabel('Mã mời').waitFor();
  const door = performance.now() - start;
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
  await page.getByLabel('Mật khẩu tài khoản').fill(PASSWORD);
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
  await page.getByLabel(/^Mã PIN/).fill(PIN);
  await page.getByLabel('Gõ lại mã PIN').fill(PIN);
  await page.waitForTimeout(Math.max(0, door + CHOOSING - (performance.now() - start)));
  await page.getByRole('button', { name: 'Dùng trên máy này' }).click();
  const redeemed = performance.now();
  await page.getByRole('link', { name: 'Khai khách mới' }).click();
  await typeGuest(page, PAO);
  const form = performance.now() - redeemed;
  return {
    'words on the page': await painted(page),
    'first field of joining there': door,
    'form typed, after the last tap of joining': form,
    'ready without network': await ready,
    'bytes down until then': line.carried.down - before,
  };
}

const browser = await launch();
const found = [];
for (let at = 0; at < ROUNDS; at += 1) {
  const world = new World(browser, 'first visit');
  const office = await world.office({ demo: true });
  const line = await world.proxy({ target: office.port, rate: RATE, latency: LATENCY });
  const [, code] = office.log.match(/^\s*hoadialan\s+(\S+)/m);
  found.push({ ...(await plainForm(world, line)), ...(await invited(world, line, code)) });
  await world.close();
}
await browser.close();
print(found);
