// The driver of `bankhai device` in the harness: copies of prepared devices exchange, phase by phase.

import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { sync } from './device.mjs';
import * as L from './lib.mjs';

const { w, url } = L.args;
const place = process.env.CDIR;
cpSync(join(process.env.SEED, w), place, { recursive: true, preserveTimestamps: true });

async function phase(name, device, check = () => true) {
  await L.begin(name);
  const told = await sync(join(place, device), url);
  // The clock of a phase is the device's own: from unlocked to kept, without the start of its process.
  await L.end(name, { client_ms: told.ms, ok: told.waiting === 0 && check(told), news: told.news });
  return told;
}

await L.link('fast');
await L.link('slow');
if (w === 'w1') {
  const phone = await phase('push', 'phone');
  await phase('pull', 'police', (told) => told.notices === 8 && told.digest === phone.digest);
} else if (w === 'w2') {
  await phase('T-push', 't');
  const d = await phase('D-sync', 'd', (told) => told.notices === 60);
  await phase('T-catchup', 't', (told) => told.digest === d.digest);
} else {
  const changes = Number(readFileSync(join(place, 'changes'), 'utf8'));
  await phase('pull', 'police', (told) => told.notices === 2_000 && told.changes === changes);
  await phase('again', 'police', (told) => told.notices === 2_000);
}
await L.finish();
