// An administrator amends a procedure at the desk: a fault is told by its line, what would change is told before it is
// published, and everybody reads the new version on its day.

import assert from 'node:assert/strict';

import { journey } from '../journey.mjs';
import { signIn } from '../people.mjs';

const pane = (desk) => desk.getByRole('complementary');
const row = (desk, name) => desk.getByRole('row', { name });
const way = (desk, name) => desk.getByRole('navigation', { name: 'Phần việc' }).getByRole('link', { name, exact: true });
const press = (desk, name) => pane(desk).getByRole('button', { name, exact: true }).click();
const day = (days) => new Date(Date.now() + (days * 24 + 7) * 3_600_000).toISOString().slice(0, 10);

journey('an administrator publishes a new version of a procedure at the desk and a fault is told by its line', async (world) => {
  const office = await world.office({ demo: true });
  const desk = await world.desk();
  await desk.goto(office.url('/may'));
  await signIn(desk, 'quantri');
  await way(desk, 'Thủ tục').click();
  await row(desk, /Đăng ký mẫu con dấu/).waitFor();
  await world.shot(desk, 'files');
  await row(desk, /Đăng ký mẫu con dấu/).click();
  const text = pane(desk).getByLabel('Nội dung');
  await world.eventually(async () => (await text.inputValue()).includes('seal-registration'));
  const shipped = await text.inputValue();

  await text.fill(shipped.replace(/^agency = .*$/m, 'agency = "nobody"'));
  await press(desk, 'Thử');
  await pane(desk).getByText('Chưa dùng được, không có gì thay đổi.').waitFor();
  await pane(desk).getByText(/seal-registration\.toml, line \d+/).waitFor();
  await world.shot(desk, 'a fault');
  assert.equal(await pane(desk).getByRole('button', { name: 'Công bố' }).count(), 0, 'nothing to publish');

  await text.fill(shipped.replace(/^(valid_from = .*)$/m, `$1\nvalid_to = "${day(0)}"`));
  await press(desk, 'Thử');
  await pane(desk).getByText(/hết hiệu lực sau ngày/).waitFor();
  await world.shot(desk, 'what would change');
  // What is tried is what is published: another letter, and it is to be tried again.
  await text.press('End');
  await text.pressSequentially('x');
  await pane(desk).getByText(/hết hiệu lực sau ngày/).waitFor({ state: 'detached' });
  await text.press('Backspace');
  await press(desk, 'Công bố');
  await pane(desk).getByText('Đã công bố').waitFor();
  await row(desk, /Đăng ký mẫu con dấu.*Đến hết/).waitFor();

  await pane(desk).getByLabel(/^Tên tệp/).fill('seal-registration-2.toml');
  const next = shipped.replace(/^valid_from = .*$/m, `valid_from = "${day(1)}"`);
  await text.fill(next.replace(/^title = .*$/m, 'title = "Đăng ký mẫu con dấu mới"'));
  await press(desk, 'Thử');
  await press(desk, 'Công bố');
  await row(desk, /Đăng ký mẫu con dấu mới.*Chưa có hiệu lực/).waitFor();
  await world.shot(desk, 'published');

  // Without a network nothing is tried, and nothing typed is lost.
  await desk.context().setOffline(true);
  await press(desk, 'Thử');
  await pane(desk).getByText('Việc này cần có mạng').waitFor();
  assert.ok((await text.inputValue()).includes('Đăng ký mẫu con dấu mới'));
  await world.shot(desk, 'without a network');

  const anybody = await world.phone();
  await anybody.goto(office.url('/thu-tuc'));
  await anybody.getByRole('link', { name: /^Đăng ký mẫu con dấu/ }).waitFor();
  assert.equal(await anybody.getByText('Đăng ký mẫu con dấu mới').count(), 0, 'not before its day');
});
