// Somebody without an account and without a script writes to the commune police; the answer is due by a day, is written at
// the desk and read by the code.

import assert from 'node:assert/strict';

import { journey } from '../journey.mjs';
import { officer } from '../people.mjs';

const WORDS = 'Đến hai lần buổi trưa đều không có cán bộ trực';

journey('a complaint is written without a script, answered at the desk before its day, and read by its code', async (world) => {
  const office = await world.office({ demo: true });
  const villager = await world.phone({ javaScriptEnabled: false });
  await villager.goto(office.url('/theo-doi'));
  await villager.getByRole('link', { name: 'Phản ánh, kiến nghị' }).click();
  await villager.getByRole('heading', { name: 'Phản ánh, kiến nghị' }).waitFor();
  await world.shot(villager, 'blank');
  await villager.getByRole('button', { name: 'Gửi' }).click();
  await villager.getByText('Chưa ghi nội dung.').waitFor();
  const agency = villager.getByLabel('Gửi đến');
  await agency.selectOption('3394');
  await villager.getByLabel('Nội dung').fill(WORDS);
  await villager.getByRole('button', { name: 'Gửi' }).click();
  await villager.getByText('Hạn trả lời: hết ngày').waitFor();
  const code = (await villager.locator('.number').first().textContent()).trim();
  await world.shot(villager, 'sent');

  const desk = await officer(world, office);
  const way = desk.getByRole('link', { name: /^Phản ánh/ });
  await way.getByText(/^1/).waitFor();
  await way.click();
  await desk.getByRole('row', { name: new RegExp(WORDS) }).click();
  await world.shot(desk, 'the letter');
  const pane = desk.getByRole('complementary', { name: 'Phản ánh' });
  await pane.getByRole('button', { name: 'Gửi trả lời' }).click();
  await pane.getByText('Cần ghi nội dung trả lời.').waitFor();
  await pane.getByLabel('Người viết đọc được bằng mã, không thấy tên bạn').fill('Xin lỗi. Từ nay trực cả buổi trưa.');
  await pane.getByRole('button', { name: 'Gửi trả lời' }).click();
  await desk.getByRole('row', { name: /Đã trả lời/ }).waitFor();
  await world.shot(desk, 'answered');

  await villager.goto(office.url('/phan-anh/tra-loi'));
  await villager.getByLabel('Mã phản ánh').fill(code);
  await villager.getByRole('button', { name: 'Xem' }).click();
  await villager.getByText('Từ nay trực cả buổi trưa.').waitFor();
  const told = await villager.locator('body').textContent();
  assert.ok(!told.includes(WORDS), 'who only has the code sees the answer');
  await world.shot(villager, 'read');
});
