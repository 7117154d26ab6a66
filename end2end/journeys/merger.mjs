// A commune is divided at the desk: each village is given to a commune, what nobody chose is asked for, and a phone that
// was enrolled before says the new names.

import { journey } from '../journey.mjs';
import { owner, signIn, unlock } from '../people.mjs';

const pane = (desk) => desk.getByRole('complementary');
const row = (desk, name) => desk.getByRole('row', { name });
const way = (desk, name) => desk.getByRole('navigation', { name: 'Phần việc' }).getByRole('link', { name });

journey('a divided commune: villages are given away by the keyboard, the rest is asked for, phones say the new names', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await owner(world, office);
  await phone.getByRole('heading', { name: 'Homestay Hoa Địa Lan' }).waitFor();
  const desk = await world.desk();
  await desk.goto(office.url('/may'));
  await signIn(desk, 'quantri');
  await way(desk, 'Địa bàn').click();
  await desk.getByRole('button', { name: 'Nhập sáp nhập' }).click();
  await pane(desk).getByLabel(/03394/).check();
  await pane(desk).getByLabel('chia').check();
  await pane(desk).getByText('Còn 2 bản chưa chọn').waitFor();
  await pane(desk).getByLabel('Mã mới').fill('03400');
  await pane(desk).getByLabel(/^Tên mới/).fill('xã Hồ Thử');
  await pane(desk).getByLabel(/^Cơ quan/).fill('Công an xã Hồ Thử');
  const day = pane(desk).getByLabel('Có hiệu lực từ ngày');
  const tomorrow = new Date(`${await day.inputValue()}T12:00:00Z`);
  await day.fill(new Date(tomorrow.getTime() - 86_400_000).toISOString().slice(0, 10));

  // By the keyboard: the list takes the arrows.
  await pane(desk).getByLabel('bản Sin Suối Hồ').focus();
  await desk.keyboard.press('ArrowDown');
  await pane(desk).getByText('Còn 1 bản chưa chọn').waitFor();
  await world.shot(desk, 'division');
  await pane(desk).getByRole('button', { name: 'Ghi', exact: true }).click();
  await row(desk, /Cần chọn xã cho bản/).waitFor();
  await row(desk, /xã Sin Suối Hồ 03394 \(chia\)/).waitFor();
  await world.shot(desk, 'to choose');
  await row(desk, /Cần chọn xã cho bản/).click();
  await pane(desk).getByLabel('Xã').selectOption({ label: 'xã Nậm Xe' });
  await pane(desk).getByRole('button', { name: 'Ghi', exact: true }).click();
  await row(desk, /Cần chọn xã cho bản/).waitFor({ state: 'detached' });

  // The phone was enrolled before; it is told with its next contact.
  await phone.goto(office.url('/may/goi'));
  await unlock(phone);
  await phone.getByText('Công an xã Hồ Thử').first().waitFor();
  await world.shot(phone, 'new names');
});
