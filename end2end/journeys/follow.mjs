// Two members of a team, two tablets, one dossier: the second goes on with it, shown the villager's slip; both add somebody
// without network, and both stay.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { agree, fillForm, next, photograph, pick } from '../dossier.mjs';
import { journey } from '../journey.mjs';
import { TABLET, member, officer, sign } from '../people.mjs';

async function authorise(page) {
  await next(page);
  await page.getByText('Được ủy quyền').waitFor();
  await next(page);
  await page.getByText('nộp hồ sơ này thay tôi').waitFor();
  await sign(page);
  await next(page);
}

// One more member of the household, from the dossier's page to the page after handing in.
async function add(page, name, number) {
  await page.getByRole('link', { name: 'Sửa, bổ sung' }).click();
  await page.getByRole('link', { name: /^Những thành viên/ }).click();
  await page.getByRole('button', { name: 'Thêm thành viên' }).click();
  await page.getByLabel('Họ, chữ đệm và tên').fill(name);
  for (const [label, value] of [['Ngày', '09'], ['Tháng', '03'], ['Năm', '2001']]) await page.getByLabel(label, { exact: true }).fill(value);
  await pick(page, 'Nam');
  await page.getByLabel(/^Số định danh cá nhân/).fill(number);
  await page.getByLabel('Mối quan hệ với chủ hộ').selectOption({ label: 'cùng ở thuê' });
  // Back to the table of people, and on to the list of what there is to do.
  await page.getByRole('link', { name: 'Quay lại' }).click();
  await page.getByRole('button', { name: 'Thêm thành viên' }).waitFor();
  await page.getByRole('link', { name: 'Quay lại' }).click();
  await page.getByRole('link', { name: /Xem lại và nộp/ }).click();
  await page.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  await page.getByText('Đã lưu trên máy · chưa gửi').first().waitFor();
}

journey('a second member of the team goes on with a dossier on another tablet and both add a member', async (world) => {
  const office = await world.office({ demo: true });
  const [first, second] = await Promise.all([
    member(world, office),
    member(world, office, TABLET, 'tovien2'),
  ]);
  await first.getByRole('link', { name: 'Làm thủ tục khác' }).click();
  await first.getByRole('link', { name: /^Đăng ký tạm trú(?! theo)/ }).first().click();
  await first.getByRole('link', { name: 'Bắt đầu khai' }).click();
  await first.getByText('Hồ sơ về nhà nào').waitFor();
  await first.getByText('Hộ Giàng Thị Chẳn').click();
  await first.getByLabel('Khai thay cho ai').fill('Giàng Thị Chẳn');
  await authorise(first);
  await first.getByRole('button', { name: 'Làm tiếp' }).click();
  await fillForm(world, first);
  await first.getByRole('button', { name: 'Thêm thành viên' }).waitFor();
  await next(first);
  await agree(world, first, async (page) => {
    await pick(page, 'Ký trên màn hình');
    await sign(page);
  });
  await photograph(first, 'Hợp đồng hoặc giấy tờ cho thuê');
  await first.getByText(/Đã lưu trên máy · \d+ KB/).waitFor();
  await next(first);
  // What will be handed in can be seen on paper first.
  const download = first.waitForEvent('download');
  await first.getByRole('button', { name: 'Tải bản nháp CT01 để xem (PDF)' }).click();
  const file = await download;
  assert.equal(file.suggestedFilename(), 'CT01.pdf');
  assert.equal((await readFile(await file.path())).subarray(0, 5).toString(), '%PDF-');
  await first.getByText('Đã tải CT01.pdf.').waitFor();
  await world.shot(first, 'a draft on paper');
  await first.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  await first.getByText('Chữ ký đúng').waitFor();
  await first.getByRole('link', { name: 'Phiếu theo dõi cho người dân' }).click();
  const code = (await first.locator('.number').first().textContent()).trim();
  await first.goBack();

  await second.getByRole('link', { name: 'Làm tiếp hồ sơ theo phiếu' }).click();
  await second.getByLabel('Mã theo dõi').fill('7K2QD-0M9X');
  await second.getByRole('button', { name: 'Lấy hồ sơ về máy này' }).click();
  await second.getByText('Mã theo dõi có 10 chữ và số').waitFor();
  await world.shot(second, 'a code that is none');
  await second.getByLabel('Mã theo dõi').fill(code);
  await second.getByRole('button', { name: 'Lấy hồ sơ về máy này' }).click();
  await second.getByRole('link', { name: 'Làm tiếp hồ sơ này' }).waitFor();
  await world.shot(second, 'the dossier of the other');
  await second.getByRole('link', { name: 'Làm tiếp hồ sơ này' }).click();
  await second.getByLabel('Khai thay cho ai').fill('Giàng Thị Chẳn');
  await authorise(second);
  await second.getByRole('link', { name: 'Sửa, bổ sung' }).waitFor();
  await world.shot(second, 'taken up');

  await world.cut(first, office);
  await world.cut(second);
  await add(first, 'Giàng A Mẫu', '012201010001');
  await add(second, 'Giàng A Chư', '012201010002');
  await world.mend(first, office);
  await world.mend(second);
  for (const page of [first, second]) {
    await page.getByText(/Đã gửi · có biên nhận/).first().waitFor();
    for (const name of ['Giàng A Mẫu', 'Giàng A Chư']) await page.getByText(name).first().waitFor();
  }
  await world.shot(second, 'both');
  const desk = await officer(world, office);
  await desk.getByRole('link', { name: /^Hồ sơ/ }).click();
  await desk.getByRole('row', { name: /Lò Văn Mẫn/i }).click();
  const pane = desk.getByRole('complementary', { name: 'Chi tiết hồ sơ' });
  for (const name of ['Giàng A Mẫu', 'Giàng A Chư']) await pane.getByText(name).first().waitFor();
});
