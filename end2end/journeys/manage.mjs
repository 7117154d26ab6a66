// People, devices and areas at the desk: a head lets somebody in, a phone is shut out, three communes become one.

import assert from 'node:assert/strict';

import { journey } from '../journey.mjs';
import { PAO, PASSWORD, PIN, declare, owner, signIn } from '../people.mjs';

const pane = (desk) => desk.getByRole('complementary');
const row = (desk, name) => desk.getByRole('row', { name });
const way = (desk, name) => desk.getByRole('navigation', { name: 'Phần việc' }).getByRole('link', { name });

// A desk of this login, on the part it opens with.
async function seated(world, office, login, heading) {
  const desk = await world.desk();
  await desk.goto(office.url('/may'));
  await signIn(desk, login);
  await desk.getByRole('heading', { name: heading }).waitFor();
  return desk;
}

journey('a head invites somebody, the code opens the door, and the list is live', async (world) => {
  const office = await world.office({ demo: true });
  const desk = await seated(world, office, 'truong', 'Sổ tiếp nhận lưu trú');
  await way(desk, 'Tài khoản').click();
  await row(desk, /Lò Văn Chung/).waitFor();
  await world.shot(desk, 'people');
  await desk.getByRole('button', { name: 'Thêm tài khoản' }).click();
  await pane(desk).getByLabel('Họ và tên').fill('Vàng Thị Thử');
  await pane(desk).getByLabel('Tên đăng nhập').fill('vangthithu');
  await pane(desk).getByLabel('Điện thoại').fill('0912 000 009');
  await pane(desk).getByLabel('Vai trò').selectOption({ label: 'Chủ cơ sở lưu trú' });
  await pane(desk).getByLabel('Địa bàn').selectOption({ label: 'Homestay Suối Mây · bản Sin Suối Hồ' });
  await pane(desk).getByRole('button', { name: 'Tạo và lấy mã mời' }).click();
  await pane(desk).getByText('Mã mời của vangthithu').waitFor();
  const code = await pane(desk).locator('.code').textContent();
  await row(desk, /Vàng Thị Thử.*Chưa vào/).waitFor();
  await world.shot(desk, 'code');

  const phone = await world.phone();
  await phone.goto(office.url('/may'));
  await phone.getByRole('button', { name: 'Tôi có mã mời' }).click();
  await phone.getByLabel('Mã mời').fill(code);
  await phone.getByRole('button', { name: 'Tiếp tục' }).click();
  await phone.getByLabel(/^Mật khẩu/).first().fill(PASSWORD);
  await phone.getByRole('button', { name: 'Tiếp tục' }).click();
  await phone.getByLabel(/^Mã PIN/).fill(PIN);
  await phone.getByLabel('Gõ lại mã PIN').fill(PIN);
  await phone.getByRole('button', { name: 'Dùng trên máy này' }).click();
  await phone.getByRole('heading', { name: 'Homestay Suối Mây' }).waitFor();
});

journey('the keys walk the list, a lost phone is shut out, and without a network nothing old is shown', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await owner(world, office);
  const desk = await seated(world, office, 'truong', 'Sổ tiếp nhận lưu trú');
  await way(desk, 'Thiết bị').click();
  await row(desk, /Giàng Thị Mỷ/).waitFor();
  await desk.keyboard.press('j');
  await desk.keyboard.press('Enter');
  await pane(desk).getByText('Vào lần đầu').waitFor();
  await world.shot(desk, 'devices');
  await desk.keyboard.press('Escape');
  await row(desk, /Giàng Thị Mỷ/).click();
  await pane(desk).getByRole('button', { name: 'Thu hồi máy này' }).click();
  await pane(desk).getByRole('button', { name: 'Thu hồi', exact: true }).click();
  await row(desk, /Giàng Thị Mỷ.*Đã thu hồi/).waitFor();
  await declare(phone, PAO, '5');
  await phone.getByText(/có biên nhận/).waitFor({ timeout: 3_000 }).then(() => assert.fail('taken'), () => {});

  await desk.context().setOffline(true);
  await way(desk, 'Tài khoản').click();
  await desk.getByText('Không có mạng. Phần này chỉ hiện').waitFor();
  await world.shot(desk, 'offline');
  await desk.context().setOffline(false);
  await row(desk, /Lò Văn Chung/).waitFor();
});

