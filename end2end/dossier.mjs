// How a person fills the form of a procedure: page after page, only what is on the screen.

import { dayAfter } from './people.mjs';

export const TENANT = { name: 'Lò Văn Mẫn', number: '012201004318', birth: ['09', '03', '2001'] };
export const OWNER = { name: 'Hảng A Xà', number: '012080000129' };

export const next = (page) => page.getByRole('button', { name: 'Tiếp tục' }).click();
export const pick = (page, words) => page.getByText(words, { exact: true }).click();

async function birth(page, [day, month, year]) {
  await page.getByLabel('Ngày', { exact: true }).fill(day);
  await page.getByLabel('Tháng', { exact: true }).fill(month);
  await page.getByLabel('Năm', { exact: true }).fill(year);
}

// What stands on every form, by what its fields are called.
const PERSON = {
  'Họ, chữ đệm và tên khai sinh': TENANT.name,
  'Số định danh cá nhân': TENANT.number,
  'Số điện thoại liên hệ': '0912000456',
};

// A tenant who stays for a year.
const TEMPORARY = {
  answers: {
    ...PERSON,
    'Địa chỉ đề nghị đăng ký tạm trú': 'Bản Sin Suối Hồ, xã Sin Suối Hồ, tỉnh Lai Châu',
    'Tạm trú từ ngày': dayAfter(3),
    'Thời hạn tạm trú đến ngày': dayAfter(360),
    'Họ, chữ đệm và tên chủ hộ': OWNER.name,
    'Số định danh cá nhân của chủ hộ': OWNER.number,
    'Nội dung đề nghị': 'Đăng ký tạm trú 12 tháng tại nhà cho thuê',
  },
  choices: ['Nam', 'Thuê', 'Bản điện tử'],
  relation: 'ở thuê',
};

// Somebody who has moved here for good, from the commune beside.
export const PERMANENT = {
  answers: {
    ...PERSON,
    'Địa chỉ đề nghị đăng ký thường trú': 'Bản Sin Suối Hồ, xã Sin Suối Hồ, tỉnh Lai Châu',
    'Nơi thường trú trước khi chuyển đến': 'Bản Vàng Pó, xã Phong Thổ, tỉnh Lai Châu',
    'Nội dung đề nghị': 'Đăng ký thường trú tại nhà của mình',
  },
  choices: ['Nam', 'Của mình (điều 20 khoản 1)', 'Bản điện tử'],
  relation: 'chủ hộ',
};

// Only what is on the screen: page after page until the form's own fields are done.
export async function fillForm(world, page, { answers, choices, relation } = TEMPORARY) {
  for (let turn = 0; turn < 12; turn += 1) {
    const title = await page.getByRole('heading', { level: 1 }).textContent();
    if (!/trang/.test(title)) return;
    for (const [label, value] of Object.entries(answers)) {
      const field = page.getByLabel(new RegExp(`^${label}(?! của)( \\(không bắt buộc\\))?`)).first();
      if (await field.isVisible().catch(() => false)) await field.fill(value);
    }
    if (await page.getByText('Ngày, tháng, năm sinh').first().isVisible().catch(() => false)) await birth(page, TENANT.birth);
    for (const choice of choices) {
      const option = page.getByText(choice, { exact: true });
      if (await option.isVisible().catch(() => false)) await option.click();
    }
    const kin = page.getByLabel('Mối quan hệ với chủ hộ');
    if (await kin.isVisible().catch(() => false)) await kin.selectOption({ label: relation });
    await world.shot(page, `form ${turn + 1}`);
    await next(page);
    const confirm = page.getByRole('button', { name: 'Giấy tờ ghi đúng như vậy' });
    for (const button of await confirm.all()) await button.click();
    await page.waitForTimeout(150);
    if (await page.getByRole('heading', { level: 1 }).textContent() === title) {
      await world.shot(page, `form ${turn + 1} again`);
      await next(page);
      await page.waitForTimeout(150);
    }
  }
}

// Who must agree: the owner of the place does, in a way of their choice; nobody else is asked for one here.
export async function agree(world, page, way) {
  for (;;) {
    const title = await page.getByRole('heading', { level: 1 }).textContent();
    if (!/^Ý kiến/.test(title)) return;
    if (/chủ sở hữu/.test(title)) {
      await page.getByLabel('Họ, chữ đệm và tên người đồng ý').fill(OWNER.name);
      await way(page);
      await world.shot(page, 'consent');
    }
    await next(page);
    await page.waitForTimeout(150);
  }
}

