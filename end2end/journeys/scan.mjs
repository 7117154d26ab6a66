// What a thief finds in the files of a locked phone: none of a thousand names and numbers, in any encoding.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { journey } from '../journey.mjs';
import { DINH, PASSWORD, PIN, dayAfter, declare, signIn } from '../people.mjs';
import { kill9, open, profile } from '../profile.mjs';
import { Scan, unsnappy } from '../scan.mjs';

const WORDS = [
  ['Giàng', 'Sùng', 'Vàng', 'Lầu', 'Thào', 'Hạng', 'Cứ', 'Tráng', 'Phàn', 'Chảo'],
  ['A Páo', 'A Sếnh', 'A Dế', 'A Chỉnh', 'A Lồng', 'A Súa', 'A Vừ', 'A Tủa', 'A Dơ', 'A Chư'],
  ['Mỷ', 'Sính', 'Dợ', 'Lử', 'Pùa', 'Khừ', 'Xìa', 'Ghến', 'Thắng', 'Nủ'],
];
const GUESTS = 1_000;
const TOGETHER = 10;

// Invented: a name and a number for each.
function guest(place) {
  const [family, middle, given] = [0, 1, 2].map((digit) => WORDS[digit][Math.floor(place / 10 ** digit) % 10]);
  return { name: `${family} ${middle} ${given}`, number: `012201${String(200_003 + place * 7).padStart(6, '0')}` };
}

const people = Array.from({ length: GUESTS }, (_, place) => guest(place));
// Of the same kind, and written into the same profile in clear.
const controls = Array.from({ length: 3 }, (_, place) => ({
  name: `Lù Thị ${WORDS[2][place % 10]} ${WORDS[0][place % 10]}`,
  number: `012301${String(900_001 + place * 11)}`,
}));

// Files the thousand from the machine of the same house.
async function fill(world, office) {
  const folder = await mkdtemp(join(tmpdir(), 'bankhai-reception-'));
  world.closeLater({ close: () => rm(folder, { recursive: true, force: true }) });
  const said = await office.command('admin', '--data', office.data, 'invite', 'hoadialan');
  const code = said.match(/: ([0-9A-Z-]{8,})\s/)[1];
  const reception = (...args) =>
    office.command('device', '--state', join(folder, 'state'), '--server', office.url(''), '--pin', PIN, ...args);
  await reception('enrol', code, '--password', PASSWORD);
  const lines = [];
  for (let first = 0; first < GUESTS; first += TOGETHER) {
    lines.push(JSON.stringify({
      ngay_den: `${dayAfter(0)}T00:30`,
      ngay_di_du_kien: dayAfter(2),
      so_phong: String(1 + first / TOGETHER),
      ly_do_luu_tru: 1,
      nguoi_luu_tru: people.slice(first, first + TOGETHER).map(({ name, number }) => ({
        ho_ten: name, ngay_sinh: '2001', gioi_tinh: 'M', loai_giay_to: 2, so_giay_to: number,
      })),
    }));
  }
  await writeFile(join(folder, 'tonight.jsonl'), `${lines.join('\n')}\n`);
  await reception('declare', join(folder, 'tonight.jsonl'));
  await reception('sync');
}

