// A villager without an account and without a script, who follows a dossier by the code on the slip of the team.

import assert from 'node:assert/strict';

import { TENANT, agree, fillForm, next, photograph, pick } from './dossier.mjs';
import { sign } from './people.mjs';

export const LEASE = 'Hợp đồng hoặc giấy tờ cho thuê';

// A member of the team fills in a temporary residence for a villager, to the last picture.
export async function filled(world, tablet) {
  await tablet.getByRole('link', { name: 'Làm thủ tục khác' }).click();
  await tablet.getByRole('link', { name: /^Đăng ký tạm trú(?! theo)/ }).first().click();
  await tablet.getByRole('link', { name: 'Bắt đầu khai' }).click();
  await tablet.getByText('Hộ Giàng Thị Chẳn').click();
  await tablet.getByLabel('Khai thay cho ai').fill('Giàng Thị Chẳn');
  await next(tablet);
  await tablet.getByText('Được ủy quyền').waitFor();
  await next(tablet);
  await tablet.getByText('nộp hồ sơ này thay tôi').waitFor();
  await sign(tablet);
  await next(tablet);
  await tablet.getByRole('button', { name: 'Làm tiếp' }).click();
  await fillForm(world, tablet);
  await tablet.getByRole('button', { name: 'Thêm thành viên' }).waitFor();
  await next(tablet);
  await agree(world, tablet, async (page) => {
    await pick(page, 'Ký trên màn hình');
    await sign(page);
  });
  await photograph(tablet, LEASE);
  await tablet.getByText(/Đã lưu trên máy · \d+ KB/).waitFor();
}

// The same, handed in; the code on the slip.
export async function filed(world, tablet) {
  await filled(world, tablet);
  await next(tablet);
  await tablet.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  await tablet.getByText(/Đã gửi · có biên nhận/).first().waitFor();
  await tablet.getByRole('link', { name: 'Phiếu theo dõi cho người dân' }).click();
  return (await tablet.locator('.number').first().textContent()).trim();
}

// A telephone that runs no script, unless it is said that it does.
export async function opened(world, office, code, options = { javaScriptEnabled: false }) {
  const villager = await world.phone(options);
  await villager.goto(office.url('/theo-doi'));
  await villager.getByLabel('Mã theo dõi').fill(code);
  await villager.getByRole('button', { name: 'Tra mã' }).click();
  return villager;
}

export async function open(villager) {
  await villager.getByLabel(/^4 số cuối số định danh cá nhân/).fill(TENANT.number.slice(-4));
  await villager.getByRole('button', { name: 'Mở hồ sơ' }).click();
}

// What an officer asks for in the open pane, once for all: each item's place in the form and what is missing there. A
// request begins with nothing of the one before.
export async function asksFor(pane, items) {
  await pane.getByRole('button', { name: 'Yêu cầu bổ sung' }).click();
  for (const [at, [place, words]] of items.entries()) {
    if (at > 0) await pane.getByRole('button', { name: 'Thêm mục' }).click();
    await pane.getByLabel(`Mục ${at + 1}`, { exact: true }).selectOption({ label: place });
    await pane.getByLabel(`Mục ${at + 1}: cần bổ sung, sửa gì`).fill(words);
  }
  assert.equal(await pane.locator('textarea').count(), items.length, 'no item of an earlier request is left');
  await pane.getByRole('button', { name: 'Yêu cầu bổ sung' }).click();
}

// Nothing of these pages names anybody, and each target is large enough for a thumb.
export async function calm(page) {
  const told = await page.locator('body').textContent();
  for (const name of ['Mẫn', 'Chẳn', TENANT.number]) assert.ok(!told.includes(name), `${name} is told`);
  for (const target of await page.locator('button, .btn, .pick, select, input.box').all()) {
    const box = await target.boundingBox();
    assert.ok(!box || box.height >= 48, `${await target.textContent()} is ${box?.height} high`);
  }
}
