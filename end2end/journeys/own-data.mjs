// Somebody without an account and without a script asks what is held about them, shows who they are at the commune police,
// reads it by code and the last digits of their number, and asks for what is wrong to be put right.

import assert from 'node:assert/strict';

import { journey } from '../journey.mjs';
import { PAO, declare, officer, owner } from '../people.mjs';

journey('a person sees what is held about them once an officer has seen their card, and asks to have it put right', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await owner(world, office);
  await declare(phone, PAO);
  const villager = await world.phone({ javaScriptEnabled: false });
  await villager.goto(office.url('/theo-doi'));
  await villager.getByRole('link', { name: 'Dữ liệu về tôi' }).click();
  await villager.getByLabel('Họ, chữ đệm và tên').fill(PAO.name);
  await villager.getByLabel('Số định danh cá nhân').fill('0122010058');
  await villager.getByLabel('Nơi đến đối chiếu giấy tờ').selectOption('3394');
  await world.shot(villager, 'asked');
  await villager.getByRole('button', { name: 'Gửi đề nghị' }).click();
  await villager.getByText('12 chữ số').waitFor();
  await villager.getByLabel('Số định danh cá nhân').fill(PAO.number);
  await villager.getByRole('button', { name: 'Gửi đề nghị' }).click();
  const code = (await villager.locator('.number').textContent()).trim();
  await world.shot(villager, 'code');
  const look = async () => {
    await villager.goto(office.url('/du-lieu/xem'));
    await villager.getByLabel('Mã của bạn').fill(code);
    await villager.getByLabel('4 số cuối số định danh cá nhân').fill('5873');
    await villager.getByRole('button', { name: 'Xem' }).click();
  };
  await look();
  await villager.getByText('Chờ cán bộ đối chiếu giấy tờ').waitFor();

  const desk = await officer(world, office);
  await desk.getByRole('link', { name: /^Phản ánh/ }).click();
  await desk.getByRole('row', { name: /Đề nghị xem dữ liệu/ }).click();
  await world.shot(desk, 'the letter');
  // Somebody else may have asked in that name: without the code that was brought nothing opens.
  await desk.getByLabel('Mã người đến mang theo').fill('7K2QD-0M9XA');
  await desk.getByRole('button', { name: 'Đã đối chiếu, mở cho xem' }).click();
  await desk.getByText('Mã này của đề nghị khác').waitFor();
  await desk.getByLabel('Mã người đến mang theo').fill(code);
  await desk.getByRole('button', { name: 'Đã đối chiếu, mở cho xem' }).click();
  await desk.getByRole('row', { name: /Đã trả lời/ }).waitFor();

  await look();
  await villager.getByText('1 hồ sơ có số định danh của bạn').waitFor();
  assert.ok((await villager.locator('body').textContent()).includes(PAO.name));
  await world.shot(villager, 'held');
  await villager.getByText('Có chỗ sai, đề nghị sửa').click();
  await villager.getByLabel('Chỗ nào sai, đúng là gì').fill('Năm sinh đúng là 2000');
  await world.shot(villager, 'wrong');
  await villager.getByRole('button', { name: 'Gửi đề nghị sửa' }).click();
  await villager.getByText('Nơi giữ hồ sơ đã có đề nghị sửa').waitFor();
  await world.shot(villager, 'sent');
  await desk.getByRole('row', { name: /Đề nghị sửa dữ liệu.*Năm sinh đúng là 2000/ }).waitFor();
});
