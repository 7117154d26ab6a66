// Xin tài khoản: from a phone without a network to a member of the commune, without typing anything twice.

import assert from 'node:assert/strict';

import { journey } from '../journey.mjs';
import { PAO, PIN, declare, signIn, unlock } from '../people.mjs';

const pane = (desk) => desk.getByRole('complementary');

async function pin(phone) {
  await phone.getByRole('button', { name: 'Xin tài khoản' }).click();
  await phone.getByLabel(/^Mã PIN/).fill(PIN);
  await phone.getByLabel('Gõ lại mã PIN').fill(PIN);
  await phone.getByRole('button', { name: 'Tiếp tục' }).click();
}

journey('somebody asks for an account without a network and is let in without typing anything again', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await world.phone();
  await phone.goto(office.url('/may'));
  await world.offlineReady(phone);
  await world.cut(phone, office);
  await world.shot(phone, 'door');
  await pin(phone);
  await phone.getByRole('heading', { name: 'Bạn là ai' }).waitFor();
  await phone.getByLabel('Họ và tên').fill('Chảo Thị Mẩy');
  await phone.getByLabel('Số điện thoại').fill('0912 000 017');
  await world.shot(phone, 'who');

  // Closed in the middle: what was typed is there, behind the PIN.
  await phone.getByText('SIM của người khác').click();
  await phone.reload();
  await unlock(phone);
  await phone.getByRole('heading', { name: 'Bạn ở đâu' }).waitFor();
  assert.deepEqual(await world.axe(phone), []);
  await phone.getByLabel('Xã, phường').fill('sin suoi ho');
  await phone.getByLabel('Bản, thôn').fill('bản Sin Suối Hồ');
  await world.shot(phone, 'where');
  await phone.getByRole('button', { name: 'Tiếp tục' }).click();
  await phone.getByText('Cơ sở lưu trú của tôi').click();
  await phone.getByRole('button', { name: 'Gửi Công an xã' }).click();
  await phone.getByText('Ghi tên cơ sở lưu trú.').waitFor();
  await phone.getByLabel('Tên cơ sở').fill('Homestay Chảo Mẩy');
  await world.shot(phone, 'what');
  await phone.getByRole('button', { name: 'Gửi Công an xã' }).click();
  await phone.getByText('Đã lưu trên máy · chưa gửi').waitFor();
  await world.shot(phone, 'kept');
  await phone.reload();
  await unlock(phone);
  await phone.getByText('Đã lưu trên máy · chưa gửi').waitFor();
  await phone.getByText('0912 000 017').waitFor();

  await world.mend(phone, office);
  await phone.getByText('Đã gửi · chờ Công an xã duyệt').waitFor();
  await phone.getByRole('link', { name: /^Gọi 02/ }).waitFor();
  assert.deepEqual(await world.axe(phone), []);
  await world.shot(phone, 'waiting');

  // Refused with a reason, asked again, let in.
  const desk = await world.desk();
  await desk.goto(office.url('/may'));
  await signIn(desk, 'truong');
  await desk.getByRole('navigation', { name: 'Phần việc' }).getByRole('link', { name: 'Chờ duyệt' }).click();
  await desk.getByRole('row', { name: /Chảo Thị Mẩy/ }).click();
  await pane(desk).getByText('Homestay Chảo Mẩy').first().waitFor();
  await pane(desk).getByLabel('Lý do, người xin đọc được').fill('Số này gọi không được');
  await pane(desk).getByRole('button', { name: 'Từ chối' }).click();
  // Asked before the refusal is at the office, the phone would hear "chờ duyệt" and ask again only minutes later.
  await desk.getByRole('row', { name: /Chảo Thị Mẩy/ }).waitFor({ state: 'detached' });
  // The phone asks by itself as well, and may have been faster.
  await phone.getByRole('button', { name: 'Hỏi lại ngay' }).click({ timeout: 5_000 }).catch(() => {});
  await phone.getByText('Số này gọi không được').waitFor();
  await world.shot(phone, 'refused');
  await phone.getByRole('button', { name: 'Sửa và xin lại' }).click();
  await phone.getByLabel('Số điện thoại').fill('0912 000 018');
  await phone.getByRole('button', { name: 'Tiếp tục' }).click();
  await phone.getByLabel('xã Sin Suối Hồ', { exact: true }).check({ force: true });
  await phone.getByRole('button', { name: 'Tiếp tục' }).click();
  await phone.getByRole('button', { name: 'Gửi Công an xã' }).click();
  await phone.getByText('Đã gửi · chờ Công an xã duyệt').waitFor();

  const row = desk.getByRole('row', { name: /Chảo Thị Mẩy/ });
  await row.click();
  assert.equal(await row.count(), 1, 'the same phone asks once');
  await pane(desk).getByText(/0912 ?000 ?018/).waitFor();
  await pane(desk).getByLabel('Tên đăng nhập').fill('chaomay');
  await pane(desk).getByRole('button', { name: 'Duyệt' }).click();
  await row.waitFor({ state: 'detached' });
  await phone.getByRole('button', { name: 'Hỏi lại ngay' }).click();
  await phone.getByRole('heading', { name: 'Homestay Chảo Mẩy' }).waitFor();
  await declare(phone, PAO);
  await phone.getByText('Đã gửi · có biên nhận').first().waitFor();
  await phone.goto(office.url('/may'));
  await unlock(phone);
  await phone.getByText('Sùng A Páo').waitFor();
});

