// Blank forms: for anybody, without an account and without a script.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { journey } from '../journey.mjs';

journey('anybody takes a blank form home without an account and without a script', async (world) => {
  const office = await world.office({ demo: true });
  const page = await world.phone({ javaScriptEnabled: false });
  await page.goto(office.url('/'));
  await page.getByRole('link', { name: 'Tải mẫu giấy' }).click();
  await page.getByRole('heading', { name: 'Mẫu giấy tờ' }).waitFor();
  await world.shot(page, 'list');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Tải ct01.pdf' }).click(),
  ]);
  assert.equal(file.suggestedFilename(), 'ct01.pdf');
  assert.equal((await readFile(await file.path())).subarray(0, 5).toString(), '%PDF-');
  assert.equal((await fetch(office.url('/mau/khong-co.pdf'))).status, 404);
});

journey('the page of blank forms is whole for a reader and at the width of a desk', async (world) => {
  const office = await world.office({ demo: true });
  const page = await world.desk();
  await page.goto(office.url('/mau'));
  assert.deepEqual(await world.axe(page), []);
  await world.shot(page, 'desk');
});
