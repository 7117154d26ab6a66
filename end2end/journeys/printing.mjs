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

journey('anybody types CT01, takes it home on paper, and nothing of it is kept', async (world) => {
  const office = await world.office({ demo: true });
  const page = await world.phone({ javaScriptEnabled: false });
  await page.goto(office.url('/mau'));
  await page.getByRole('link', { name: 'Điền sẵn CT01' }).click();
  await page.getByLabel('Kính gửi').selectOption({ index: 1 });
  await page.getByLabel('Việc cần làm').selectOption({ label: 'Đăng ký tạm trú' });
  await page.getByLabel(/^1\. Họ/).fill('Sùng A Páo');
  await page.getByLabel(/^4\. Số định danh/).fill('123');
  await world.shot(page, 'typed');
  await page.getByRole('button', { name: 'Tải tờ khai (PDF)' }).click();
  await page.getByText('Số định danh cá nhân có 12 chữ số').waitFor();
  assert.equal(await page.getByLabel(/^1\. Họ/).inputValue(), 'Sùng A Páo', 'what was typed stays');
  await world.shot(page, 'wrong');
  await page.getByLabel(/^4\. Số định danh/).fill('012 201 005 873');
  await page.getByText('Người thứ 1').click();
  await page.locator('#\\31-name').fill('Lầu Thị Dợ');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Tải tờ khai (PDF)' }).click(),
  ]);
  assert.equal(file.suggestedFilename(), 'ct01.pdf');
  assert.equal((await readFile(await file.path())).subarray(0, 5).toString(), '%PDF-');
});
