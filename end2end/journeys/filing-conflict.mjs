// Two phones of one house write the same place of a residence dossier differently, without network: both values are kept,
// the card says so, and a person chooses.

import { agree, fillForm, next, photograph, pick } from '../dossier.mjs';
import { journey } from '../journey.mjs';
import { owner } from '../people.mjs';

async function change(page, address) {
  await page.getByRole('link', { name: 'Sửa, bổ sung' }).click();
  await page.getByRole('link', { name: /Tờ khai CT01/ }).click();
  const field = page.getByLabel(/^Địa chỉ đề nghị đăng ký tạm trú/);
  while (!(await field.isVisible().catch(() => false))) {
    await next(page);
    await page.waitForTimeout(150);
  }
  await field.fill(address);
  await page.getByRole('link', { name: 'Quay lại' }).click();
  await page.getByRole('link', { name: /Xem lại và nộp/ }).click();
  await page.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  await page.getByText('Đã lưu trên máy · chưa gửi').first().waitFor();
}

journey('two phones write one place of a dossier differently and a person chooses', async (world) => {
  const office = await world.office({ demo: true });
  const [one, other] = await Promise.all([owner(world, office), owner(world, office, 'hoadialan2')]);
  await one.getByRole('link', { name: 'Làm thủ tục khác' }).click();
  await one.getByRole('link', { name: /^Đăng ký tạm trú(?! theo)/ }).first().click();
  await one.getByRole('link', { name: 'Bắt đầu khai' }).click();
  await one.getByRole('button', { name: 'Làm tiếp' }).click();
  await fillForm(world, one);
  await one.getByRole('button', { name: 'Thêm thành viên' }).waitFor();
  await next(one);
  await agree(world, one, (page) => pick(page, 'Là người đang khai'));
  await photograph(one, 'Hợp đồng hoặc giấy tờ cho thuê');
  await one.getByText(/Đã lưu trên máy · \d+ KB/).waitFor();
  await next(one);
  await one.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  await one.getByText('Chữ ký đúng').waitFor();
  await other.getByRole('link', { name: /Lò Văn Mẫn/i }).click();

  await world.cut(one, office);
  await world.cut(other);
  await change(one, 'Số 3, bản Sin Suối Hồ, xã Sin Suối Hồ, tỉnh Lai Châu');
  await change(other, 'Số 8, bản Sin Suối Hồ, xã Sin Suối Hồ, tỉnh Lai Châu');
  await world.mend(one, office);
  await world.mend(other);
  const way = one.getByRole('link', { name: 'Chọn giá trị đúng' });
  await way.waitFor();
  await world.shot(one, 'both values');
  await way.click();
  await one.getByText('Địa chỉ đề nghị đăng ký tạm trú: ghi nào đúng?').waitFor();
  await world.shot(one, 'question');
  await one.getByText(/^Số 8, bản/).click();
  await one.getByRole('button', { name: /^Chọn Số 8/ }).click();
  await one.getByText('Không còn chỗ nào cần chọn.').waitFor();
  await other.getByRole('link', { name: 'Chọn giá trị đúng' }).waitFor({ state: 'detached' });
  await other.getByText('Số 8, bản Sin Suối Hồ, xã Sin Suối Hồ, tỉnh Lai Châu').first().waitFor();
});
