// Phi địa giới: the one-stop desk of one commune receives what the agency of another one of the province decides; both see
// who received it and who decides, and so does the person by the code on the slip.

import assert from 'node:assert/strict';

import { fillAnything, next } from '../dossier.mjs';
import { journey } from '../journey.mjs';
import { officer, sign, signIn, unlock } from '../people.mjs';

const opened = (desk) => desk.getByRole('complementary', { name: 'Chi tiết hồ sơ' });
const DESK = 'Trung tâm PVHCC xã Sin Suối Hồ';
const DECIDES = 'Công an xã Phong Thổ';

async function counter(world, office) {
  const page = await world.desk();
  await page.goto(office.url('/may'));
  await signIn(page, 'motcua');
  await page.getByRole('heading', { name: /^Hồ sơ/ }).waitFor();
  return page;
}

// Back to the table from wherever the page is.
async function home(page, office) {
  await page.goto(office.url('/may'));
  await unlock(page);
  await page.getByRole('heading', { name: /^Hồ sơ/ }).waitFor();
}

// To the page on which the house is chosen.
async function begin(page, procedure) {
  await page.getByRole('link', { name: 'Nhận hồ sơ tại quầy' }).click();
  await page.getByRole('link', { name: procedure }).first().click();
  await page.getByRole('link', { name: 'Bắt đầu khai' }).click();
  await page.getByText('Hồ sơ về nhà nào').waitFor();
}

journey('the one-stop clerk receives a dossier for the commune beside, which decides it, and the clerk hands the result out', async (world) => {
  const office = await world.office({ demo: true });
  const [clerk, beside, police] = await Promise.all([
    counter(world, office), officer(world, office, 'phongtho'), officer(world, office),
  ]);

  // What only the competent commune receives is offered for the own commune alone.
  await begin(clerk, /^Khai báo thông tin về cư trú/);
  await clerk.getByText('Hộ Giàng Thị Chẳn').waitFor();
  assert.equal(await clerk.getByText(/xã Phong Thổ/).count(), 0);
  await home(clerk, office);

  await begin(clerk, /^Đăng ký tạm trú(?! theo)/);
  await clerk.getByText(/^Nơi ở thuộc xã khác trong tỉnh/).waitFor();
  await clerk.getByLabel('Tìm nhà').fill('phong tho');
  await clerk.getByText('bản Vàng Pó · xã Phong Thổ').click();
  await clerk.getByText(`Tiếp nhận thay cho ${DECIDES}`).waitFor();
  assert.equal(await clerk.getByText('Nhà nghỉ Mường So').count(), 0, 'nobody of the commune beside is shown');
  await clerk.getByLabel('Khai thay cho ai').fill('Lò Thị Ban');
  await world.shot(clerk, 'for the commune beside');
  await clerk.setViewportSize({ width: 360, height: 640 });
  await world.shot(clerk, 'for the commune beside, small');
  await clerk.setViewportSize({ width: 1366, height: 768 });
  await next(clerk);
  await clerk.getByText('Được ủy quyền').waitFor();
  await next(clerk);
  await clerk.getByText('nhờ cán bộ tại quầy').waitFor();
  await sign(clerk);
  await next(clerk);
  await clerk.getByText('Đang làm thay cho').waitFor();
  await clerk.getByText(`Tiếp nhận thay cho ${DECIDES}`).waitFor();
  await world.shot(clerk, 'the form');
  await clerk.getByRole('button', { name: 'Làm tiếp' }).click();
  await fillAnything(clerk);
  await clerk.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  await clerk.getByText(/Đã gửi · có biên nhận/).first().waitFor();
  await clerk.getByText(`Tiếp nhận tại ${DESK}`).first().waitFor();
  await clerk.getByText(DECIDES).first().waitFor();
  await clerk.setViewportSize({ width: 360, height: 640 });
  await world.shot(clerk, 'handed in, small');
  await clerk.setViewportSize({ width: 1366, height: 768 });

  // The person follows it by the code on the slip.
  await clerk.getByRole('link', { name: 'Phiếu theo dõi cho người dân' }).click();
  const slip = await clerk.locator('main').innerText();
  const [code] = /[0-9A-Z]{5}-[0-9A-Z]{5}/.exec(slip) ?? assert.fail(slip);
  const phone = await world.phone();
  await phone.goto(office.url('/theo-doi'));
  await phone.getByLabel(/^Mã theo dõi/).fill(code);
  await phone.getByRole('button', { name: 'Tra mã' }).click();
  await phone.getByText(`Nơi tiếp nhận: ${DESK}`).waitFor();
  await phone.getByText(DECIDES).waitFor();
  await world.shot(phone, 'by the code');

  const row = /Đăng ký tạm trú/;
  await home(clerk, office);
  await clerk.getByRole('row', { name: row }).getByText(DECIDES).waitFor();
  await clerk.getByRole('row', { name: row }).click();
  await opened(clerk).getByRole('button', { name: 'Tiếp nhận, hẹn trả' }).click();
  await opened(clerk).getByLabel('Ngày hẹn trả').waitFor();
  await opened(clerk).getByRole('button', { name: 'Tiếp nhận, hẹn trả' }).click();
  await opened(clerk).getByText('Đã tiếp nhận').first().waitFor();
  for (const deed of ['Giải quyết', 'Từ chối', 'Yêu cầu bổ sung', 'Gửi phiếu xác minh']) {
    assert.equal(await opened(clerk).getByRole('button', { name: deed }).count(), 0, deed);
  }
  await world.shot(clerk, 'received');

  // It lies with the police beside, not with those of the clerk's own commune.
  await police.getByRole('link', { name: /^Hồ sơ/ }).click();
  await police.getByText('Không có hồ sơ nào ở đây.').waitFor();
  await beside.getByRole('link', { name: /^Hồ sơ/ }).click();
  const there = beside.getByRole('row', { name: row });
  await there.getByText(new RegExp(`Tiếp nhận tại ${DESK}`)).waitFor();
  await there.click();
  await opened(beside).getByText(new RegExp(`^Tiếp nhận tại ${DESK}: Mùa Thị Say`)).waitFor();
  await world.shot(beside, 'the desk that decides');
  await opened(beside).getByRole('button', { name: 'Giải quyết' }).click();
  await opened(beside).getByLabel('Nội dung giải quyết').fill('Đã đăng ký tạm trú vào cơ sở dữ liệu');
  await opened(beside).getByRole('button', { name: 'Giải quyết' }).click();
  await opened(beside).getByText('Đã giải quyết').first().waitFor();

  const out = clerk.getByRole('link', { name: /^Chờ trả kết quả/ });
  await out.getByText(/^1/).waitFor();
  await out.click();
  await clerk.getByRole('row', { name: row }).click();
  await opened(clerk).getByRole('button', { name: 'Đã trả kết quả' }).click();
  await opened(clerk).getByRole('button', { name: 'Đã trả kết quả' }).click();
  await out.getByText(/^0/).waitFor();
  await beside.getByRole('link', { name: /^Đã kết thúc/ }).click();
  await there.getByText('Đã trả kết quả').waitFor();

  // Anybody reads which procedures are received like that.
  await phone.goto(office.url('/thu-tuc/temporary-residence'));
  await phone.getByText('Tiếp nhận tại bất kỳ xã nào trong tỉnh').waitFor();
});
