// Quên mật khẩu: a member of the team is let in again by the leader's own phone, and no office is needed for it.

import assert from 'node:assert/strict';

import { journey } from '../journey.mjs';
import { PAO, signIn, typeGuest, typeStay, unlock } from '../people.mjs';
import { hasCamera, running } from '../reader.mjs';

const TABLET = { viewport: { width: 800, height: 1280 }, hasTouch: true };
const NEW_PIN = '975310';

async function joined(world, office, login, options) {
  const page = await world.phone(options);
  await page.goto(office.url('/may'));
  await signIn(page, login);
  await page.getByRole('link', { name: 'Khai thay cho người khác' }).waitFor();
  await world.offlineReady(page);
  return page;
}

async function lock(page) {
  await page.getByRole('link', { name: /^Máy này/ }).click();
  await page.getByRole('button', { name: 'Khóa máy ngay' }).click();
}

// No machine of the tests has a camera or reads codes: what it would see is said here, and what becomes of it is counted.
async function withCamera(page) {
  await hasCamera(page);
  await page.addInitScript(() => {
    window.BarcodeDetector = class {
      async detect(video) {
        if (video.tagName !== 'VIDEO') throw new Error('no picture');
        return window.seen ? [{ rawValue: window.seen }] : [];
      }
    };
  });
}

const show = (page, code) => page.evaluate((seen) => (window.seen = seen), code);

// The leader's code, read by the camera.
async function scanned(world, tablet, code) {
  const scan = tablet.getByRole('button', { name: 'Quét mã bằng máy ảnh' });
  await tablet.getByRole('button', { name: 'Quên mật khẩu? Hỏi tổ trưởng' }).click();
  await scan.click();
  await tablet.locator('video').waitFor();
  await world.eventually(async () => (await running(tablet)) === 1);
  await show(tablet, 'BANKHAI1:MAU-GIAY-KHAC');
  await tablet.getByText('Đây không phải mã của tổ trưởng.').waitFor();
  await world.shot(tablet, 'scanning');
  assert.deepEqual(await world.axe(tablet), []);
  await show(tablet, '');
  await tablet.getByRole('button', { name: 'Thôi quét' }).click();
  await world.eventually(async () => (await running(tablet)) === 0);
  // Whoever goes to another way in leaves no camera running either.
  await scan.click();
  await world.eventually(async () => (await running(tablet)) === 1);
  await tablet.getByRole('button', { name: 'Quên mã PIN' }).click();
  await world.eventually(async () => (await running(tablet)) === 0);
  await tablet.getByRole('button', { name: 'Quên mật khẩu? Hỏi tổ trưởng' }).click();
  await scan.click();
  await show(tablet, code.replaceAll(' ', ''));
  await tablet.getByText('Đã quét xong.').waitFor();
  await world.eventually(async () => (await running(tablet)) === 0);
  assert.equal(await tablet.getByLabel('Mã của tổ trưởng').inputValue(), code.replaceAll(' ', ''));
  await tablet.getByLabel('Mã PIN hoặc mật khẩu mới').fill(NEW_PIN);
  await tablet.getByLabel('Gõ lại', { exact: true }).fill(NEW_PIN);
  await tablet.getByRole('button', { name: 'Mở máy' }).click();
}

async function forgot(tablet, code) {
  await tablet.getByRole('button', { name: 'Quên mật khẩu? Hỏi tổ trưởng' }).click();
  await tablet.getByLabel('Mã của tổ trưởng').fill(code);
  await tablet.getByLabel('Mã PIN hoặc mật khẩu mới').fill(NEW_PIN);
  await tablet.getByLabel('Gõ lại', { exact: true }).fill(NEW_PIN);
  await tablet.getByRole('button', { name: 'Mở máy' }).click();
}

journey('a member who forgot the secret is let in by the leader with the office dead and nothing unsent is lost', async (world) => {
  const office = await world.office({ demo: true });
  const leader = await joined(world, office, 'totruong');
  const tablet = await joined(world, office, 'tovien1', TABLET);
  // The leader's phone hears of the code at its next contact.
  await world.eventually(async () => {
    await leader.reload();
    await unlock(leader);
    await leader.getByRole('link', { name: 'Mã mở máy cho thành viên' }).click();
    return leader.getByRole('button', { name: 'Sùng A Khua' }).waitFor({ timeout: 2_000 }).then(() => true, async () => {
      await leader.goto(office.url('/may'));
      return false;
    });
  }, 40_000);
  await world.cut(tablet, office);
  await leader.context().setOffline(true);

  await tablet.getByRole('link', { name: 'Khai thay cho người khác' }).click();
  await tablet.getByText('Hộ Giàng Thị Chẳn').click();
  await tablet.getByLabel('Khai thay cho ai').fill('Giàng Thị Chẳn');
  await tablet.getByRole('button', { name: 'Tiếp tục' }).click();
  await tablet.getByRole('button', { name: 'Tiếp tục' }).click();
  await tablet.getByText('Có người làm chứng').click();
  await tablet.locator('#nguoi-lam-chung').fill('Hảng A Chư');
  await tablet.getByRole('button', { name: 'Tiếp tục' }).click();
  await typeGuest(tablet, PAO);
  await tablet.getByRole('button', { name: 'Tiếp tục' }).click();
  await typeStay(tablet, '2');
  await tablet.getByRole('button', { name: 'Gửi thông báo lưu trú' }).click();
  await tablet.getByText('Đã lưu trên máy · chưa gửi').first().waitFor();
  await tablet.goto(office.url('/may'));
  await tablet.getByRole('button', { name: 'Quên mật khẩu? Hỏi tổ trưởng' }).waitFor();
  await world.shot(tablet, 'locked');

  // The leader's phone was closed meanwhile, and has no network either.
  await leader.reload();
  await unlock(leader);
  await leader.getByRole('button', { name: 'Sùng A Khua' }).click();
  const code = (await leader.locator('.code').textContent()).trim();
  assert.match(code, /^[A-Z2-7]{4}( [A-Z2-7]{4}){3}$/);
  assert.deepEqual(await world.axe(leader), []);
  await world.shot(leader, 'code');

  await forgot(tablet, 'AAAA BBBB CCCC DDDD');
  await tablet.getByText('Mã của tổ trưởng chưa đúng.').waitFor();
  await world.shot(tablet, 'wrong');
  await tablet.getByText('Trình duyệt này chưa quét được mã.').waitFor();
  await withCamera(tablet);
  await tablet.goto(office.url('/may'));
  await scanned(world, tablet, code);
  await tablet.getByRole('link', { name: /Sùng A Páo/ }).waitFor();
  await tablet.getByText('Đã lưu trên máy · chưa gửi').first().waitFor();
  await lock(tablet);
  await unlock(tablet, NEW_PIN);
  await tablet.getByRole('link', { name: 'Quay lại' }).click();
  await tablet.getByRole('link', { name: /Sùng A Páo/ }).waitFor();
  await world.mend(tablet, office);
  await tablet.getByText('Đã gửi · có biên nhận').first().waitFor();

  // The used code opens nothing any more.
  await lock(tablet);
  await forgot(tablet, code);
  await tablet.getByText('Mã của tổ trưởng chưa đúng.').waitFor();
});
