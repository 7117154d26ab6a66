// What a community team's tablet keeps: everything while something is still to be done, seven days more by the office's
// clock, and then the receipt alone.

import assert from 'node:assert/strict';

import { journey } from '../journey.mjs';
import { PAO, member, sign, typeGuest, typeStay, unlock } from '../people.mjs';

// One visit with network: opened, heard by the office, opened once more with what it said.
async function visit(world, tablet) {
  await tablet.reload();
  const heard = tablet.waitForResponse((response) => response.url().endsWith('/sync') && response.ok());
  await unlock(tablet);
  await tablet.getByRole('link', { name: 'Sổ khách' }).waitFor();
  await heard;
  // What was heard is kept before the page is closed.
  await tablet.waitForTimeout(1_000);
  await tablet.reload();
  await unlock(tablet);
  await tablet.getByRole('link', { name: 'Sổ khách' }).waitFor();
}

journey('a team\'s tablet lets go of a stay that is over a week after, and keeps its receipt', async (world) => {
  const office = await world.office({ demo: true });
  const tablet = await member(world, office);
  await tablet.getByRole('link', { name: 'Khai thay cho người khác' }).click();
  await tablet.getByText('Hộ Giàng Thị Chẳn').click();
  await tablet.getByLabel('Khai thay cho ai').fill('Giàng Thị Chẳn');
  for (let page = 0; page < 2; page += 1) await tablet.getByRole('button', { name: 'Tiếp tục' }).click();
  await tablet.getByText('Đọc cho người đó nghe').waitFor();
  await sign(tablet);
  await tablet.getByRole('button', { name: 'Tiếp tục' }).click();
  await typeGuest(tablet, PAO);
  await tablet.getByRole('button', { name: 'Tiếp tục' }).click();
  await typeStay(tablet, '2');
  await tablet.getByRole('button', { name: 'Gửi thông báo lưu trú' }).click();
  await tablet.getByText('Đã gửi · có biên nhận').first().waitFor();

  // Four days later the guests are gone: the week begins. A day before its end everything is still there.
  await office.restartAhead(4);
  await visit(world, tablet);
  await office.restartAhead(10);
  await visit(world, tablet);
  await tablet.getByRole('link', { name: 'Sổ khách' }).click();
  await tablet.getByText(PAO.name).first().waitFor();
  assert.equal(await tablet.getByText('Chỉ còn biên nhận').count(), 0);

  await office.restartAhead(12);
  await visit(world, tablet);
  await tablet.getByRole('link', { name: 'Sổ khách' }).click();
  await tablet.getByRole('heading', { name: 'Chỉ còn biên nhận' }).waitFor();
  await world.shot(tablet, 'the book');
  assert.equal(await tablet.getByText(PAO.name).count(), 0, 'no name is left');
  await tablet.getByRole('listitem').filter({ hasText: 'SP' }).getByRole('link').click();
  await tablet.getByText('không còn trên máy này', { exact: false }).first().waitFor();
  await world.shot(tablet, 'what is left');
  assert.ok(!(await tablet.locator('body').textContent()).includes(PAO.number));
});
