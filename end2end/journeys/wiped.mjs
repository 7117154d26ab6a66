// A lost tablet that nobody unlocks: at its next contact the office has what was saved, and its owner's part is gone from
// the disk. Another person's part stays.

import assert from 'node:assert/strict';

import { journey } from '../journey.mjs';
import { DINH, PAO, PASSWORD, declare, signIn, unlock } from '../people.mjs';
import { kill9, open, profile } from '../profile.mjs';
import { Scan } from '../scan.mjs';
import { dump } from '../storage.mjs';

const OTHER_PIN = '135791';
const TABLET = { viewport: { width: 800, height: 1280 } };

async function lock(tablet) {
  await tablet.getByRole('link', { name: /^Máy này/ }).click();
  await tablet.getByRole('button', { name: 'Khóa máy ngay' }).click();
}

const of = (kept, place) => {
  const whose = (key) => (Array.isArray(key) ? key[0] : typeof key === 'number' ? 0 : Number(/^(\d+)\//.exec(key)?.[1] ?? 0));
  const shared = ['fence', 'batch'];
  return Object.entries(kept).flatMap(([store, rows]) =>
    rows.filter(([key]) => !shared.includes(key) && whose(key) === place).map(([key, value]) => [store, key, value]));
};

journey('a locked place that was revoked hands over its copies and is gone from the disk, the other stays', async (world) => {
  const office = await world.office({ demo: true });
  const folder = await profile(world);
  let tablet = await open(world, folder, TABLET);
  await tablet.goto(office.url('/may'));
  await signIn(tablet, 'hoadialan');
  await tablet.getByRole('link', { name: 'Khai khách mới' }).waitFor();
  await lock(tablet);
  await tablet.getByRole('button', { name: 'Thêm người dùng máy này' }).click();
  await tablet.getByRole('button', { name: 'Tôi đã có tài khoản' }).click();
  await tablet.getByLabel('Tên đăng nhập').fill('suoimay');
  await tablet.getByLabel('Mật khẩu').fill(PASSWORD);
  await tablet.getByRole('button', { name: 'Tiếp tục' }).click();
  await tablet.getByLabel(/^Mã PIN/).fill(OTHER_PIN);
  await tablet.getByLabel('Gõ lại mã PIN').fill(OTHER_PIN);
  await tablet.getByRole('button', { name: 'Dùng trên máy này' }).click();
  await tablet.getByText('Hảng Thị Sú').or(tablet.getByRole('heading', { name: 'Máy này' })).first().waitFor();
  await tablet.goto(office.url('/may'));
  await tablet.getByRole('button', { name: /Người dùng 1/ }).click();
  await unlock(tablet);
  await declare(tablet, PAO);
  await tablet.getByText('Đã gửi · có biên nhận').first().waitFor();
  await world.offlineReady(tablet);
  // One more that has not left it, and the thing is lost.
  await tablet.context().setOffline(true);
  await declare(tablet, DINH);
  await tablet.getByText('Đã lưu trên máy · chưa gửi').first().waitFor();
  await lock(tablet);
  await tablet.getByRole('heading', { name: 'Ai đang dùng máy?' }).waitFor();
  const before = await dump(tablet);
  assert.ok(of(before, 0).length > 5 && of(before, 1).length > 3, 'both are there');

  const desk = await world.desk();
  await desk.goto(office.url('/may'));
  await signIn(desk, 'truong');
  await desk.getByRole('heading', { name: 'Sổ tiếp nhận lưu trú' }).waitFor();
  const ways = desk.getByRole('navigation', { name: 'Phần việc' });
  const pane = desk.getByRole('complementary');
  await ways.getByRole('link', { name: 'Thiết bị' }).click();
  await desk.getByRole('row', { name: /Giàng Thị Mỷ/ }).click();
  await pane.getByRole('button', { name: 'Thu hồi máy này' }).click();
  await pane.getByRole('button', { name: 'Thu hồi', exact: true }).click();
  await desk.getByRole('row', { name: /Giàng Thị Mỷ.*Đã thu hồi/ }).waitFor();

  // A network comes; nobody unlocks.
  await tablet.context().setOffline(false);
  await tablet.goto(office.url('/may'));
  await world.eventually(async () => of(await dump(tablet), 0).length === 0);
  assert.deepEqual(of(await dump(tablet), 1), of(before, 1), 'the other is untouched, byte for byte');
  assert.equal(await tablet.getByText('Mỷ').count(), 0);

  await ways.getByRole('link', { name: 'Giữ riêng' }).click();
  await desk.getByRole('row', { name: /Giàng Thị Mỷ.*Ghi trước khi thu hồi/ }).click();
  await pane.getByText('Thông báo lưu trú').waitFor();
  await pane.getByText(new RegExp(DINH.name, 'i')).waitFor();
  await pane.getByText('Homestay Hoa Địa Lan', { exact: false }).first().waitFor();
  await world.shot(desk, 'kept aside');
  await pane.getByRole('button', { name: 'Nhận', exact: true }).click();
  await desk.getByText('Không có dòng nào.').waitFor();
  await ways.getByRole('link', { name: 'Sổ lưu trú' }).click();
  await desk.getByRole('row', { name: new RegExp(DINH.name, 'i') }).waitFor();

  // Its files, after the browser was killed: nothing of who was here. The other's tile is in clear, and is found.
  await tablet.waitForTimeout(2_000);
  kill9(folder);
  await tablet.context().close().catch(() => {});
  const words = [PAO.name, PAO.number, DINH.name, DINH.number, 'Giàng Thị Mỷ', 'Homestay Hoa Địa Lan', 'hoadialan'];
  const { hits, seen } = await new Scan([...words, PASSWORD]).folder(folder);
  console.log(`  ${seen.files} files, ${seen.bytes} bytes`);
  assert.deepEqual([...hits].map(([word, where]) => `${word} in ${[...where]}`), []);
  tablet = await open(world, folder, TABLET);
  await tablet.goto(office.url('/may'));
  await unlock(tablet, OTHER_PIN);
  await tablet.getByRole('link', { name: 'Khai khách mới' }).waitFor();
});
