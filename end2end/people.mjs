// People of a journey: how an owner or an officer does things, by the names that are on the screen.

export const PASSWORD = 'suong-tren-dinh-po-ma-lung';
export const PIN = '246810';

// Joins with an account that exists; `page` is at /may of an office with the invented commune.
export async function signIn(page, login) {
  await page.getByRole('button', { name: 'Tôi đã có tài khoản' }).click();
  await page.getByLabel('Tên đăng nhập').fill(login);
  await page.getByLabel('Mật khẩu').fill(PASSWORD);
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
  await page.getByLabel(/^Mã PIN/).fill(PIN);
  await page.getByLabel('Gõ lại mã PIN').fill(PIN);
  await page.getByRole('button', { name: 'Dùng trên máy này' }).click();
}

// Unlocks a device that was closed.
export async function unlock(page, pin = PIN) {
  for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).click();
}

// A phone that has joined and holds the whole build.
export async function owner(world, office, login = 'hoadialan') {
  const page = await world.phone();
  await page.goto(office.url('/may'));
  await signIn(page, login);
  await page.getByRole('link', { name: 'Khai khách mới' }).waitFor();
  await world.offlineReady(page);
  return page;
}

// A desk that has joined.
export async function officer(world, office, login = 'congan') {
  const page = await world.desk();
  await page.goto(office.url('/may'));
  await signIn(page, login);
  await page.getByRole('heading', { name: 'Sổ tiếp nhận lưu trú' }).waitFor();
  return page;
}

// The tablet a community team shares.
export const TABLET = { viewport: { width: 800, height: 1280 }, hasTouch: true };

// A member's tablet that has joined and holds the whole build.
export async function member(world, office, device = TABLET, login = 'tovien1') {
  const page = await world.phone(device);
  await page.goto(office.url('/may'));
  await signIn(page, login);
  await page.getByRole('link', { name: 'Khai thay cho người khác' }).waitFor();
  // Houses and procedures come with the first exchange, which the files for use without network do not wait for.
  await page.getByRole('link', { name: 'Làm thủ tục khác' }).waitFor();
  await world.offlineReady(page);
  return page;
}

// Draws in the field to sign in.
export async function sign(page) {
  await page.locator('.sign-field').evaluate((field) => field.scrollIntoView({ block: 'center' }));
  const field = await page.locator('.sign-field').boundingBox();
  const at = (x, y) => [field.x + field.width * x, field.y + field.height * y];
  await page.mouse.move(...at(0.1, 0.6));
  await page.mouse.down();
  for (let step = 1; step <= 12; step += 1) {
    await page.mouse.move(...at(0.1 + step * 0.06, 0.5 + (step % 2 ? -0.25 : 0.25)));
  }
  await page.mouse.up();
}

// What stands on every paper.
async function typePerson(page, guest) {
  await page.getByLabel('Họ, chữ đệm và tên').fill(guest.name);
  const [day, month, year] = guest.birth.split('/');
  await page.getByLabel('Ngày', { exact: true }).fill(day);
  await page.getByLabel('Tháng', { exact: true }).fill(month);
  await page.getByLabel('Năm', { exact: true }).fill(year);
  await page.getByText(guest.sex, { exact: true }).click();
}

// One guest on the first page of the form.
export async function typeGuest(page, guest) {
  await page.getByLabel('Số định danh cá nhân').fill(guest.number);
  await typePerson(page, guest);
}

// A foreigner on the first page of the form; the permitted stay is left open.
export async function typeForeigner(page, guest) {
  await page.getByText('Nước ngoài', { exact: true }).click();
  await page.getByText('Phải khai ngay.').waitFor();
  await page.getByLabel('Nước nào').fill(guest.country);
  await page.getByRole('button', { name: guest.nationality, exact: true }).click();
  await page.getByLabel('Số giấy tờ').fill(guest.passport);
  await typePerson(page, guest);
}

// The second page of the form, on to the third.
export async function typeStay(page, room) {
  await page.getByRole('button', { name: '2 đêm' }).click();
  await page.getByLabel('Số phòng').fill(room);
  await page.getByText('Du lịch', { exact: true }).click();
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
}

// As the browser's date control takes it: so many days after today.
export function dayAfter(days) {
  const at = new Date(Date.now() + days * 86_400_000);
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' }).format(at);
}

// The whole form for one guest of tonight, from home to the last button.
export async function declare(page, guest, room = '5') {
  await page.getByRole('link', { name: 'Khai khách mới' }).click();
  await typeGuest(page, guest);
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
  await page.getByRole('button', { name: '2 đêm' }).click();
  await page.getByLabel('Số phòng').fill(room);
  await page.getByText('Du lịch', { exact: true }).click();
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
  await page.getByRole('button', { name: 'Gửi thông báo lưu trú' }).click();
}

// Invented.
export const PAO = { name: 'Sùng A Páo', number: '012201005873', birth: '09/10/2001', sex: 'Nam' };
export const DINH = { name: 'Sùng Thị Dính', number: '012304000217', birth: '14/03/2004', sex: 'Nữ' };
export const CLAIRE = {
  name: 'CLAIRE DUBOIS', country: 'phap', nationality: 'Pháp', passport: '19AB12345', birth: '21/06/1990', sex: 'Nữ',
};
