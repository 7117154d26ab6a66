// The desk is an artefact of its own: a phone never fetches it, and who opens a desk gets it into the window that stands.

import assert from 'node:assert/strict';

import { journey } from '../journey.mjs';
import { officer, signIn, unlock } from '../people.mjs';

const BOOK = { name: 'Sổ tiếp nhận lưu trú' };

async function desksFiles(office) {
  const { assets } = await (await fetch(office.url('/manifest.json'))).json();
  return assets.filter((asset) => asset.desk).map((asset) => asset.url);
}

const kept = (page) =>
  page.evaluate(async () => {
    const lists = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return lists.flat().map((request) => new URL(request.url).pathname);
  });

// How often a device was asked for its secret.
async function countLocks(page) {
  const seen = { locks: 0 };
  await page.exposeFunction('lockSeen', () => (seen.locks += 1));
  await page.addInitScript(() => {
    const look = () => document.title.startsWith('Mở khóa') && globalThis.lockSeen();
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
  });
  return seen;
}

journey('a phone fetches no file of the desk, and a desk opens again without network', async (world) => {
  const office = await world.office({ demo: true });
  const files = await desksFiles(office);
  assert.equal(files.length, 2);
  const asked = [];
  const phone = await world.phone();
  phone.context().on('request', (request) => asked.push(new URL(request.url()).pathname));
  await phone.goto(office.url('/may'));
  await signIn(phone, 'hoadialan');
  await phone.getByRole('link', { name: 'Khai khách mới' }).waitFor();
  await world.offlineReady(phone);
  await phone.goto(office.url('/may/ban-lam-viec'));
  await unlock(phone);
  await phone.getByRole('link', { name: 'Khai khách mới' }).waitFor();
  assert.deepEqual((await kept(phone)).filter((path) => files.includes(path)), []);
  assert.deepEqual(asked.filter((path) => files.includes(path)), []);
  assert.equal(await phone.evaluate(() => caches.has('ban-lam-viec')), false);

  const desk = await officer(world, office);
  await world.offlineReady(desk);
  await world.eventually(async () => {
    const paths = await kept(desk);
    return files.every((path) => paths.includes(path));
  }, 30_000);
  await world.cut(desk, office);
  await desk.reload();
  await unlock(desk);
  await desk.getByRole('heading', BOOK).waitFor();
  await world.shot(desk, 'without network');
});

journey('the desk takes the place of the open page, and nobody types the PIN twice', async (world) => {
  const office = await world.office({ demo: true });
  const desk = await world.desk();
  const seen = await countLocks(desk);
  await desk.context().route(/\/pkg\/desk\./, (route) => route.abort());
  await desk.goto(office.url('/may'));
  await signIn(desk, 'congan');
  await desk.getByText('Bàn làm việc chưa được tải về máy này.').waitFor();
  assert.deepEqual(await world.axe(desk), []);
  await world.shot(desk, 'not fetched yet');
  await desk.getByRole('button', { name: 'Thử lại' }).click();
  await desk.getByText('Bàn làm việc chưa được tải về máy này.').waitFor();
  await desk.context().unroute(/\/pkg\/desk\./);
  await desk.getByRole('button', { name: 'Thử lại' }).click();
  await desk.getByRole('heading', BOOK).waitFor();
  assert.equal(await desk.locator('.desk').count(), 1);
  assert.equal(await desk.locator('.app').count(), 0, 'the page before is gone');
  assert.equal(seen.locks, 0);
  assert.equal(desk.workers().length, 1, 'the worker went on');
  // The clock of the page that is gone does not move any more: a beat of it would end in a fault.
  await new Promise((resolve) => setTimeout(resolve, 11_000));
  await desk.getByRole('link', { name: /^Máy này/ }).click();
  await desk.getByRole('button', { name: 'Khóa máy ngay' }).click();
  await unlock(desk);
  await desk.getByRole('link', { name: 'Quay lại' }).click();
  await desk.getByRole('heading', BOOK).waitFor();
  await desk.goBack();
  await desk.getByRole('button', { name: 'Khóa máy ngay' }).waitFor();
});

journey('a team leader comes to the members of the team and back without a second PIN', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await world.phone();
  const seen = await countLocks(phone);
  await phone.goto(office.url('/may'));
  await signIn(phone, 'totruong');
  await phone.getByRole('link', { name: 'Khai thay cho người khác' }).waitFor();
  assert.equal(await phone.evaluate(() => localStorage.getItem('bk.ban')), null);
  await phone.getByRole('link', { name: 'Thành viên của tổ' }).click();
  await phone.getByRole('button', { name: 'Thêm thành viên' }).waitFor();
  await world.shot(phone, 'members');
  await phone.goto(office.url('/may'));
  await unlock(phone);
  await phone.getByRole('link', { name: 'Thành viên của tổ' }).click();
  await phone.getByRole('button', { name: 'Thêm thành viên' }).waitFor();
  assert.equal(seen.locks > 0, true, 'a lock would have been seen');
});

journey('where the desk cannot be had a device that had one opens with the pages of a phone', async (world) => {
  const office = await world.office({ demo: true });
  const page = await world.desk();
  await page.addInitScript(() => localStorage.setItem('bk.ban', '"1"'));
  await page.context().route(/\/pkg\/desk\./, (route) => route.abort());
  await page.goto(office.url('/may'));
  await page.getByRole('button', { name: 'Tôi đã có tài khoản' }).waitFor();
  assert.equal(await page.locator('#skeleton').count(), 0);
});
