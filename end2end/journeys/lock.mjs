// The lock: what it keeps, what it slows down, and the way back in.

import assert from 'node:assert/strict';

import { journey } from '../journey.mjs';
import { DINH, PAO, PASSWORD, declare, owner, typeGuest, unlock } from '../people.mjs';

const NEW_PIN = '975310';

async function lock(phone) {
  await phone.getByRole('link', { name: /^Máy này/ }).click();
  await phone.getByRole('button', { name: 'Khóa máy ngay' }).click();
  await phone.getByText('Việc đã lưu vẫn nằm trong máy này.').or(phone.getByText(/chờ gửi/)).first().waitFor();
}

journey('a lock in the middle of typing keeps the half-filled form', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await owner(world, office);
  await phone.getByRole('link', { name: 'Khai khách mới' }).click();
  await typeGuest(phone, DINH);
  await phone.getByText(/tự lưu lúc/).waitFor();
  await phone.getByRole('link', { name: 'Quay lại' }).click();
  await phone.getByText('Đang khai dở. Khai tiếp.').waitFor();
  await lock(phone);
  assert.ok(!(await phone.content()).includes('Dính'), 'nothing of the form is left on a locked page');
  await world.shot(phone, 'locked');
  await unlock(phone);
  await phone.getByRole('heading', { name: 'Máy này' }).waitFor();
  await phone.getByRole('link', { name: 'Quay lại' }).click();
  await phone.getByText('Đang khai dở. Khai tiếp.').click();
  await world.eventually(async () => (await phone.getByLabel('Họ, chữ đệm và tên').inputValue()) === DINH.name);
  assert.equal(await phone.getByLabel('Năm', { exact: true }).inputValue(), '2004');
});

journey('the third wrong PIN has to wait and then the right one opens', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await owner(world, office);
  await lock(phone);
  const key = phone.getByRole('button', { name: '1', exact: true });
  for (let tries = 1; tries <= 3; tries += 1) {
    await world.eventually(() => key.isEnabled());
    await unlock(phone, '112233');
    await phone.getByText('Mã PIN chưa đúng.').waitFor();
  }
  await phone.getByText(/Thử lại sau \d+ giây/).waitFor();
  assert.ok(await key.isDisabled(), 'nothing can be tried while it waits');
  await world.shot(phone, 'waiting');
  // Seconds are counted, not tens of them, and the figure never rises, however busy the machine is.
  const counted = [];
  await world.eventually(async () => {
    const left = (await phone.getByRole('alert').innerText()).match(/sau (\d+) giây/);
    if (left && counted.at(-1) !== Number(left[1])) counted.push(Number(left[1]));
    return key.isEnabled();
  }, 45_000);
  assert.ok(counted.length >= 4, `too few figures while it waits: ${counted}`);
  assert.deepEqual(counted, counted.toSorted((a, b) => b - a));
  await unlock(phone);
  await phone.getByRole('heading', { name: 'Máy này' }).waitFor();
});

journey('a forgotten PIN costs a sign-in with network and no unsent notice', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await owner(world, office);
  await phone.context().setOffline(true);
  await declare(phone, PAO);
  await phone.getByText('Đã lưu trên máy · chưa gửi').first().waitFor();
  await lock(phone);
  await phone.getByRole('button', { name: 'Quên mã PIN' }).click();
  const recover = async () => {
    await phone.getByLabel('Tên đăng nhập').fill('hoadialan');
    await phone.getByLabel('Mật khẩu tài khoản').fill(PASSWORD);
    await phone.getByLabel('Mã PIN mới').fill(NEW_PIN);
    await phone.getByRole('button', { name: 'Đặt mã PIN mới' }).click();
  };
  await recover();
  await phone.getByText('Việc này cần có mạng.').waitFor();
  await world.shot(phone, 'needs network');
  await phone.context().setOffline(false);
  await recover();
  await phone.getByRole('heading', { name: 'Máy này' }).waitFor();
  await phone.getByRole('link', { name: 'Quay lại' }).click();
  await phone.getByText('Đã gửi · có biên nhận').first().waitFor();
  await lock(phone);
  await unlock(phone, NEW_PIN);
  await phone.getByRole('heading', { name: 'Máy này' }).waitFor();
});

journey('a second window steps back in words and takes over when asked', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await owner(world, office);
  const second = await phone.context().newPage();
  await second.goto(office.url('/may'));
  await second.getByRole('heading', { name: 'Đang mở ở cửa sổ khác' }).waitFor();
  await world.shot(second, 'elsewhere');
  await second.getByRole('button', { name: 'Dùng ở đây' }).click();
  await second.getByRole('heading', { name: 'Mở khóa' }).waitFor();
  await phone.getByRole('heading', { name: 'Đang mở ở cửa sổ khác' }).waitFor();
  await unlock(second);
  await declare(second, PAO);
  await second.getByText('Đã gửi · có biên nhận').first().waitFor();
});
