// A phone and an office that were switched off when the first format was new, and are switched on today.

import assert from 'node:assert/strict';
import { chmod, cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

import { journey } from '../journey.mjs';
import { officer, unlock } from '../people.mjs';
import { restore } from '../storage.mjs';

const FORMAT = fileURLToPath(new URL('../fixtures/v1/', import.meta.url));

// The data directory as it was left.
async function dataOfThen(world) {
  const data = await mkdtemp(join(tmpdir(), 'bankhai-first-'));
  world.closeLater({ close: () => rm(data, { recursive: true, force: true }) });
  await cp(join(FORMAT, 'office'), data, { recursive: true });
  await writeFile(join(data, 'bankhai.db'), gunzipSync(await readFile(join(data, 'bankhai.db.gz'))));
  await rm(join(data, 'bankhai.db.gz'));
  for (const key of await readdir(join(data, 'keys'))) await chmod(join(data, 'keys', key), 0o600);
  return data;
}

journey('a phone and an office of the first format open today and finish what they had begun', async (world) => {
  const office = await world.office({ demo: true, data: await dataOfThen(world) });
  const phone = await world.phone();
  await phone.goto(office.url('/icons/icon.svg'));
  await restore(phone, JSON.parse(await readFile(join(FORMAT, 'phone.json'), 'utf8')));
  await phone.goto(office.url('/may/so-khach'));
  await phone.getByText('Máy này đã khóa').waitFor();
  await unlock(phone);
  await phone.getByText('2 thông báo trên máy này').waitFor();
  for (const name of [/Sùng A Páo/i, /Sùng Thị Dính/i]) {
    await phone.getByRole('link', { name }).getByText('Đã gửi · có biên nhận').waitFor();
  }
  await world.shot(phone, 'book');
  await phone.getByRole('link', { name: /Sùng A Páo/i }).click();
  await phone.getByRole('link', { name: /^Biên nhận/ }).click();
  await phone.getByText('Chữ ký đúng').waitFor();
  const desk = await officer(world, office);
  await desk.getByRole('button', { name: 'Mọi ngày' }).click();
  await desk.getByText('1–2 / 2').waitFor();
  assert.equal(await desk.getByRole('row', { name: /Sùng/i }).count(), 2);
});
