// For everyone: what axe finds on the pages people meet first and most.

import assert from 'node:assert/strict';

import { journey } from '../journey.mjs';
import { CLAIRE, PAO, declare, officer, owner, typeForeigner, typeGuest, typeStay } from '../people.mjs';

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

// What axe says of a page by day and by night, and whether it is wider than a phone of 320 px.
async function look(world, page, name, found) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    // Colours move for a moment; what is measured must stand still.
    await page.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => {}))));
    found.push(...(await world.axe(page)).map((fault) => `${name}, ${colorScheme}: ${fault}`));
  }
  await world.shot(page, `${name} dark`);
  await page.emulateMedia({ colorScheme: 'light' });
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: size.height });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (over > 0) found.push(`${name}: ${over} px wider than 320`);
  await world.shot(page, `${name} 320`);
  await page.setViewportSize(size);
}

// What a finger or a reader meets without a name.
function nameless(page) {
  return page.evaluate(() => [...document.querySelectorAll('a[href], button, input, select, textarea')]
    .filter((each) => each.checkVisibility() && !each.labels?.length && !each.ariaLabel && !each.innerText?.trim())
    .map((each) => each.outerHTML.slice(0, 120)));
}

// What is too low for a thumb: 56 px is promised, words in a paragraph excepted.
function low(page) {
  return page.evaluate(() => [...document.querySelectorAll('a[href], button, summary, select, input:not([type=radio], [type=checkbox])')]
    .filter((each) => each.checkVisibility() && !each.closest('p, .unseen') && each.getBoundingClientRect().height < 56)
    .map((each) => `${Math.round(each.getBoundingClientRect().height)} px: ${each.outerHTML.slice(0, 120)}`));
}

journey('every page of the phone is sound by day and by night and fits 320 px', async (world) => {
  const office = await world.office({ demo: true });
  const found = [];
  const [phone, other] = await Promise.all([owner(world, office), owner(world, office, 'hoadialan2')]);
  const at = async (name) => {
    found.push(...world.faults.splice(0).map((fault) => `before ${name}: ${fault}`));
    await look(world, phone, name, found);
    if (!/^(?!Sùng).+ · Bản Khai$/.test(await phone.title())) found.push(`${name}: the window is called "${await phone.title()}"`);
    found.push(...(await nameless(phone)).map((html) => `${name}: no name: ${html}`));
    found.push(...(await low(phone)).map((html) => `${name}: ${html}`));
  };
  const back = () => phone.getByRole('link', { name: 'Quay lại' }).click();
  await phone.getByRole('link', { name: 'Khai khách mới' }).click();
  await phone.getByRole('button', { name: 'Tiếp tục' }).click();
  await phone.getByText(/Có \d chỗ cần xem lại/).waitFor();
  await at('guest with faults');
  await typeForeigner(phone, CLAIRE);
  await at('foreigner');
  await phone.getByText('Việt Nam', { exact: true }).click();
  await typeGuest(phone, PAO);
  await phone.getByRole('button', { name: 'Tiếp tục' }).click();
  await phone.getByLabel('Số phòng').waitFor();
  await at('stay');
  await typeStay(phone, '5');
  await phone.getByRole('button', { name: 'Gửi thông báo lưu trú' }).waitFor();
  await at('check');
  await phone.context().setOffline(true);
  await other.context().setOffline(true);
  await phone.getByRole('button', { name: 'Gửi thông báo lưu trú' }).click();
  await phone.getByText('Đã lưu trên máy · chưa gửi').first().waitFor();
  await at('home offline');
  await phone.getByRole('link', { name: /trực ban/ }).first().click();
  await phone.getByRole('heading', { level: 1 }).waitFor();
  await at('call');
  await back();
  await phone.getByRole('link', { name: /Hộp gửi/ }).click();
  await at('outbox');
  await phone.getByRole('link', { name: /Tối nay/ }).click();
  await declare(other, PAO);
  await phone.context().setOffline(false);
  await other.context().setOffline(false);
  await phone.getByRole('link', { name: /Cần xem lại/ }).first().click();
  await phone.getByRole('link', { name: 'Xem hai thông báo' }).waitFor();
  await at('notice');
  await phone.getByRole('link', { name: /^Biên nhận/ }).click();
  await phone.getByText('Chữ ký đúng').waitFor();
  await at('receipt');
  await back();
  await phone.getByRole('link', { name: 'Xem hai thông báo' }).click();
  await phone.getByText('Là một lần ở hay hai?').waitFor();
  await at('pair');
  await back();
  await back();
  await phone.getByRole('link', { name: /Sổ khách/ }).click();
  await at('guest book');
  await phone.getByRole('link', { name: /^Máy này/ }).click();
  await at('this device');
  await phone.getByRole('link', { name: 'Kiểm tra một biên nhận' }).click();
  await phone.getByLabel('Mã của biên nhận').fill('không phải');
  await phone.getByRole('button', { name: 'Kiểm tra' }).click();
  await phone.getByText('Chữ này không phải mã biên nhận').waitFor();
  await at('check a receipt');
  await back();
  await phone.getByRole('button', { name: 'Khóa máy ngay' }).click();
  await phone.getByRole('heading', { name: 'Mở khóa' }).waitFor();
  await at('lock');
  await phone.getByRole('button', { name: 'Quên mã PIN' }).click();
  await at('forgotten PIN');
  assert.deepEqual(found, []);
});

journey('the desk is sound by day and by night with a notice open', async (world) => {
  const office = await world.office({ demo: true });
  const found = [];
  const [phone, desk] = await Promise.all([owner(world, office), officer(world, office)]);
  await declare(phone, PAO);
  await desk.getByRole('row', { name: /Sùng A Páo/i }).click();
  await desk.getByRole('button', { name: 'Trả lại, yêu cầu bổ sung' }).click();
  await desk.getByLabel('Lý do trả lại, yêu cầu bổ sung').waitFor();
  await look(world, desk, 'desk', found);
  found.push(...(await nameless(desk)).map((html) => `desk: no name: ${html}`));
  assert.deepEqual(found, []);
});
