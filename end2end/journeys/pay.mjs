// A fee is asked for at the desk; a villager without an account calls it off once, then pays on the gateway's page, and is
// told the truth meanwhile; the desk and the team's tablet say that it was paid. Who filed with an own account pays from the
// phone and comes back into the app.

import assert from 'node:assert/strict';

import { TENANT, fillAnything } from '../dossier.mjs';
import { calm, filed, open, opened } from '../by-code.mjs';
import { journey } from '../journey.mjs';
import { startGateway } from '../payment.mjs';
import { PIN, TABLET, member, officer, owner, unlock } from '../people.mjs';

// The officer accepts the only dossier there is and asks for 15,000 đồng; its pane.
async function asksForTheFee(desk) {
  await desk.getByRole('link', { name: /^Hồ sơ/ }).click();
  await desk.getByRole('row', { name: /Lò Văn Mẫn/i }).click();
  const pane = desk.getByRole('complementary', { name: 'Chi tiết hồ sơ' });
  await pane.getByRole('button', { name: 'Tiếp nhận, hẹn trả' }).click();
  await pane.getByLabel('Ngày hẹn trả').waitFor();
  await pane.getByRole('button', { name: 'Tiếp nhận, hẹn trả' }).click();
  await pane.getByText('Tiếp nhận hồ sơ (CT04)').waitFor();
  await pane.getByRole('button', { name: 'Yêu cầu nộp lệ phí' }).click();
  await pane.getByLabel('Số tiền (đồng)').fill('15000');
  await pane.getByRole('button', { name: 'Yêu cầu nộp lệ phí' }).click();
  await pane.getByText('Yêu cầu nộp lệ phí 15.000 đồng').waitFor();
  return pane;
}

journey('a fee asked for at the desk is paid by a villager on the gateway\'s page and desk and tablet say so', async (world) => {
  const gateway = world.closeLater(await startGateway());
  const office = await world.office({ demo: true, args: gateway.args });
  const [tablet, desk] = await Promise.all([member(world, office, TABLET), officer(world, office)]);
  const code = await filed(world, tablet);
  const pane = await asksForTheFee(desk);
  await tablet.goBack();
  await tablet.getByText(/Lệ phí 15\.000 đồng: nộp tại cơ quan tiếp nhận/).waitFor();
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
  await pane.getByText(`Cổng thanh toán, mã ${reference}`).waitFor();
  await pane.getByText('Thanh toán trực tuyến').waitFor();
  await pane.getByRole('button', { name: 'Giải quyết' }).waitFor();
  await world.shot(desk, 'paid online');
  await tablet.getByText('Đã nộp 15.000 đồng').waitFor();
  await world.shot(tablet, 'paid');
  for (const secret of [TENANT.name, TENANT.number, TENANT.number.slice(-4), code]) {
    assert.ok(!JSON.stringify(gateway.heard).includes(secret), `${secret} is told to the gateway`);
  }
});

journey('who filed with an own account pays from the phone and comes back into the app without a code', async (world) => {
  const gateway = world.closeLater(await startGateway());
  const office = await world.office({ demo: true, args: gateway.args });
  const [phone, desk] = await Promise.all([owner(world, office), officer(world, office)]);
  await phone.getByRole('link', { name: 'Làm thủ tục khác' }).click();
  await phone.getByRole('link', { name: /^Đăng ký tạm trú(?! theo)/ }).first().click();
  await phone.getByRole('link', { name: 'Bắt đầu khai' }).click();
  await phone.getByRole('button', { name: 'Làm tiếp' }).click();
  await fillAnything(phone);
  await phone.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  await phone.getByText(/Đã gửi · có biên nhận/).first().waitFor();
  const dossier = new URL(phone.url()).pathname.split('/').at(-1);
  const pane = await asksForTheFee(desk);

  const pay = phone.getByRole('button', { name: 'Nộp lệ phí trực tuyến' });
  await pay.waitFor();
  assert.ok((await pay.boundingBox()).height >= 56, 'large enough for a thumb');
  const state = phone.getByRole('region', { name: 'Tình trạng' });
  await state.locator('.st.xem', { hasText: 'Chờ lệ phí' }).waitFor();
  await world.shot(phone, 'to be paid');
  // Without network the tap says what it needs, and who opens the dossier is offered nothing that cannot be done.
  await phone.context().setOffline(true);
  await pay.click();
  await phone.getByText('Việc này cần có mạng').first().waitFor();
  await world.shot(phone, 'tapped without network');
  await phone.getByRole('link', { name: 'Quay lại' }).click();
  await phone.getByRole('link', { name: new RegExp(TENANT.name, 'i') }).click();
  await phone.getByText('Có mạng thì máy hỏi được').waitFor();
  assert.equal(await pay.count(), 0);
  await world.shot(phone, 'without network');
  await phone.context().setOffline(false);

  // Called off on the gateway's page: back in the app nothing is paid, and nobody is asked for a code.
  await pay.click();
  await phone.getByRole('button', { name: 'Hủy' }).click();
  const back = async () => {
    await phone.getByRole('button', { name: PIN[0], exact: true }).waitFor();
    await unlock(phone);
    await phone.getByRole('heading', { name: 'Lệ phí' }).waitFor();
    assert.equal(new URL(phone.url()).pathname, '/may/le-phi');
    const row = phone.getByRole('link', { name: new RegExp(TENANT.name, 'i') });
    await row.getByText('Chờ lệ phí').waitFor();
    assert.equal(await phone.getByText(/Đã nộp lệ phí/).count(), 0, 'the office has not said so');
    return row;
  };
  await (await back()).click();
  gateway.silent = true;
  await pay.click();
  await phone.getByRole('button', { name: 'Trả' }).click();
  const row = await back();
  await world.shot(phone, 'back from the gateway');
  await row.click();
  await phone.getByText('Đang chờ cổng thanh toán xác nhận').waitFor();
  await phone.getByRole('button', { name: 'Chưa nộp, mở trang thanh toán' }).waitFor();
  await world.shot(phone, 'not confirmed yet');

  // Who would take cash now is told that somebody may have paid already.
  await pane.getByRole('button', { name: 'Đã thu lệ phí tiền mặt' }).click();
  await pane.getByText('Đã có người mở trang nộp trực tuyến').waitFor();
  await world.shot(desk, 'cash beside a payment');
  await pane.getByRole('button', { name: 'Thôi' }).click();

  assert.deepEqual(await gateway.tell(), [200]);
  await state.getByText('Đã nộp lệ phí 15.000 đồng').waitFor();
  await phone.getByText(/Đã nộp 15\.000 đồng/).waitFor();
  assert.equal(await phone.getByRole('button', { name: /nộp/i }).filter({ hasText: /trực tuyến|thanh toán/ }).count(), 0);
  await world.shot(phone, 'paid');
  await pane.getByText('Thanh toán trực tuyến').waitFor();
  for (const secret of [TENANT.name, TENANT.number, TENANT.number.slice(-4), dossier]) {
    assert.ok(!JSON.stringify(gateway.heard).includes(secret), `${secret} is told to the gateway`);
  }
  assert.deepEqual(new Set(gateway.comers), new Set(['']), 'nobody says where they came from');
});