// A request of somebody who is online.
async function asks(world, office, name, number, house) {
  const phone = await world.phone();
  await phone.goto(office.url('/may'));
  await pin(phone);
  await phone.getByLabel('Họ và tên').fill(name);
  await phone.getByLabel('Số điện thoại').fill(number);
  await phone.getByRole('button', { name: 'Tiếp tục' }).click();
  await phone.getByLabel('Bản, thôn').fill('bản Sin Suối Hồ');
  await phone.getByLabel('xã Sin Suối Hồ', { exact: true }).check({ force: true });
  await phone.getByRole('button', { name: 'Tiếp tục' }).click();
  await phone.getByText('Cơ sở lưu trú của tôi').click();
  await phone.getByLabel('Tên cơ sở').fill(house);
  await phone.getByRole('button', { name: 'Gửi Công an xã' }).click();
  await phone.getByText('Đã gửi · chờ Công an xã duyệt').waitFor();
  return phone;
}

journey('two who ask are let in together by one confirmation and each has a verdict of their own', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await asks(world, office, 'Chảo Thị Mẩy', '0912 000 017', 'Homestay Chảo Mẩy');
  await asks(world, office, 'Lầu A Sính', '0912 000 019', 'Homestay Đá Trắng');
  const desk = await world.desk();
  await desk.goto(office.url('/may'));
  await signIn(desk, 'truong');
  await desk.getByRole('navigation', { name: 'Phần việc' }).getByRole('link', { name: 'Chờ duyệt' }).click();
  for (const name of [/Chảo Thị Mẩy/, /Lầu A Sính/]) {
    await desk.getByRole('row', { name }).focus();
    await desk.keyboard.press('x');
  }
  await desk.getByText('Đã chọn 2').waitFor();
  await desk.getByRole('button', { name: 'Xem và duyệt các yêu cầu này' }).click();
  const logins = pane(desk).getByLabel('Tên đăng nhập');
  assert.deepEqual([await logins.nth(0).inputValue(), await logins.nth(1).inputValue()], ['homestaychaomay', 'homestaydatrang']);
  await logins.nth(1).fill('hoadialan');
  await pane(desk).getByRole('button', { name: 'Duyệt 2 người' }).click();
  await world.shot(desk, 'are you sure of two');
  await pane(desk).getByRole('button', { name: 'Đúng, duyệt 2 người' }).click();
  await pane(desk).getByText(/^Chưa duyệt: Đã có rồi/).waitFor();
  await pane(desk).getByText('Đã duyệt', { exact: true }).waitFor();
  await desk.getByRole('row', { name: /Chảo Thị Mẩy/ }).waitFor({ state: 'detached' });
  await world.shot(desk, 'one in and one not');
  assert.deepEqual(await world.axe(desk), []);
  await logins.fill('datrang');
  await pane(desk).getByRole('button', { name: 'Duyệt 1 người' }).click();
  await pane(desk).getByRole('button', { name: 'Đúng, duyệt 1 người' }).click();
  await pane(desk).getByText('Đã duyệt hết.').waitFor();
  await desk.getByText('Không có dòng nào.').waitFor();
  await phone.getByRole('button', { name: 'Hỏi lại ngay' }).click({ timeout: 5_000 }).catch(() => {});
  await phone.getByRole('heading', { name: 'Homestay Chảo Mẩy' }).waitFor();
});
