// Two phones of one house that have not heard of each other.

import { journey } from '../journey.mjs';
import { PAO, declare, owner, unlock } from '../people.mjs';

journey('the same guest declared on two phones offline is a pair to settle and nothing is lost', async (world) => {
  const office = await world.office({ demo: true });
  const [one, two] = [await owner(world, office), await owner(world, office, 'hoadialan2')];
  for (const phone of [one, two]) {
    await phone.context().setOffline(true);
    await declare(phone, PAO);
    await phone.getByText('Đã lưu trên máy · chưa gửi').first().waitFor();
  }
  for (const phone of [one, two]) await phone.context().setOffline(false);
  for (const phone of [one, two]) await phone.getByText('Cần xem lại').first().waitFor();
  await world.shot(one, 'a pair');
  await one.getByRole('main').getByText('Sùng A Páo').first().click();
  await one.getByRole('link', { name: 'Xem hai thông báo' }).click();
  await one.getByText('Một lần ở, giữ thông báo này').click();
  await world.shot(one, 'one stay');
  await one.getByRole('button', { name: 'Ghép làm một' }).click();
  await two.getByText('Đã gửi · có biên nhận').first().waitFor();
});

journey('one notice edited on two phones offline is one card with both values and a person chooses', async (world) => {
  const office = await world.office({ demo: true });
  const [one, two] = await Promise.all([owner(world, office), owner(world, office, 'hoadialan2')]);
  await declare(one, PAO, '5');
  const card = (phone) => phone.getByRole('link', { name: /Sùng A Páo/i });
  for (const phone of [one, two]) await card(phone).getByText('Đã gửi · có biên nhận').waitFor();
  for (const [phone, room] of [[one, '7'], [two, '8']]) {
    await phone.context().setOffline(true);
    await card(phone).click();
    await phone.getByRole('link', { name: 'Sửa hoặc thêm khách' }).click();
    await phone.getByRole('link', { name: 'Sửa số phòng' }).click();
    await phone.getByLabel('Số phòng').fill(room);
    await phone.getByRole('button', { name: 'Tiếp tục' }).click();
    await phone.getByRole('button', { name: 'Gửi thay đổi' }).click();
    await card(phone).getByText('Đã lưu trên máy · chưa gửi').waitFor();
  }
  for (const phone of [one, two]) await phone.context().setOffline(false);
  await card(one).getByText('Cần xem lại').waitFor();
  await card(one).click();
  await one.getByRole('link', { name: 'Chọn giá trị đúng' }).click();
  await one.getByRole('radio', { name: /^7/ }).waitFor();
  await one.getByRole('radio', { name: /^8/ }).check();
  await world.shot(one, 'both values');
  await one.getByRole('button', { name: 'Chọn 8' }).click();
  await one.getByText('Cần xem lại').waitFor({ state: 'detached' });
  await world.shot(one, 'chosen');
  for (const phone of [one, two]) {
    await phone.goto(office.url('/may'));
    await unlock(phone);
    await card(phone).getByText('phòng 8').waitFor();
    await card(phone).getByText('Đã gửi · có biên nhận').waitFor();
  }
});
