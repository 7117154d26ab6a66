// A power cut right after the page said "saved": what it said is there. And what a thief finds on the disk.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { journey } from '../journey.mjs';
import { PAO, PIN, declare, signIn, unlock } from '../people.mjs';
import { files, kill9, open, profile } from '../profile.mjs';

const KILLS = Number(process.env.BANKHAI_KILLS ?? 4);
const NAMES = ['Sùng A Páo', 'Giàng Thị Mỷ', 'Vàng A Sếnh', 'Hạng Thị Chu', 'Thào A Dế', 'Lý Thị Mẩy', 'Cứ A Lồng'];

// A guest nobody else is: another name and another number each time.
function guest(place) {
  const number = `01220100${String(5873 + place * 7).padStart(4, '0')}`;
  return { ...PAO, name: `${NAMES[place % NAMES.length]} ${'Anh Bình Chi Dung Em Giang Hà'.split(' ')[place % 7]}`, number };
}

journey('what was said to be saved is there after the browser was killed in that moment', async (world) => {
  const office = await world.office({ demo: true });
  const folder = await profile(world);
  let page = await open(world, folder);
  await page.goto(office.url('/may'));
  await signIn(page, 'hoadialan');
  await page.getByRole('link', { name: 'Khai khách mới' }).waitFor();
  await world.offlineReady(page);
  await office.kill9();
  for (let round = 0; round < KILLS; round += 1) {
    await declare(page, guest(round));
    await page.getByRole('link', { name: new RegExp(guest(round).name) }).getByText('Đã lưu trên máy · chưa gửi').waitFor();
    kill9(folder);
    await page.context().close().catch(() => {});
    page = await open(world, folder);
    await page.goto(office.url('/may'));
    await unlock(page);
    await page.getByText(`Khách đêm nay: ${round + 1} người`).waitFor();
  }
  await office.start();
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await world.eventually(async () => (await page.getByRole('link', { name: /Đã gửi · có biên nhận/ }).count()) === KILLS);
  for (let round = 0; round < KILLS; round += 1) {
    await page.getByRole('link', { name: new RegExp(guest(round).name) }).waitFor();
  }
});

// A word as it may lie in a file: both encodings, upper and lower case, hex, base64 at any of its three places.
function shapes(word) {
  const found = [];
  for (const form of new Set([word, word.toUpperCase(), word.toLowerCase(), word.normalize('NFD')])) {
    for (const raw of [Buffer.from(form), Buffer.from(form, 'utf16le')]) {
      found.push(raw, Buffer.from(raw.toString('hex')), Buffer.from(raw.toString('hex').toUpperCase()));
      for (const before of [0, 1, 2]) {
        const text = Buffer.concat([Buffer.alloc(before), raw]).toString('base64');
        // The first and the last group depend on what stands beside them.
        found.push(Buffer.from(text.slice(before === 0 ? 0 : 4, Math.floor((before + raw.length) / 3) * 4)));
      }
    }
  }
  return found.filter((shape) => shape.length >= 6);
}

journey('the files of a locked phone hold no name, no number and no account in any encoding', async (world) => {
  const office = await world.office({ demo: true });
  const folder = await profile(world);
  const page = await open(world, folder);
  await page.goto(office.url('/may'));
  await signIn(page, 'hoadialan');
  await page.getByRole('link', { name: 'Khai khách mới' }).waitFor();
  await declare(page, PAO);
  await page.getByText('Đã gửi · có biên nhận').first().waitFor();
  await page.getByRole('link', { name: /^Máy này/ }).click();
  await page.getByRole('button', { name: 'Khóa máy ngay' }).click();
  await page.getByText('Máy này đã khóa').waitFor();
  await page.context().close();
  const words = [PAO.name, PAO.number, '012 201 005 873', 'Giàng Thị Mỷ', 'hoadialan', 'Homestay Hoa Địa Lan', `"${PIN}"`];
  const planted = words.flatMap((word) => shapes(word).map((shape) => ({ word, shape })));
  const hits = [];
  let bytes = 0;
  for (const file of await files(folder)) {
    const content = await readFile(file);
    bytes += content.length;
    for (const { word, shape } of planted) {
      if (content.indexOf(shape) >= 0) hits.push(`${word} in ${file.slice(folder.length)}`);
    }
  }
  assert.ok(bytes > 100_000, 'a profile was looked at');
  assert.deepEqual([...new Set(hits)], []);
});
