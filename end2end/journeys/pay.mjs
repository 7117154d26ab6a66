// A fee is asked for at the desk; a villager without an account calls it off once, then pays on the gateway's page, and is
// told the truth meanwhile; the desk and the team's tablet say that it was paid.

import assert from 'node:assert/strict';

import { TENANT } from '../dossier.mjs';
import { calm, filed, open, opened } from '../by-code.mjs';
import { journey } from '../journey.mjs';
import { startGateway } from '../payment.mjs';
import { TABLET, member, officer } from '../people.mjs';

journey('a fee asked for at the desk is paid by a villager on the gateway\'s page and desk and tablet say so', async (world) => {
  const gateway = world.closeLater(await startGateway());
  const office = await world.office({ demo: true, args: gateway.args });
  const [tablet, desk] = await Promise.all([member(world, office, TABLET), officer(world, office)]);
  const code = await filed(world, tablet);
  await desk.getByRole('link', { name: /^Hồ sơ/ }).click();
  await desk.getByRole('row', { name: /Lò Văn Mẫn/i }).click({ timeout: 30_000 });
  const pane = desk.getByRole('complementary', { name: 'Chi tiết hồ sơ' });
  await pane.getByRole('button', { name: 'Tiếp nhận, hẹn trả' }).click();
  await pane.getByLabel('Ngày hẹn trả').waitFor();
  await pane.getByRole('button', { name: 'Tiếp nhận, hẹn trả' }).click();
  await pane.getByText('Tiếp nhận hồ sơ (CT04)').waitFor({ timeout: 20_000 });
  await pane.getByRole('button', { name: 'Yêu cầu nộp lệ phí' }).click();
  await pane.getByLabel('Số tiền (đồng)').fill('15000');
  await pane.getByRole('button', { name: 'Yêu cầu nộp lệ phí' }).click();
  await pane.getByText('Yêu cầu nộp lệ phí 15.000 đồng').waitFor({ timeout: 20_000 });
  await tablet.goBack();
  await tablet.getByText(/Lệ phí 15\.000 đồng: nộp tại cơ quan tiếp nhận/).waitFor({ timeout: 30_000 });
  await world.shot(tablet, 'what is to be paid and where');

  const villager = await opened(world, office, code);
  await open(villager);
  await villager.getByRole('button', { name: 'Nộp lệ phí trực tuyến' }).waitFor();
  await calm(villager);
  await world.shot(villager, 'to be paid');
  await villager.getByRole('button', { name: 'Nộp lệ phí trực tuyến' }).click();
  const way = villager.getByRole('link', { name: 'Đến trang thanh toán' });
  assert.ok((await way.boundingBox()).height >= 56, 'large enough for a thumb');
  await calm(villager);
  await world.shot(villager, 'the way to the gateway');
  await way.click();
  await villager.getByRole('button', { name: 'Hủy' }).click();
  // Back at the office, which was told that it was called off.
  await villager.getByLabel('Mã theo dõi').fill(code);
  await villager.getByRole('button', { name: 'Tra mã' }).click();
  await open(villager);
  await villager.getByRole('button', { name: 'Nộp lệ phí trực tuyến' }).click();
  gateway.silent = true;
  await way.click();
  await villager.getByRole('button', { name: 'Trả' }).click();
  await villager.getByLabel('Mã theo dõi').fill(code);
  await villager.getByRole('button', { name: 'Tra mã' }).click();
  await open(villager);
  await villager.getByText('Đang chờ cổng thanh toán xác nhận').waitFor();
  assert.equal(await villager.getByText(/Đã nộp 15/).count(), 0, 'nobody has confirmed it yet');
  await calm(villager);
  await world.shot(villager, 'not confirmed yet');
  assert.deepEqual(await gateway.tell(), [200]);
  await villager.getByRole('link', { name: 'Tra mã khác' }).click();
  await villager.getByLabel('Mã theo dõi').fill(code);
  await villager.getByRole('button', { name: 'Tra mã' }).click();
  await open(villager);
  await villager.getByText(/Đã nộp 15\.000 đồng lúc/).waitFor();
  await world.shot(villager, 'paid');

  const [, reference] = [...gateway.payments.keys()];
  await pane.getByText(`Cổng thanh toán, mã ${reference}`).waitFor({ timeout: 30_000 });
  await pane.getByText('Thanh toán trực tuyến').waitFor();
  await pane.getByRole('button', { name: 'Giải quyết' }).waitFor();
  await world.shot(desk, 'paid online');
  await tablet.getByText('Đã nộp 15.000 đồng').waitFor({ timeout: 30_000 });
  await world.shot(tablet, 'paid');
  for (const secret of [TENANT.name, TENANT.number, TENANT.number.slice(-4), code]) {
    assert.ok(!JSON.stringify(gateway.heard).includes(secret), `${secret} is told to the gateway`);
  }
}, { timeout: 300_000 });
