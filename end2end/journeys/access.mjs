// For everyone: what axe finds on the pages people meet first and most.

import assert from 'node:assert/strict';

import { journey } from '../journey.mjs';
import { PAO, declare, officer, owner } from '../people.mjs';

journey('axe finds nothing on the pages of the phone', async (world) => {
  const office = await world.office({ demo: true });
  const fresh = await world.phone();
  await fresh.goto(office.url('/may'));
  await fresh.getByRole('button', { name: 'Tôi có mã mời' }).waitFor();
  const found = { fresh: await world.axe(fresh) };
  const phone = await owner(world, office);
  found.empty = await world.axe(phone);
  await phone.getByRole('link', { name: 'Khai khách mới' }).click();
  await phone.getByLabel('Số định danh cá nhân').waitFor();
  found.form = await world.axe(phone);
  await phone.goBack();
  await declare(phone, PAO);
  await phone.getByText('Đã gửi · có biên nhận').first().waitFor();
  found.home = await world.axe(phone);
  for (const tab of ['Hộp gửi', 'Sổ khách']) {
    await phone.getByRole('link', { name: tab }).click();
    found[tab] = await world.axe(phone);
  }
  assert.deepEqual(Object.entries(found).flatMap(([page, faults]) => faults.map((fault) => `${page}: ${fault}`)), []);
});

journey('axe finds nothing on the desk', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await owner(world, office);
  await declare(phone, PAO);
  await phone.getByText('Đã gửi · có biên nhận').first().waitFor();
  const desk = await officer(world, office);
  await desk.getByText('Sùng A Páo').first().waitFor();
  assert.deepEqual(await world.axe(desk), []);
});
