// From signing in on a new phone to the receipt of the renewal of the security-and-order certificate, by what is on the
// screen: `node bench/browser/security.mjs [milliseconds a key] [milliseconds a look]` in end2end/. The main thread is four
// times slower; who types takes so long for each key, and looks so long before each tap.

import { setTimeout as pause } from 'node:timers/promises';

import { launch } from '../../browser.mjs';
import { fillAnything } from '../../dossier.mjs';
import { signIn } from '../../people.mjs';
import { World } from '../../world.mjs';
import { throttle } from './rig.mjs';

const [KEY, LOOK] = [Number(process.argv[2] ?? 180), Number(process.argv[3] ?? 1500)];

const browser = await launch();
const world = new World(browser, 'security');
const office = await world.office({ demo: true });
const phone = await world.phone();
await throttle(phone);

// Everything that is typed or tapped from here on takes a person's time.
let [keys, taps] = [0, 0];
const hand = Object.getPrototypeOf(phone.locator('body'));
const { click, fill } = hand;
hand.click = async function (...how) {
  taps += 1;
  await pause(LOOK);
  return click.apply(this, how);
};
hand.fill = async function (text) {
  keys += text.length;
  await pause(text.length * KEY);
  return fill.call(this, text);
};

await phone.goto(office.url('/may'));
const start = performance.now();
await signIn(phone, 'hoadialan');
await phone.getByRole('link', { name: 'Làm thủ tục khác' }).click();
await phone.getByRole('link', { name: /an ninh, trật tự/ }).first().click();
await phone.getByRole('link', { name: 'Bắt đầu khai' }).click();
await phone.getByRole('button', { name: 'Làm tiếp' }).click();
await fillAnything(phone);
await phone.getByRole('button', { name: 'Nộp hồ sơ' }).click();
await phone.getByText(/Đã gửi · có biên nhận/).first().waitFor({ timeout: 30_000 });
const took = Math.round((performance.now() - start) / 1000);
await world.close();
await browser.close();
console.log(`from the account to the receipt: ${Math.floor(took / 60)} min ${took % 60} s; ${keys} keys of ${KEY} ms, ${taps} taps with a look of ${LOOK} ms before each`);
