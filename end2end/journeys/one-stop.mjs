// The commune's one-stop desk: its clerk takes in what two people bring, each lies on the desk of the agency that decides it,
// and the results are handed out where they were asked for. The justice officer has a counter, too.

import assert from 'node:assert/strict';

import { fillAnything, next } from '../dossier.mjs';
import { journey } from '../journey.mjs';
import { officer, sign, signIn } from '../people.mjs';

const opened = (desk) => desk.getByRole('complementary', { name: 'Chi tiết hồ sơ' });

async function desk(world, office, login) {
  const page = await world.desk();
  await page.goto(office.url('/may'));
  await signIn(page, login);
  await page.getByRole('heading', { name: /^Hồ sơ/ }).waitFor();
  return page;
}

// What somebody brings to the counter, from the desk and back to it.
async function takeIn(world, page, procedure, giver) {
  await page.getByRole('link', { name: 'Nhận hồ sơ tại quầy' }).click();
  await page.getByRole('link', { name: procedure }).first().click();
  await page.getByRole('link', { name: 'Bắt đầu khai' }).click();
  await page.getByText('Hồ sơ về nhà nào').waitFor();
  await page.getByText('Hộ Giàng Thị Chẳn').click();
  await page.getByLabel('Khai thay cho ai').fill(giver);
  await next(page);
  await page.getByText('Được ủy quyền').waitFor();
  await next(page);
  await page.getByText('nhờ cán bộ tại quầy').waitFor();
  await sign(page);
  await next(page);
  await page.getByText('Đang làm thay cho').waitFor();
  await page.getByRole('button', { name: 'Làm tiếp' }).click();
  await fillAnything(page);
  await page.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  await page.getByText(/Đã gửi · có biên nhận/).first().waitFor();
  await page.getByRole('link', { name: 'Phiếu theo dõi cho người dân' }).waitFor();
  await page.getByRole('link', { name: 'Quay lại' }).click();
  await page.getByRole('heading', { name: /^Hồ sơ/ }).waitFor();
}

async function accept(page, row) {
  await page.getByRole('row', { name: row }).click();
  const pane = opened(page);
  await pane.getByRole('button', { name: 'Tiếp nhận, hẹn trả' }).click();
  await pane.getByLabel('Ngày hẹn trả').waitFor();
  await pane.getByRole('button', { name: 'Tiếp nhận, hẹn trả' }).click();
  await pane.getByText('Đã tiếp nhận').first().waitFor();
}

async function decide(page, row, words) {
  await page.getByRole('row', { name: row }).click();
  const pane = opened(page);
  await pane.getByRole('button', { name: 'Giải quyết' }).click();
  await pane.getByLabel('Nội dung giải quyết').fill(words);
  await pane.getByRole('button', { name: 'Giải quyết' }).click();
  await pane.getByText('Đã giải quyết').first().waitFor();
}

async function handOut(page, row) {
  await page.getByRole('row', { name: row }).click();
  const pane = opened(page);
  await pane.getByRole('button', { name: 'Đã trả kết quả' }).click();
  await pane.getByRole('button', { name: 'Đã trả kết quả' }).click();
  await pane.getByText('Trả kết quả').first().waitFor();
}