journey('the desk counts what waits, locks two accounts by the keyboard and gives a role from a day to a day', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await owner(world, office);
  const desk = await seated(world, office, 'truong', 'Sổ tiếp nhận lưu trú');
  await desk.getByRole('link', { name: /Bản và cơ sở\s*\d+ cơ sở im lặng hoặc chưa khai/ }).waitFor();
  await desk.getByRole('link', { name: /Tài khoản\s*\d+ tài khoản/ }).waitFor();
  await way(desk, /Bản và cơ sở/).click();
  await row(desk, /bản Sin Suối Hồ/).waitFor();
  await world.shot(desk, 'villages');
  await row(desk, /bản Sin Suối Hồ/).click();
  await pane(desk).getByRole('button', { name: 'Mã đồng ý' }).first().click();
  await pane(desk).locator('.code').waitFor();
  await world.shot(desk, 'village and code');
  await way(desk, /Cơ quan/).click();
  await row(desk, /Công an xã Sin Suối Hồ/).click();
  await pane(desk).getByRole('button', { name: 'Ghi', exact: true }).waitFor();
  await world.shot(desk, 'agencies');
  await way(desk, /Thống kê lưu trú/).click();
  await row(desk, /xã Sin Suối Hồ/).waitFor();
  await world.shot(desk, 'figures');
  await way(desk, /Chờ duyệt/).click();
  await desk.getByText('Không có dòng nào.').waitFor();
  await world.shot(desk, 'approvals without any');
  await way(desk, /Thiết bị/).click();
  await desk.getByText('Mỗi máy đã vào là một phiên đăng nhập').waitFor();
  await row(desk, /Giàng Thị Mỷ/).waitFor();
  await world.shot(desk, 'devices');

  await way(desk, /Tài khoản/).click();
  await row(desk, /Hảng Thị Sú/).waitFor();
  await desk.keyboard.press('?');
  await desk.getByRole('dialog').getByText('Chọn, bỏ chọn tài khoản').waitFor();
  await world.shot(desk, 'keys');
  await desk.keyboard.press('Escape');
  for (const name of [/Hảng Thị Sú/, /Lý Văn Tả/]) {
    await row(desk, name).focus();
    await desk.keyboard.press('x');
  }
  await desk.getByText('Đã chọn 2').waitFor();
  await world.shot(desk, 'two chosen');
  await desk.getByRole('button', { name: 'Tạm khóa các tài khoản này' }).click();
  await row(desk, /Hảng Thị Sú.*Đang khóa/).waitFor();
  await row(desk, /Lý Văn Tả.*Đang khóa/).waitFor();

  await row(desk, /Vàng A Chỉnh/).click();
  await pane(desk).getByLabel('Vai trò').selectOption({ label: 'Thành viên tổ công nghệ số' });
  await pane(desk).getByLabel('Địa bàn').selectOption({ label: 'bản Sin Suối Hồ' });
  const first = pane(desk).getByLabel('Từ ngày');
  await pane(desk).getByLabel(/^Đến hết ngày/).fill(await first.inputValue());
  await pane(desk).getByRole('button', { name: 'Thêm vai trò' }).click();
  await pane(desk).getByText(/từ .* đến hết/).waitFor();
  await world.shot(desk, 'two roles');

  // One of them ends on a chosen day, and goes on until then.
  const last = pane(desk).getByLabel(/^Ngày cuối/);
  const today = await last.inputValue();
  assert.match(today, /^\d{4}-\d\d-\d\d$/, 'today, unless somebody says otherwise');
  const later = new Date(Date.parse(`${today}T12:00:00Z`) + 3 * 86_400_000).toISOString().slice(0, 10);
  await last.fill(new Date(Date.parse(`${today}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10));
  await pane(desk).getByRole('button', { name: 'Kết thúc', exact: true }).click();
  await pane(desk).getByText('Ngày cuối là hôm nay hoặc một ngày sau.').waitFor();
  await last.fill(later);
  await pane(desk).getByLabel('Đang giữ').selectOption({ index: 0 });
  await pane(desk).getByRole('button', { name: 'Kết thúc', exact: true }).click();
  const [year, month, day] = later.split('-');
  await pane(desk).getByText(`đến hết ${day}/${month}/${year}`).waitFor();
  await world.shot(desk, 'role with its end');
  await phone.close();
});

journey('three communes become one today and what lay in each lies in the new one', async (world) => {
  const office = await world.office({ demo: true });
  const desk = await seated(world, office, 'quantri', 'Tài khoản');
  await way(desk, 'Địa bàn').click();
  await desk.getByRole('button', { name: 'Nhập sáp nhập' }).click();
  for (const code of ['03394', '03586', '03592']) await pane(desk).getByLabel(new RegExp(code)).check();
  await pane(desk).getByLabel('Mã mới').fill('03394');
  await pane(desk).getByLabel(/^Tên mới/).fill('xã Sin Suối Hồ');
  await pane(desk).getByLabel(/^Cơ quan/).fill('Công an xã Sin Suối Hồ');
  const day = pane(desk).getByLabel('Có hiệu lực từ ngày');
  const tomorrow = new Date(`${await day.inputValue()}T12:00:00Z`);
  await day.fill(new Date(tomorrow.getTime() - 86_400_000).toISOString().slice(0, 10));
  await world.shot(desk, 'merger');
  await pane(desk).getByRole('button', { name: 'Ghi', exact: true }).click();
  await row(desk, /xã Nậm Xe 03586.*Đã thực hiện/).waitFor();
  await way(desk, 'Bản và cơ sở').click();
  await row(desk, /bản Trung Tâm \(xã Nậm Xe\)|bản Trung Tâm/).first().waitFor();
  assert.equal(await desk.getByRole('gridcell', { name: 'xã Sin Suối Hồ', exact: true }).count(), 4);
  await world.shot(desk, 'villages');
});

journey('a team leader sees the own members on a phone and adds one', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await world.phone();
  await phone.goto(office.url('/may'));
  await signIn(phone, 'totruong');
  await phone.getByRole('link', { name: 'Thành viên của tổ' }).click();
  await phone.getByRole('button', { name: 'Thêm thành viên' }).click();
  await pane(phone).getByLabel('Họ và tên').fill('Sùng A Thử');
  await pane(phone).getByLabel('Tên đăng nhập').fill('sungathu');
  await pane(phone).getByRole('button', { name: 'Tạo và lấy mã mời' }).click();
  await pane(phone).getByText('Mã mời của sungathu').waitFor();
  await world.shot(phone, 'member');
});
