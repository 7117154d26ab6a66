// The commune's desk: the book filled by several houses, searched, filtered, worked by keyboard, also offline.

import assert from 'node:assert/strict';

import { journey } from '../journey.mjs';
import { CLAIRE, DINH, PAO, dayAfter, declare, officer, owner, typeForeigner, typeGuest, typeStay } from '../people.mjs';

const row = (desk, guest) => desk.getByRole('row', { name: new RegExp(guest.name, 'i') });
const receipted = (phone) => phone.getByText('Đã gửi · có biên nhận').first().waitFor();

// These guests are in sight, and nobody else.
async function shows(desk, ...guests) {
  for (const guest of guests) await row(desk, guest).waitFor();
  await desk.getByText(new RegExp(`^1–${guests.length} / ${guests.length}$`)).waitFor();
}

async function send(phone) {
  await phone.getByRole('button', { name: 'Gửi thông báo lưu trú' }).click();
  await receipted(phone);
}

journey('the book is searched without accents and filtered by village, house, nationality and lateness', async (world) => {
  const office = await world.office({ demo: true });
  const [near, far, desk] = await Promise.all([owner(world, office), owner(world, office, 'binhminh'), officer(world, office)]);
  await declare(near, PAO, '5');
  await receipted(near);
  await near.getByRole('link', { name: 'Khai khách mới' }).click();
  await typeForeigner(near, CLAIRE);
  await near.getByLabel('Thời hạn tạm trú').fill(dayAfter(20));
  await near.getByRole('button', { name: 'Tiếp tục' }).click();
  await typeStay(near, '6');
  await send(near);
  await far.getByRole('link', { name: 'Khai khách mới' }).click();
  await typeGuest(far, DINH);
  await far.getByRole('button', { name: 'Tiếp tục' }).click();
  await far.getByRole('button', { name: 'Hôm qua' }).click();
  await far.getByLabel('Giờ đến').fill('15:00');
  await typeStay(far, '12B');
  await send(far);
  await shows(desk, PAO, CLAIRE, DINH);
  await world.shot(desk, 'book');

  const search = desk.getByRole('searchbox', { name: /^Tìm tên/ });
  for (const [words, guest] of [['sung a pao', PAO], ['012304000217', DINH], ['19ab12345', CLAIRE], ['12b', DINH]]) {
    await search.fill(words);
    await shows(desk, guest);
    assert.ok(!desk.url().includes('pao'), 'no name in the address');
  }
  await search.fill('vang thi khong co');
  await desk.getByText('Không thấy trong xã này.').waitFor();
  await world.shot(desk, 'nobody');
  await desk.getByRole('button', { name: 'Xóa lọc' }).click();
  await shows(desk, PAO, CLAIRE, DINH);

  const choose = (name, label) => desk.getByRole('combobox', { name }).selectOption({ label });
  const clear = () => desk.getByRole('button', { name: 'Xóa lọc' }).click();
  await choose('Bản', 'bản Thèn Sin');
  await shows(desk, DINH);
  await clear();
  await choose('Cơ sở', 'Homestay Hoa Địa Lan');
  await shows(desk, PAO, CLAIRE);
  await clear();
  await choose('Quốc tịch', 'Pháp');
  await shows(desk, CLAIRE);
  await clear();
  await desk.getByRole('button', { name: 'Quá hạn, trễ' }).click();
  await shows(desk, DINH);
  await row(desk, DINH).click();
  await desk.getByRole('complementary', { name: 'Chi tiết thông báo' }).getByText(/[Tt]rễ/).first().waitFor();
  await world.shot(desk, 'late');
});