journey('the one-stop clerk takes in two dossiers, each is decided at its own desk, and the clerk hands out the results', async (world) => {
  const office = await world.office({ demo: true });
  const [clerk, justice, police] = await Promise.all([
    desk(world, office, 'motcua'), desk(world, office, 'tuphap'), officer(world, office),
  ]);
  await clerk.getByRole('banner').getByText('Trung tâm PVHCC xã Sin Suối Hồ').waitFor();
  const [birth, residence] = [/Đăng ký khai sinh/, /Đăng ký tạm trú/];
  await takeIn(world, clerk, /^Đăng ký khai sinh/, 'Giàng Thị Chẳn');
  await takeIn(world, clerk, /^Đăng ký tạm trú(?! theo)/, 'Hảng A Xà');
  await clerk.getByRole('row', { name: birth }).getByText('Ủy ban nhân dân cấp xã').waitFor();
  await clerk.getByRole('row', { name: residence }).getByText('Công an cấp xã').waitFor();
  await world.shot(clerk, 'the desk of the clerk');
  await accept(clerk, birth);
  for (const deed of ['Giải quyết', 'Từ chối', 'Yêu cầu bổ sung', 'Gửi phiếu xác minh']) {
    assert.equal(await opened(clerk).getByRole('button', { name: deed }).count(), 0, deed);
  }
  await world.shot(clerk, 'received');
  await accept(clerk, residence);

  // Each where it is decided, and it is seen by which way it came.
  await police.getByRole('link', { name: /^Hồ sơ/ }).click();
  await police.getByRole('row', { name: residence }).getByText(/một cửa/).waitFor();
  assert.equal(await police.getByRole('row', { name: birth }).count(), 0);
  await justice.getByRole('row', { name: birth }).getByText(/một cửa/).waitFor();
  assert.equal(await justice.getByRole('row', { name: residence }).count(), 0);
  await decide(justice, birth, 'Đã đăng ký khai sinh');
  await opened(justice).getByText('Nhận qua Trung tâm phục vụ hành chính công: Mùa Thị Say').waitFor();
  await world.shot(justice, 'through the one-stop desk');
  await decide(police, residence, 'Đã đăng ký tạm trú vào cơ sở dữ liệu');

  // What is decided waits to be handed out, and is waited for no more once it is.
  const out = clerk.getByRole('link', { name: /^Chờ trả kết quả/ });
  await out.getByText(/^2/).waitFor();
  await out.click();
  await world.shot(clerk, 'to be handed out');
  await handOut(clerk, birth);
  await out.getByText(/^1/).waitFor();
  await handOut(clerk, residence);
  await out.getByText(/^0/).waitFor();
  await clerk.getByRole('link', { name: /^Đã kết thúc/ }).click();
  await clerk.getByRole('row', { name: birth }).getByText('Đã trả kết quả').waitFor();
  await world.shot(clerk, 'handed out');
  await justice.getByRole('link', { name: /^Đã kết thúc/ }).click();
  await justice.getByRole('row', { name: birth }).getByText('Đã trả kết quả').waitFor();
});

journey('the justice officer takes in civil status at the counter, asks the police, and is answered in the dossier', async (world) => {
  const office = await world.office({ demo: true });
  const [justice, police] = await Promise.all([desk(world, office, 'tuphap'), officer(world, office)]);
  await justice.getByRole('link', { name: 'Nhận hồ sơ tại quầy' }).click();
  await justice.locator('main a.task').first().waitFor();
  const offered = await justice.locator('main a.task').allTextContents();
  assert.equal(offered.length, 3, `${offered}`);
  assert.ok(offered.every((words) => words.includes('Ủy ban nhân dân cấp xã')), `${offered}`);
  await justice.getByRole('link', { name: 'Quay lại' }).click();
  const row = /cải chính/;
  await takeIn(world, justice, /^Thay đổi, cải chính, bổ sung thông tin hộ tịch/, 'Giàng Thị Chẳn');
  await accept(justice, row);

  const pane = opened(justice);
  await pane.getByRole('button', { name: 'Gửi phiếu xác minh' }).click();
  await pane.locator('label.pick', { hasText: 'Xã Sin Suối Hồ, Tỉnh Lai Châu' }).click();
  const question = await pane.getByLabel('Nội dung cần xác minh').inputValue();
  assert.match(question, /^Kính gửi Công an xã Sin Suối Hồ, tỉnh Lai Châu\./);
  assert.notEqual(await pane.getByLabel('Đề nghị trả lời trước ngày').inputValue(), '');
  await world.shot(justice, 'asking the police');
  await pane.getByRole('button', { name: 'Gửi phiếu xác minh' }).click();
  await pane.getByText(/Công an cấp xã trả lời trước/).first().waitFor();
  await justice.getByRole('row', { name: row }).getByText(/Công an cấp xã trả lời trước/).waitFor();
  await world.shot(justice, 'waiting for the police');

  const way = police.getByRole('navigation', { name: 'Phần việc' }).getByRole('link', { name: /^Xác minh/ });
  await way.getByText(/^1/).waitFor();
  await way.click();
  await police.getByRole('row', { name: row }).click();
  const slip = police.getByRole('complementary', { name: 'Xác minh' });
  await slip.getByText('UBND xã Sin Suối Hồ').waitFor();
  await world.shot(police, 'the question of the justice officer');
  await slip.getByText('Khớp', { exact: true }).click();
  await slip.getByRole('button', { name: 'Gửi trả lời' }).click();
  await police.getByRole('row', { name: /Đã trả lời: Khớp/ }).waitFor();
  await pane.getByText('Nơi được hỏi trả lời xác minh: Khớp').waitFor();
  await world.shot(justice, 'answered');
});
