// A team member at a villager's door without network: a residence dossier with the villager's yes, a consent signed on the
// screen, a paper photographed; the villager leaves with a slip, and its code tells where the dossier stands.

import assert from 'node:assert/strict';

import { agree, fillForm, next, photograph, pick } from '../dossier.mjs';
import { journey } from '../journey.mjs';
import { TABLET, member, officer, sign, unlock } from '../people.mjs';

// From home to the first page of the form: for whom, on what ground, how they said yes.
async function begin(world, tablet, house) {
  await tablet.getByRole('link', { name: 'Làm thủ tục khác' }).click();
  await tablet.getByRole('link', { name: /^Đăng ký tạm trú(?! theo)/ }).first().click();
  await tablet.getByRole('link', { name: 'Bắt đầu khai' }).click();
  await tablet.getByText('Hồ sơ về nhà nào').waitFor();
  await tablet.getByText(house).click();
  await tablet.getByLabel('Khai thay cho ai').fill('Giàng Thị Chẳn');
  await world.shot(tablet, 'for whom');
  await next(tablet);
  await tablet.getByText('Được ủy quyền').waitFor();
  await next(tablet);
  await tablet.getByText('nộp hồ sơ này thay tôi').waitFor();
  await sign(tablet);
  await next(tablet);
  await tablet.getByText('Đang làm thay cho').waitFor();
  await world.shot(tablet, 'tasks');
  await tablet.getByRole('button', { name: 'Làm tiếp' }).click();
}

journey('a team member files a dossier at a villager\'s door, the officer receives it, the villager follows it', async (world) => {
  const office = await world.office({ demo: true });
  const tablet = await member(world, office, TABLET);
  await tablet.getByRole('link', { name: 'Làm thủ tục khác' }).waitFor();
  await world.cut(tablet, office);
  await tablet.reload();
  await unlock(tablet);
  await begin(world, tablet, 'Hộ Giàng Thị Chẳn');
  await fillForm(world, tablet);
  await tablet.getByRole('button', { name: 'Thêm thành viên' }).waitFor();
  await next(tablet);
  await agree(world, tablet, async (page) => {
    await pick(page, 'Ký trên màn hình');
    await sign(page);
  });
  await photograph(tablet, 'Hợp đồng hoặc giấy tờ cho thuê');
  await tablet.getByText(/Đã lưu trên máy · \d+ KB/).waitFor();
  await next(tablet);
  await tablet.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  await tablet.getByText('Đã lưu trên máy · chưa gửi').first().waitFor();
  await tablet.getByRole('heading', { name: 'Khai thay' }).waitFor();
  await world.shot(tablet, 'saved');
  await tablet.getByRole('link', { name: 'Phiếu theo dõi cho người dân' }).click();
  await tablet.getByText('Máy của tổ sẽ tự gửi khi có mạng.').waitFor();
  const code = (await tablet.locator('.number').first().textContent()).trim();
  await world.shot(tablet, 'slip');

  // The next villager says yes anew; their house is on no list, and that stops nobody.
  await tablet.goto(office.url('/may'));
  await unlock(tablet);
  await begin(world, tablet, 'Nhà khác trong bản');
  await world.shot(tablet, 'the next one');

  await world.mend(tablet, office);
  const desk = await officer(world, office);
  await desk.getByRole('link', { name: /^Hồ sơ/ }).click();
  await desk.getByRole('row', { name: /Lò Văn Mẫn/i }).click();
  const pane = desk.getByRole('complementary', { name: 'Chi tiết hồ sơ' });
  await pane.getByRole('button', { name: 'Tiếp nhận, hẹn trả' }).click();
  await pane.getByLabel('Ngày hẹn trả').waitFor();
  await pane.getByRole('button', { name: 'Tiếp nhận, hẹn trả' }).click();
  await pane.getByText('Tiếp nhận hồ sơ (CT04)').waitFor();

  const villager = await world.phone();
  await villager.goto(office.url('/theo-doi'));
  await villager.getByLabel('Mã theo dõi').fill(code);
  await villager.getByRole('button', { name: 'Tra mã' }).click();
  await villager.getByText('Hẹn trả kết quả ngày').waitFor();
  const told = await villager.locator('body').textContent();
  for (const name of ['Mẫn', 'Chẳn', '012201004318']) assert.ok(!told.includes(name), `${name} is told`);
  await world.shot(villager, 'followed');
});