journey('an officer works by keyboard alone and what is sent back comes to the owner with its reason', async (world) => {
  const office = await world.office({ demo: true });
  const [phone, desk] = await Promise.all([owner(world, office), officer(world, office)]);
  await declare(phone, PAO, '5');
  await receipted(phone);
  await declare(phone, DINH, '6');
  await world.eventually(async () => (await phone.getByRole('link', { name: /Đã gửi · có biên nhận/ }).count()) === 2);
  await shows(desk, PAO, DINH);
  const selected = () => desk.locator('tr[aria-selected=true]').innerText();
  await desk.keyboard.press('j');
  const first = await selected();
  await desk.keyboard.press('j');
  const second = await selected();
  assert.notEqual(first, second);
  await desk.keyboard.press('k');
  assert.equal(await selected(), first);
  await desk.keyboard.press('Enter');
  const pane = desk.getByRole('complementary', { name: 'Chi tiết thông báo' });
  await pane.getByRole('heading', { level: 2 }).waitFor();
  await desk.keyboard.press('a');
  await pane.getByText(/Công an tiếp nhận lúc/).waitFor();
  await desk.keyboard.press('Escape');
  await pane.waitFor({ state: 'detached' });
  await desk.keyboard.press('j');
  assert.equal(await selected(), second);
  await desk.keyboard.press('r');
  const reason = pane.getByLabel('Lý do trả lại, yêu cầu bổ sung');
  await world.eventually(() => reason.evaluate((box) => box === document.activeElement));
  await desk.keyboard.type('Ghi lại số phòng cho đúng.');
  await world.shot(desk, 'reason');
  await desk.keyboard.press('Tab');
  await desk.keyboard.press('Enter');
  await pane.getByText(/Trả lại lúc/).waitFor();

  await phone.bringToFront();
  await phone.getByText('Công an đã tiếp nhận').first().waitFor();
  await phone.getByRole('link', { name: /Cần xem lại/ }).click();
  await phone.getByText('Ghi lại số phòng cho đúng.').first().waitFor();
  await world.shot(phone, 'sent back');
  await phone.getByRole('link', { name: 'Sửa thông báo' }).click();
  await phone.getByRole('link', { name: 'Sửa số phòng' }).click();
  await phone.getByLabel('Số phòng').fill('8');
  await phone.getByRole('button', { name: 'Tiếp tục' }).click();
  await phone.getByRole('button', { name: 'Gửi thay đổi' }).click();
  await phone.getByRole('link', { name: /Cần xem lại/ }).waitFor({ state: 'detached' });
  await desk.getByRole('row', { name: /Hoa Địa Lan · 8/ }).waitFor();
  await world.shot(desk, 'sent again');
});

journey('a reception made offline is applied when the line is back, and one that came too late is refused in words', async (world) => {
  const office = await world.office({ demo: true });
  const [phone, desk] = await Promise.all([owner(world, office), officer(world, office)]);
  await declare(phone, PAO, '5');
  await receipted(phone);
  await declare(phone, DINH, '6');
  await world.eventually(async () => (await phone.getByRole('link', { name: /Đã gửi · có biên nhận/ }).count()) === 2);
  await shows(desk, PAO, DINH);
  await desk.context().setOffline(true);
  const pane = desk.getByRole('complementary', { name: 'Chi tiết thông báo' });
  for (const guest of [PAO, DINH]) {
    await row(desk, guest).click();
    await pane.getByRole('heading', { level: 2, name: new RegExp(guest.name, 'i') }).waitFor();
    await pane.getByRole('button', { name: 'Tiếp nhận' }).click();
    await pane.getByRole('button', { name: 'Tiếp nhận' }).waitFor({ state: 'detached' });
  }
  await desk.getByText(/2 việc chờ gửi/).waitFor();
  await world.shot(desk, 'offline');
  // Meanwhile the owner changes one of them.
  await phone.getByRole('link', { name: new RegExp(DINH.name) }).click();
  await phone.getByRole('button', { name: '+1 đêm' }).click();
  await phone.getByText(/Bổ sung lúc/).waitFor();
  await phone.getByText('Có thay đổi sau biên nhận, chờ gửi.').waitFor({ state: 'detached' });
  await desk.context().setOffline(false);
  await desk.getByText('Việc tiếp nhận của bạn không áp dụng').first().waitFor();
  await world.shot(desk, 'refused');
  await desk.getByRole('region', { name: 'Việc không áp dụng' }).getByRole('button', { name: 'Đã hiểu' }).click();
  await desk.getByText('Việc tiếp nhận của bạn không áp dụng').first().waitFor({ state: 'detached' });
  await phone.getByRole('link', { name: 'Quay lại' }).click();
  await phone.getByText('Công an đã tiếp nhận').first().waitFor();
});
