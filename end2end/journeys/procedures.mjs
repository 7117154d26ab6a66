// Every procedure, from its own definition: filled in with what is on the screen, handed in, receipted, and a row on the desk
// of the agency that decides it.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { fillAnything } from '../dossier.mjs';
import { journey } from '../journey.mjs';
import { officer, owner, signIn } from '../people.mjs';

journey('every procedure on the list can be filled in from its definition, handed in and seen by an officer', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await owner(world, office);
  await phone.getByRole('link', { name: 'Làm thủ tục khác' }).click();
  await phone.locator('main a.task').first().waitFor();
  const all = await phone.locator('main a.task').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  assert.ok(all.length >= 20, `${all.length} procedures`);
  for (const [place, address] of all.entries()) {
    if (place > 0) await phone.getByRole('link', { name: 'Làm thủ tục khác' }).click();
    await phone.locator(`main a.task[href="${address}"]`).click();
    await phone.getByRole('link', { name: 'Bắt đầu khai' }).click();
    await phone.getByRole('button', { name: 'Làm tiếp' }).click();
    await fillAnything(phone).catch((fault) => { throw new Error(`${address}: ${fault.message}`); });
    await phone.getByRole('button', { name: 'Nộp hồ sơ' }).click();
    await phone.getByText(/Đã gửi · có biên nhận/).first().waitFor();
    if (place === 0) await world.shot(phone, 'handed in');
    await phone.getByRole('link', { name: 'Quay lại' }).click();
    await phone.getByRole('link', { name: 'Làm thủ tục khác' }).waitFor();
  }
  await world.shot(phone, 'all of them');
  const of = (names) => all.filter((address) => names.test(address)).length;
  const [civil, province] = [of(/birth|civil/), of(/criminal|seal/)];
  const police = all.length - civil - province;
  const desk = await officer(world, office);
  await desk.getByRole('link', { name: /^Hồ sơ/ }).click();
  await desk.getByText(`${police} hồ sơ`, { exact: true }).first().waitFor();
  await world.shot(desk, 'the desk');

  // The figures of all of them, and a table of the same for a spreadsheet.
  await desk.getByRole('navigation', { name: 'Phần việc' }).getByRole('link', { name: 'Thống kê hồ sơ' }).click();
  const row = (words) => desk.getByRole('row', { name: words });
  await row(new RegExp(`^Tất cả ${police} 0 0 ${police}`)).click();
  await desk.getByText('Giải quyết đúng hạn').waitFor();
  await desk.getByText(`${police}, trực tuyến ${police}`).waitFor();
  await world.shot(desk, 'figures');
  const download = desk.waitForEvent('download');
  await desk.getByRole('button', { name: 'Tải bảng số liệu (CSV)' }).click();
  const file = await download;
  assert.equal(file.suggestedFilename(), 'thong-ke-ho-so.csv');
  const rows = (await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n');
  assert.equal(rows.length, 1 + police);
  assert.match(rows[1], /^"03394","xã Sin Suối Hồ",/);
  await desk.getByRole('link', { name: 'Quý này' }).click();
  await row(/^Tất cả/).waitFor();
  // Each agency's desk has its own dossiers and its own figures; who follows the province has figures and no dossier.
  const others = [['tuphap', civil, 1], ['catinh', province, 1], ['giamsat', all.length, 0]];
  for (const [login, count, works] of others) {
    const other = await world.desk();
    await other.goto(office.url('/may'));
    await signIn(other, login);
    const parts = other.getByRole('navigation', { name: 'Phần việc' });
    if (works) {
      await other.getByText(`${count} hồ sơ`, { exact: true }).first().waitFor();
      await world.shot(other, `the desk of ${login}`);
    }
    await parts.getByRole('link', { name: 'Thống kê hồ sơ' }).click();
    const whole = other.getByRole('row', { name: new RegExp(`^Tất cả ${count} 0 0 ${count}`) });
    await whole.waitFor();
    assert.equal(await parts.getByRole('link', { name: 'Hồ sơ', exact: true }).count(), works, 'a way to dossiers');
    if (login !== 'tuphap') {
      await other.getByRole('columnheader', { name: 'Xã', exact: true }).waitFor();
      await other.getByRole('row', { name: new RegExp(`^xã Sin Suối Hồ ${count} `) }).waitFor();
    }
    await whole.click();
    await other.getByText(`${count}, trực tuyến ${count}`).waitFor();
    assert.equal(await other.getByText('Tiếp nhận theo bản').count(), login === 'tuphap' ? 1 : 0);
    for (const [width, height] of [[1280, 720], [1920, 1080]]) {
      await other.setViewportSize({ width, height });
      await world.shot(other, `figures of ${login} at ${width}`);
    }
  }
  // The police of the province decide as every desk does.
  const last = await world.desk();
  await last.goto(office.url('/may'));
  await signIn(last, 'catinh');
  await last.getByRole('row', { name: /lý lịch tư pháp/ }).click();
  const pane = last.getByRole('complementary', { name: 'Chi tiết hồ sơ' });
  await pane.getByRole('button', { name: 'Tiếp nhận, hẹn trả' }).click();
  await pane.getByLabel('Ngày hẹn trả').waitFor();
  await pane.getByRole('button', { name: 'Tiếp nhận, hẹn trả' }).click();
  await pane.getByText('Đã tiếp nhận').first().waitFor();
  await pane.getByRole('button', { name: 'Giải quyết' }).click();
  await pane.getByLabel('Nội dung giải quyết').fill('Không có án tích');
  await pane.getByRole('button', { name: 'Giải quyết' }).click();
  await pane.getByText('Đã giải quyết').first().waitFor();
}, { timeout: 400_000 });
