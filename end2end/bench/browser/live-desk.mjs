// How soon a notice filed on a phone is a row on an open desk: `node bench/browser/live-desk.mjs [notices]` in
// end2end/. From the tap on the last button of the form to the row being there; no throttle, this machine's own line.

import { launch } from '../../browser.mjs';
import { PAO, officer, owner, typeGuest, typeStay } from '../../people.mjs';
import { World } from '../../world.mjs';
import { median, p95 } from './rig.mjs';

const NOTICES = Number(process.argv[2] ?? 20);
const NAMES = ['Páo', 'Mỷ', 'Sếnh', 'Chu', 'Dế', 'Mẩy', 'Lồng'];

const browser = await launch();
const world = new World(browser, 'live desk');
const office = await world.office({ demo: true });
const [phone, desk] = await Promise.all([owner(world, office), officer(world, office)]);
const times = [];
for (let at = 0; at < NOTICES; at += 1) {
  const name = `Sùng A ${NAMES[at % NAMES.length]} ${'Anh Bình Chi Dung Em Giang'.split(' ')[Math.floor(at / NAMES.length) % 6]}`;
  await phone.getByRole('link', { name: 'Khai khách mới' }).click();
  await typeGuest(phone, { ...PAO, name, number: `01220100${String(1000 + at * 7).padStart(4, '0')}` });
  await phone.getByRole('button', { name: 'Tiếp tục' }).click();
  await typeStay(phone, String(at + 1));
  const row = desk.getByRole('row', { name: new RegExp(name, 'i') }).waitFor({ timeout: 30_000 });
  const start = performance.now();
  await phone.getByRole('button', { name: 'Gửi thông báo lưu trú' }).click();
  await row;
  times.push(performance.now() - start);
}
await world.close();
await browser.close();
console.log(`${NOTICES} notices: p50 ${Math.round(median(times))} ms, p95 ${Math.round(p95(times))} ms, worst ${Math.round(Math.max(...times))} ms`);