// A page as a camera gives it: large, with text and grain.
export async function camera(page, paper) {
  const picture = await page.evaluate(async (words) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [2400, 3200];
    const draw = canvas.getContext('2d');
    draw.fillStyle = '#f4f1e6';
    draw.fillRect(0, 0, canvas.width, canvas.height);
    draw.fillStyle = '#222';
    draw.font = '64px sans-serif';
    for (let line = 0; line < 36; line += 1) draw.fillText(`${words} — dòng ${line + 1}`, 160, 200 + line * 80);
    for (let speck = 0; speck < 40_000; speck += 1) {
      draw.fillStyle = `rgba(0, 0, 0, ${Math.random() * 0.1})`;
      draw.fillRect(Math.random() * canvas.width, Math.random() * canvas.height, 3, 3);
    }
    const blob = await new Promise((done) => { canvas.toBlob(done, 'image/jpeg', 0.92); });
    return [...new Uint8Array(await blob.arrayBuffer())];
  }, paper);
  return { name: 'anh.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(picture) };
}

// Photographs the next page of a paper in the app.
export async function photograph(page, paper) {
  await page.locator('section', { hasText: paper }).locator('input[type=file]').last().setInputFiles(await camera(page, paper));
}

// What a person with every paper at hand writes into a field that must be filled in, by its key and its kind.
function written(key, kind) {
  if (key.endsWith('number')) return key === 'number' ? TENANT.number : OWNER.number;
  if (kind === 'date') return dayAfter(key === 'until' ? 300 : 3);
  if (kind === 'email' || key === 'email') return 'loman@vidu.vn';
  if (key.includes('phone')) return '0912000456';
  if (key.includes('name')) return key === 'name' ? TENANT.name : OWNER.name;
  if (kind === 'digits') return key === 'copies' ? '2' : '12';
  return 'Xã Sin Suối Hồ, Lai Châu';
}

// The fields of the page that are empty and must not be.
export const empty = (page) => page.locator('main').evaluate((main) => {
  const required = (field) => !/không bắt buộc/.test(
    (field.querySelector('legend') ?? main.querySelector(`label[for="${field.id}"]`))?.textContent ?? '',
  );
  const kindOf = (field) => {
    if (field.tagName === 'SELECT') return 'list';
    if (field.querySelector('.date')) return 'birth';
    if (field.tagName === 'FIELDSET') return 'pick';
    return field.inputMode === 'numeric' ? 'digits' : field.type;
  };
  const isEmpty = { pick: (field) => !field.querySelector('input:checked'), birth: (field) => !field.querySelector('input').value };
  return [...main.querySelectorAll('[id^="o-"]:is(fieldset, select, textarea, input)')]
    .filter((field) => !field.closest('.date') && required(field))
    .map((field) => ({ id: field.id, key: field.id.slice(2), kind: kindOf(field), empty: (isEmpty[kindOf(field)] ?? ((one) => !one.value))(field) }))
    .filter((field) => field.empty);
});

// Whatever form is on the screen, until nothing more is asked for: an answer may ask the next question. What `said` has for a
// field's key is written, whether the form asks for it or not.
export async function fillPage(page, said = {}) {
  for (const [key, value] of Object.entries(said)) {
    const field = page.locator(`main #o-${key}`);
    if (typeof value === 'string' && await field.isVisible().catch(() => false)) await field.fill(value);
  }
  for (let turn = 0; turn < 4; turn += 1) {
    const fields = await empty(page);
    if (fields.length === 0) return;
    for (const { id, key, kind } of fields) {
      const field = page.locator(`#${id}`);
      if (kind === 'pick') await field.locator('label.pick').first().click();
      else if (kind === 'list') await field.selectOption({ index: 1 });
      else if (kind === 'birth') {
        for (const [place, value] of (said[key] ?? TENANT.birth).entries()) await field.locator('input.box').nth(place).fill(value);
      } else await field.fill(written(key, kind));
    }
    await page.waitForTimeout(100);
  }
}

// From the first page of a form to the button that hands it in, whatever the procedure: fields, people, who must agree,
// papers of which the original is brought.
export async function fillAnything(page, said = {}) {
  for (let turn = 0; turn < 40; turn += 1) {
    if (await page.getByRole('button', { name: 'Nộp hồ sơ' }).isVisible().catch(() => false)) return;
    const here = page.url();
    await fillPage(page, said);
    const who = page.getByLabel('Họ, chữ đệm và tên người đồng ý');
    if (await who.isVisible().catch(() => false)) {
      await who.fill(OWNER.name);
      await pick(page, 'Là người đang khai');
    }
    for (const paper of await page.locator('main section', { hasText: 'Cần có' }).all()) {
      const original = paper.getByText('Mang bản chính đến cho cán bộ xem');
      if (!(await paper.locator('input[type=checkbox]').isChecked())) await original.click();
    }
    await next(page);
    for (const button of await page.getByRole('button', { name: 'Giấy tờ ghi đúng như vậy' }).all()) await button.click();
    await page.waitForTimeout(150);
    if (page.url() !== here) continue;
    // Somebody must be on the list; or what the page found wrong was put right just now.
    const add = page.getByRole('button', { name: /^Thêm / });
    if (await add.isVisible().catch(() => false)) await add.click();
    else await next(page);
    await page.waitForTimeout(150);
    if (page.url() === here) throw new Error(`stuck at ${await page.locator('main').innerText()}`);
  }
}
