// A phone with many notices, cold and without network: `node bench/browser/cold-start.mjs [notices] [rounds]` in
// end2end/. The notices are declared by the program's own device of the same house and fetched by the phone once; then
// the office is killed, the page closed and opened anew, main thread four times slower (the browser slows no worker).

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { launch } from '../../browser.mjs';
import { binary } from '../../office.mjs';
import { PASSWORD, PIN, owner, unlock } from '../../people.mjs';
import { World } from '../../world.mjs';
import { p95, print, throttle } from './rig.mjs';

const NOTICES = Number(process.argv[2] ?? 500);
const ROUNDS = Number(process.argv[3] ?? 3);
const FAMILY = ['Sùng', 'Giàng', 'Vàng', 'Hạng', 'Thào', 'Lý', 'Cứ'];
const GIVEN = ['Páo', 'Mỷ', 'Sếnh', 'Chu', 'Dế', 'Mẩy', 'Lồng', 'Dính', 'Chớ', 'Súa', 'Tủa'];

// So many one-guest stays, the oldest a year ago, the last of them tonight.
function stays() {
  const day = (ago) => new Date(Date.now() + 7 * 3_600_000 - ago * 86_400_000).toISOString().slice(0, 10);
  return Array.from({ length: NOTICES }, (_, at) => {
    const ago = Math.floor(((NOTICES - 1 - at) * 360) / NOTICES);
    const guest = {
      ho_ten: `${FAMILY[at % 7]} A ${GIVEN[at % 11]}`,
      ngay_sinh: '09/10/2001',
      gioi_tinh: 'M',
      loai_giay_to: 1,
      so_giay_to: `012201${String(100_000 + at).slice(-6)}`,
    };
    return JSON.stringify({
      ngay_den: `${day(ago)}T14:00`,
      ngay_di_du_kien: day(ago - 1),
      so_phong: String((at % 9) + 1),
      ly_do_luu_tru: 1,
      nguoi_luu_tru: [guest],
    });
  }).join('\n');
}

async function declareAll(office, code) {
  const folder = await mkdtemp(join(tmpdir(), 'bankhai-reception-'));
  const env = { ...process.env, BANKHAI_STATE: join(folder, 'state'), BANKHAI_SERVER: office.url(''), BANKHAI_PIN: PIN };
  const device = (...args) => promisify(execFile)(binary(), ['device', ...args], { env });
  await writeFile(join(folder, 'stays.jsonl'), stays());
  await device('enrol', code, '--password', PASSWORD);
  await device('declare', join(folder, 'stays.jsonl'));
  await device('sync');
  await rm(folder, { recursive: true });
}

// From a key going down to the frame that shows it, by the browser's own event timing (steps of 8 ms).
async function typing(page) {
  await page.getByRole('link', { name: 'Khai khách mới' }).click();
  const box = page.getByLabel('Họ, chữ đệm và tên');
  await box.click();
  await page.evaluate(() => {
    globalThis.keys = [];
    const see = (list) => list.getEntries().forEach((entry) => entry.name === 'keydown' && globalThis.keys.push(entry.duration));
    new PerformanceObserver(see).observe({ type: 'event', durationThreshold: 16 });
  });
  const text = 'Giang Thi My Sung A Pao Vang';
  for (const letter of text) await page.keyboard.press(letter === ' ' ? 'Space' : letter, { delay: 60 });
  await page.waitForTimeout(500);
  const slow = await page.evaluate(() => globalThis.keys);
  // What took less than 16 ms is not reported.
  return p95([...slow, ...Array(Math.max(0, text.length - slow.length)).fill(16)]);
}

const browser = await launch();
const world = new World(browser, 'cold start');
const office = await world.office({ demo: true });
const [, code] = office.log.match(/^\s*hoadialan2\s+(\S+)/m);
await declareAll(office, code);
const first = await owner(world, office);
await first.goto(office.url('/may/so-khach'));
await unlock(first);
await first.getByText(`${NOTICES} thông báo trên máy này`).waitFor({ timeout: 120_000 });
await office.kill9();
const found = [];
let page = first;
for (let at = 0; at < ROUNDS; at += 1) {
  const next = await page.context().newPage();
  await page.close();
  page = next;
  await throttle(page);
  const start = performance.now();
  await page.goto(office.url('/may'), { waitUntil: 'commit' });
  await page.getByRole('button', { name: '1', exact: true }).waitFor();
  const door = performance.now() - start;
  await unlock(page);
  const unlocked = performance.now();
  await page.getByRole('link', { name: 'Khai khách mới' }).waitFor({ timeout: 120_000 });
  const home = performance.now() - unlocked;
  found.push({ 'lock page there': door, 'home, after the last digit': home, 'key press to paint, p95': await typing(page) });
}
await world.close();
await browser.close();
console.log(`${NOTICES} notices on the phone`);
print(found);
