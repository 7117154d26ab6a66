// The office over TLS of its own, without a proxy.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { PHONE, launch } from '../browser.mjs';
import { certificate } from '../certificate.mjs';
import { journey } from '../journey.mjs';
import { PAO, declare, signIn, unlock } from '../people.mjs';

journey('over TLS of the office itself the page, its worker and its service worker load and a guest is receipted', async (world) => {
  const folder = await mkdtemp(join(tmpdir(), 'bankhai-tls-'));
  world.closeLater({ close: () => rm(folder, { recursive: true, force: true }) });
  const office = await world.office({ demo: true, tls: await certificate(folder) });
  // A service worker is fetched outside of any page: only the browser as a whole can be told to trust the certificate.
  const browser = world.closeLater(await launch(['--ignore-certificate-errors']));
  const context = await browser.newContext({ ...PHONE, ignoreHTTPSErrors: true });
  world.watch(context);
  const protocols = new Set();
  const phone = await context.newPage();
  const answer = await phone.goto(office.url('/may'));
  assert.equal(answer.headers()['strict-transport-security'], 'max-age=31536000');
  await signIn(phone, 'hoadialan');
  await phone.getByRole('link', { name: 'Khai khách mới' }).waitFor();
  await world.offlineReady(phone);
  for (const entry of await phone.evaluate(() => performance.getEntries().map((each) => each.nextHopProtocol))) {
    if (entry) protocols.add(entry);
  }
  assert.ok(protocols.has('h2'), [...protocols].join());
  await declare(phone, PAO);
  await phone.getByText('Đã gửi · có biên nhận').first().waitFor();
  await world.cut(phone, office);
  await phone.reload();
  await unlock(phone);
  await phone.getByText('Đã gửi · có biên nhận').first().waitFor();
});