// In clear, the ways a page could have left something: the scan must find each.
function plant(page, words) {
  return page.evaluate(async (words) => {
    const [stored, wide, coded, spelled, cached, packed] = words;
    localStorage.setItem('control', stored);
    await new Promise((ok, no) => {
      const request = indexedDB.open('control', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('control');
      request.onerror = () => no(request.error);
      request.onsuccess = () => {
        const writing = request.result.transaction('control', 'readwrite', { durability: 'strict' });
        const rows = writing.objectStore('control');
        rows.put(wide, 'wide');
        rows.put(`zz${btoa(String.fromCharCode(...new TextEncoder().encode(`x${coded}y`)))}`, 'coded');
        rows.put(encodeURIComponent(spelled), 'spelled');
        writing.oncomplete = ok;
        writing.onabort = () => no(writing.error);
      };
    });
    const cache = await caches.open('control');
    await cache.put('/control', new Response(`.${cached}.`));
    const gzip = new Response(`.${packed}.`).body.pipeThrough(new CompressionStream('gzip'));
    await cache.put('/packed', new Response(await new Response(gzip).arrayBuffer()));
  }, words);
}

journey('the files of a locked and killed phone hold none of a thousand names and numbers', async (world) => {
  const office = await world.office({ demo: true });
  await fill(world, office);
  const folder = await profile(world);
  const page = await open(world, folder);
  await page.goto(office.url('/may'));
  await signIn(page, 'hoadialan');
  await page.getByText(/Khách đêm nay: 1\D?000 người/).waitFor();
  const planted = controls.flatMap(({ name, number }) => [name, number]);
  await plant(page, planted);
  const shown = await page.content();
  assert.equal(people.filter(({ name }) => shown.includes(name)).length, GUESTS, 'all of them are on the screen');
  await declare(page, DINH);
  await page.getByText(/Khách đêm nay: 1\D?001 người/).waitFor();
  await page.getByRole('link', { name: 'Sổ khách' }).click();
  await page.getByRole('heading', { name: 'Sổ khách' }).first().waitFor();
  await page.getByRole('link', { name: 'Tối nay' }).click();
  // One more that has not left the phone.
  await page.context().setOffline(true);
  await declare(page, { ...DINH, name: 'Sùng Thị Dính Chờ', number: '012304000913' });
  await page.getByText('Đã lưu trên máy · chưa gửi').first().waitFor();
  await page.getByRole('link', { name: /^Máy này/ }).click();
  await page.getByRole('button', { name: 'Khóa máy ngay' }).click();
  await page.getByText('Máy này đã khóa').waitFor();
  // What is written lazily has reached the disk.
  await page.waitForTimeout(3_000);
  kill9(folder);
  await page.context().close().catch(() => {});

  const secret = people.flatMap(({ name, number }) => [name, number]);
  const alone = [DINH.name, DINH.number, 'Sùng Thị Dính Chờ', '012304000913', 'Giàng Thị Mỷ', 'hoadialan', 'Homestay Hoa Địa Lan', PASSWORD];
  const began = performance.now();
  const { hits, seen } = await new Scan([...secret, ...alone, ...planted]).folder(folder);
  console.log(`  ${seen.files} files, ${seen.bytes} bytes and ${seen.packed} unpacked ones in ${Math.round(performance.now() - began)} ms`);
  // The scan sees: what was written in clear into this very profile is found, in each of the ways.
  assert.deepEqual(planted.filter((word) => !hits.has(word)), [], 'what was planted is found');
  planted.forEach((word) => hits.delete(word));
  assert.deepEqual([...hits].map(([word, where]) => `${word} in ${[...where]}`), []);
});

journey('the scan undoes what a database packs', async () => {
  const block = Buffer.concat([Buffer.from([17, 6 << 2]), Buffer.from('Giang A'), Buffer.from([((10 - 4) << 2) | 1, 7])]);
  assert.equal(unsnappy(block).toString(), 'Giang AGiang AGia');
  const [word, number] = ['Lù Thị Dợ Vàng', '012301900001'];
  const scan = new Scan([word, number]);
  for (const form of [
    word, word.toUpperCase(), word.normalize('NFD'), 'lu thi do vang', encodeURIComponent(word), '012 301 900 001',
    `x${Buffer.from(`ab${word}`).toString('base64')}`, Buffer.from(number).toString('hex'), JSON.stringify(word).replace(/[^\x20-\x7e]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
  ]) {
    assert.equal(scan.in(Buffer.from(`....${form}....`)).size, 1, form);
    assert.equal(scan.in(Buffer.from(`....${form}....`, 'utf16le')).size > 0 || /[%x\\]|^[0-9a-f]{24}$/.test(form), true, form);
  }
  assert.equal(scan.in(Buffer.from('nothing of the kind lies here at all')).size, 0);
});
