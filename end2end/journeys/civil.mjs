// Civil status at the commune's People's Committee: its justice officer has a desk of their own, and sees nothing of the
// police's; nor do the police see theirs.

import assert from 'node:assert/strict';

import { TENANT, empty, fillAnything, next } from '../dossier.mjs';
import { journey } from '../journey.mjs';
import { dayAfter, officer, owner, signIn } from '../people.mjs';

async function file(phone, procedure, said = {}) {
  await phone.getByRole('link', { name: 'Làm thủ tục khác' }).click();
  await phone.getByRole('link', { name: procedure }).first().click();
  await phone.getByRole('link', { name: 'Bắt đầu khai' }).click();
  await phone.getByRole('button', { name: 'Làm tiếp' }).click();
  await fillAnything(phone, said);
  await phone.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  await phone.getByText(/Đã gửi · có biên nhận/).first().waitFor();
}

journey('a name is put right by the justice officer, and each desk shows its own agency\'s dossiers', async (world) => {
  const office = await world.office({ demo: true });
  const [phone, police, justice] = await Promise.all([owner(world, office), officer(world, office), world.desk()]);
  await justice.goto(office.url('/may'));
  await signIn(justice, 'tuphap');
  await justice.getByRole('heading', { name: /^Hồ sơ/ }).waitFor();
  await justice.getByText('0 hồ sơ').first().waitFor();
  await justice.getByRole('banner').getByText('UBND xã Sin Suối Hồ').waitFor();
  await file(phone, /^Thay đổi, cải chính, bổ sung thông tin hộ tịch/);

  // It comes by itself.
  await justice.getByRole('row', { name: /cải chính/ }).click();
  const pane = justice.getByRole('complementary', { name: 'Chi tiết hồ sơ' });
  await world.shot(justice, 'the desk');
  await pane.getByRole('button', { name: 'Tiếp nhận, hẹn trả' }).click();
  await pane.getByLabel('Ngày hẹn trả').waitFor();
  await pane.getByRole('button', { name: 'Tiếp nhận, hẹn trả' }).click();
  await phone.getByText('Đã tiếp nhận').first().waitFor();
  await pane.getByRole('button', { name: 'Giải quyết' }).click();
  await pane.getByLabel('Nội dung giải quyết').fill('Đã cải chính, cấp trích lục');
  await pane.getByRole('button', { name: 'Giải quyết' }).click();
  await phone.getByText('Đã giải quyết').first().waitFor();
  await world.shot(phone, 'decided');
  // Nothing of the stay book.
  assert.equal(await justice.getByText('Sổ lưu trú').count(), 0);

  await phone.getByRole('link', { name: 'Quay lại' }).click();
  await file(phone, /^Khai báo tạm vắng/);
  await police.getByRole('link', { name: /^Hồ sơ/ }).click();
  await police.getByRole('row', { name: /tạm vắng/ }).waitFor();
  assert.equal(await police.getByRole('row', { name: /cải chính/ }).count(), 0);
  await justice.getByRole('link', { name: /^Đã kết thúc/ }).click();
  await justice.getByRole('row', { name: /cải chính/ }).waitFor();
  assert.equal(await justice.getByRole('row', { name: /tạm vắng/ }).count(), 0);
  await world.shot(justice, 'ended');
});

journey('a birth is registered, and permanent residence of the child goes beside it with nothing typed again', async (world) => {
  const office = await world.office({ demo: true });
  const [phone, police, justice] = await Promise.all([owner(world, office), officer(world, office), world.desk()]);
  await justice.goto(office.url('/may'));
  await signIn(justice, 'tuphap');
  const born = dayAfter(-5).split('-').reverse();
  const home = 'Bản Sin Suối Hồ, xã Sin Suối Hồ, tỉnh Lai Châu';
  await file(phone, /^Đăng ký khai sinh/, { birth: born, 'linked-address': home });
  await world.shot(phone, 'the birth');
  await phone.getByRole('button', { name: 'Đăng ký thường trú cho trẻ' }).click();
  await phone.getByRole('button', { name: 'Làm tiếp' }).click();
  // Page after page there is nothing to fill in.
  for (let turn = 0; turn < 20; turn += 1) {
    if (await phone.getByRole('button', { name: 'Nộp hồ sơ' }).isVisible().catch(() => false)) break;
    assert.deepEqual(await empty(phone), [], await phone.getByRole('heading', { level: 1 }).textContent());
    await world.shot(phone, `nothing to fill in ${turn + 1}`);
    await next(phone);
    await phone.waitForTimeout(200);
  }
  await world.shot(phone, 'both said');
  await phone.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  await phone.getByText(/Đã gửi · có biên nhận/).first().waitFor();
  await phone.getByText(home).first().waitFor();
  await police.getByRole('link', { name: /^Hồ sơ/ }).click();
  await police.getByRole('row', { name: /Đăng ký thường trú/ }).click();
  await police.getByRole('complementary', { name: 'Chi tiết hồ sơ' }).getByText(/liên thông với đăng ký khai sinh/).waitFor();
  await world.shot(police, 'permanent residence of the child');
  await justice.getByRole('row', { name: new RegExp(`${TENANT.name}.*khai sinh`, 'i') }).waitFor();
  assert.equal(await justice.getByRole('row').count(), 2, 'a head and the birth');
});
