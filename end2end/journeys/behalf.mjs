// A member of the community team files for a household from a tablet, without network, and the person leaves with a slip.

import assert from 'node:assert/strict';

import { journey } from '../journey.mjs';
import { DINH, PAO, TABLET, member, officer, owner, sign, signIn, typeGuest, typeStay, unlock } from '../people.mjs';

// For whom and on what ground, on to the notice itself.
async function ground(world, page) {
  await page.getByRole('link', { name: 'Khai thay cho người khác' }).click();
  await page.getByText('Hộ Giàng Thị Chẳn').click();
  await page.getByLabel('Khai thay cho ai').fill('Giàng Thị Chẳn');
  await world.shot(page, 'for whom');
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
  await page.getByText('Được ủy quyền').waitFor();
  await world.shot(page, 'on what ground');
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
  await page.getByText('Đọc cho người đó nghe').waitFor();
}

async function files(world, device) {
  const office = await world.office({ demo: true });
  const tablet = await member(world, office, device);
  await world.cut(tablet, office);
  await tablet.reload();
  await unlock(tablet);
  await ground(world, tablet);

  const field = await tablet.locator('.sign-field').boundingBox();
  const foot = await tablet.getByRole('button', { name: 'Tiếp tục' }).boundingBox();
  assert.ok(field.y >= 0 && field.y + field.height <= foot.y, 'the field to sign in is in sight');
  await world.shot(tablet, 'how they say yes');
  // Nothing goes on without a yes.
  await tablet.getByRole('button', { name: 'Tiếp tục' }).click();
  await tablet.getByText('Chưa có chữ ký.').first().waitFor();
  await sign(tablet);
  await world.shot(tablet, 'signed');
  await tablet.getByRole('button', { name: 'Tiếp tục' }).click();
  await tablet.getByText('Đang làm thay cho').waitFor();
  await typeGuest(tablet, PAO);
  await world.shot(tablet, 'banner');
  await tablet.getByRole('button', { name: 'Tiếp tục' }).click();
  await typeStay(tablet, '2');
  await tablet.getByText('Đang làm thay cho').waitFor();
  await world.shot(tablet, 'check');
  await tablet.getByRole('button', { name: 'Gửi thông báo lưu trú' }).click();
  await tablet.getByText('Đã lưu trên máy · chưa gửi').first().waitFor();

  // The slip is there before any network is.
  await tablet.getByRole('link', { name: /Sùng A Páo/ }).click();
  await tablet.getByRole('heading', { name: 'Khai thay' }).waitFor();
  await world.shot(tablet, 'detail');
  await tablet.getByRole('link', { name: 'Phiếu cho người được khai thay' }).click();
  await tablet.getByText('Máy của tổ sẽ tự gửi khi có mạng.').waitFor();
  const code = (await tablet.locator('.number').first().textContent()).trim();
  assert.match(code, /^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
  await world.shot(tablet, 'slip');

  await world.mend(tablet, office);
  await tablet.getByText('Đã gửi · có biên nhận').first().waitFor();

  const villager = await world.phone();
  await villager.goto(office.url('/theo-doi'));
  await villager.getByLabel('Mã theo dõi').fill(code.toLowerCase());
  await villager.getByRole('button', { name: 'Tra mã' }).click();
  await villager.getByText('Đã gửi · có biên nhận').waitFor();
  const told = await villager.locator('body').textContent();
  for (const name of ['Páo', 'Chẳn', PAO.number]) assert.ok(!told.includes(name), `${name} is told`);
  await world.shot(villager, 'followed');
}

journey('a team member files for a household offline: authorised by a signature, receipted later, followed by a code', (world) =>
  files(world, TABLET));

journey('the same on a telephone of 360 by 640, where the field to sign in is in sight', (world) =>
  files(world, {}));

journey('an officer at the desk reads who filed for whom and on what ground', async (world) => {
  const office = await world.office({ demo: true });
  const tablet = await member(world, office);
  await ground(world, tablet);
  await tablet.getByText('Có người làm chứng').click();
  await tablet.locator('#nguoi-lam-chung').fill('Sùng A Khua');
  await tablet.getByRole('button', { name: 'Tiếp tục' }).click();
  await tablet.getByText('Người khai hộ không tự làm chứng được.').first().waitFor();
  await tablet.locator('#nguoi-lam-chung').fill('Hảng A Chư');
  await tablet.getByRole('button', { name: 'Tiếp tục' }).click();
  await typeGuest(tablet, PAO);
  await tablet.getByRole('button', { name: 'Tiếp tục' }).click();
  await typeStay(tablet, '2');
  await tablet.getByRole('button', { name: 'Gửi thông báo lưu trú' }).click();
  await tablet.getByText('Đã gửi · có biên nhận').first().waitFor();

  const desk = await world.desk();
  await desk.goto(office.url('/may'));
  await signIn(desk, 'truong');
  await desk.getByText('Sùng A Páo').first().click();
  await desk.getByText('người làm chứng Hảng A Chư').first().waitFor();
  await world.shot(desk, 'ground at the desk');
});

journey('an officer files at the counter by the keyboard, the person leaves with a slip, the book says by which way it came', async (world) => {
  const office = await world.office({ demo: true });
  const desk = await officer(world, office);
  await desk.getByRole('link', { name: 'Khai tại quầy' }).waitFor();
  await world.shot(desk, 'desk with the counter');
  await desk.keyboard.press('n');
  await desk.getByText('Hộ Giàng Thị Chẳn').click();
  await desk.getByLabel('Khai thay cho ai').fill('Giàng Thị Chẳn');
  await desk.getByRole('button', { name: 'Tiếp tục' }).click();
  await desk.getByText('Được ủy quyền').waitFor();
  await desk.getByRole('button', { name: 'Tiếp tục' }).click();
  await desk.getByText('nhờ cán bộ tại quầy').waitFor();
  await sign(desk);
  await desk.getByRole('button', { name: 'Tiếp tục' }).click();
  await typeGuest(desk, PAO);
  await desk.getByRole('button', { name: 'Tiếp tục' }).click();
  await typeStay(desk, '2');
  await desk.getByText('Hộ Giàng Thị Chẳn, bản Sin Suối Hồ').first().waitFor();
  await world.shot(desk, 'check at the counter');
  await desk.getByRole('button', { name: 'Gửi thông báo lưu trú' }).click();
  await desk.getByRole('button', { name: 'In phiếu' }).waitFor();
  assert.match((await desk.locator('.number').first().textContent()).trim(), /^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
  await world.shot(desk, 'slip at the counter');
  await desk.goto(office.url('/may/ban-lam-viec'));
  await unlock(desk);
  await desk.getByText('Sùng A Páo').first().click();
  await desk.getByText('tại quầy', { exact: true }).waitFor();
  await desk.getByRole('link', { name: 'Phiếu theo dõi' }).waitFor();
  await world.shot(desk, 'filed at the counter');
});

journey('a code read out says yes; a wrong one is told in words and a signature takes its place', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await owner(world, office);
  await phone.goto(office.url('/may/ma-dong-y'));
  await unlock(phone);
  await phone.getByRole('button', { name: 'Lấy mã đồng ý' }).click();
  const code = (await phone.locator('.code').textContent()).trim();
  assert.match(code, /^[0-9]{4} [0-9]{4}$/);
  await world.shot(phone, 'code of consent');

  const tablet = await member(world, office);
  const file = async (typed, guest) => {
    await tablet.getByRole('link', { name: 'Khai thay cho người khác' }).click();
    await tablet.getByText('Homestay Hoa Địa Lan').click();
    await tablet.getByLabel('Khai thay cho ai').fill('Giàng Thị Mỷ');
    await tablet.getByRole('button', { name: 'Tiếp tục' }).click();
    await tablet.getByText('Được ủy quyền').waitFor();
    await tablet.getByRole('button', { name: 'Tiếp tục' }).click();
    await tablet.getByText('Đọc mã đồng ý 8 số').click();
    await tablet.locator('#ma-dong-y').fill(typed);
    await world.shot(tablet, 'code typed');
    await tablet.getByRole('button', { name: 'Tiếp tục' }).click();
    await typeGuest(tablet, guest);
    await tablet.getByRole('button', { name: 'Tiếp tục' }).click();
    await typeStay(tablet, '2');
    await tablet.getByText('Homestay Hoa Địa Lan, bản Sin Suối Hồ').first().waitFor();
    await tablet.getByRole('button', { name: 'Gửi thông báo lưu trú' }).click();
  };
  await file(code, PAO);
  await tablet.getByText('Đã gửi · có biên nhận').first().waitFor();

  await file(code, DINH);
  await tablet.getByRole('link', { name: /Sùng Thị Dính/ }).first().click();
  await tablet.getByText('Nơi nhận chưa thấy sự đồng ý còn hiệu lực').first().waitFor();
  await world.shot(tablet, 'code used already');
  await tablet.getByRole('link', { name: 'Ghi lại sự đồng ý' }).click();
  await sign(tablet);
  await world.shot(tablet, 'signed instead');
  await tablet.getByRole('button', { name: 'Tiếp tục' }).click();
  await tablet.getByText('Đã gửi · có biên nhận').first().waitFor();
});
