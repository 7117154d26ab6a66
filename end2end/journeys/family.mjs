// Two phones of one house that have not heard of each other.

import { journey } from '../journey.mjs';
import { PAO, declare, owner } from '../people.mjs';

journey('the same guest declared on two phones offline is a pair to settle and nothing is lost', async (world) => {
  const office = await world.office({ demo: true });
  const [one, two] = [await owner(world, office), await owner(world, office, 'hoadialan2')];
  for (const phone of [one, two]) {
    await phone.context().setOffline(true);
    await declare(phone, PAO);
    await phone.getByText('Đã lưu trên máy · chưa gửi').first().waitFor();
  }
  for (const phone of [one, two]) await phone.context().setOffline(false);
  for (const phone of [one, two]) await phone.getByText('Cần xem lại').first().waitFor({ timeout: 30_000 });
  await world.shot(one, 'a pair');
  await one.getByRole('main').getByText('Sùng A Páo').first().click();
  await one.getByRole('link', { name: 'Xem hai thông báo' }).click();
  await one.getByText('Một lần ở, giữ thông báo này').click();
  await world.shot(one, 'one stay');
  await one.getByRole('button', { name: 'Ghép làm một' }).click();
  await two.getByText('Đã gửi · có biên nhận').first().waitFor({ timeout: 30_000 });
});
