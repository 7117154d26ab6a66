// The page opens without network once it was opened with it.

import assert from 'node:assert/strict';

import { journey } from '../journey.mjs';

async function appIsThere(page) {
  await page.waitForFunction(() => !document.querySelector('#skeleton') && document.body.innerText.trim() !== '');
}

journey('after one visit with network the app opens with the office dead', async (world) => {
  const office = await world.office({ demo: true });
  const page = await world.phone();
  await page.goto(office.url('/may'));
  await appIsThere(page);
  await world.offlineReady(page);
  await world.shot(page, 'with network');

  await world.cut(page, office);
  await page.reload();
  await appIsThere(page);

  const cold = await page.context().newPage();
  await page.close();
  await cold.goto(office.url('/may'));
  await appIsThere(cold);
  await world.shot(cold, 'without network');
});

journey('the device keeps the files of the build and nothing else', async (world) => {
  const office = await world.office({ demo: true });
  const listed = await (await fetch(office.url('/manifest.json'))).json();
  const page = await world.phone();
  await page.goto(office.url('/'));
  await page.goto(office.url('/may'));
  await world.offlineReady(page);
  await page.goto(office.url('/'));
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return { names, paths: lists.flat().map((request) => new URL(request.url).pathname) };
  });
  assert.deepEqual(kept.names, [`bankhai-${listed.build}`]);
  assert.deepEqual(kept.paths.sort(), listed.assets.filter((asset) => !asset.desk).map((asset) => asset.url).sort());
});
