// What a page may do: run its own scripts, ask its own office, and make markup of its own templates. Nothing else.

import assert from 'node:assert/strict';

import { PHONE, launchOldest } from '../browser.mjs';
import { journey } from '../journey.mjs';
import { CLAIRE, PAO, declare, officer, owner, typeForeigner, typeGuest, typeStay, unlock } from '../people.mjs';

// Collects what the browser reports against the policy, and every address that is asked.
async function watched(page) {
  const seen = { broken: [], origins: new Set() };
  const context = page.context();
  await context.exposeBinding('policyBroken', (_, text) => seen.broken.push(text));
  const listen = () =>
    addEventListener('securitypolicyviolation', (event) =>
      globalThis.policyBroken(`${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`),
    );
  await context.addInitScript(listen);
  for (const open of context.pages()) await open.evaluate(listen);
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== 'blob:' && protocol !== 'data:') seen.origins.add(origin);
  });
  return seen;
}

// What it saw is this office and nothing else.
function clean(seen, office) {
  assert.deepEqual(seen.broken, []);
  assert.deepEqual([...seen.origins], [office.url('')]);
}

journey('no page of the phone breaks the policy or asks anybody but its office', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await world.phone();
  const seen = await watched(phone);
  const tap = (role, name) => phone.getByRole(role, { name }).first().click();
  await phone.goto(office.url('/may'));
  await tap('button', 'Tôi có mã mời');
  await phone.getByLabel('Mã mời').fill('SAI-MÃ');
  await tap('button', 'Tiếp tục');
  await phone.goto(office.url('/may'));
  await phone.getByRole('button', { name: 'Tôi đã có tài khoản' }).waitFor();
  await phone.close();

  const home = await owner(world, office);
  const other = await owner(world, office, 'hoadialan2');
  const joined = await watched(home);
  const go = (role, name) => home.getByRole(role, { name }).first().click();
  await go('link', 'Khai khách mới');
  await go('button', 'Tiếp tục');
  await home.getByText(/Có \d chỗ cần xem lại/).waitFor();
  await typeForeigner(home, CLAIRE);
  await home.getByText('Việt Nam', { exact: true }).click();
  await typeGuest(home, PAO);
  await go('button', 'Tiếp tục');
  await typeStay(home, '5');
  await home.context().setOffline(true);
  await go('button', 'Gửi thông báo lưu trú');
  await home.getByText('Đã lưu trên máy · chưa gửi').first().waitFor();
  await go('link', /trực ban/);
  await go('link', 'Quay lại');
  await go('link', /Hộp gửi/);
  await go('link', /Tối nay/);
  await declare(other, PAO);
  await other.getByText('Đã gửi · có biên nhận').first().waitFor();
  await home.context().setOffline(false);
  await home.getByRole('link', { name: /Cần xem lại/ }).first().click();
  await go('link', /^Biên nhận/);
  await home.getByText('Chữ ký đúng').waitFor();
  await go('link', 'Quay lại');
  await go('link', 'Xem hai thông báo');
  await home.getByText('Là một lần ở hay hai?').waitFor();
  await go('link', 'Quay lại');
  await go('link', 'Quay lại');
  await go('link', /Sổ khách/);
  await go('link', /^Máy này/);
  await go('link', 'Kiểm tra một biên nhận');
  await home.getByLabel('Mã của biên nhận').fill('không phải');
  await go('button', 'Kiểm tra');
  await go('link', 'Quay lại');
  await go('button', 'Khóa máy ngay');
  await go('button', 'Quên mã PIN');
  await home.reload();
  await home.getByRole('heading', { name: 'Mở khóa' }).waitFor();
  clean(seen, office);
  clean(joined, office);
});

journey('no page of the desk, no public page and no error breaks the policy or asks anybody but its office', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await owner(world, office);
  await declare(phone, PAO);
  await phone.getByText('Đã gửi · có biên nhận').first().waitFor();
  const desk = await officer(world, office);
  const seen = await watched(desk);
  await desk.reload();
  await unlock(desk);
  await desk.getByRole('searchbox', { name: /^Tìm tên/ }).fill('pao');
  await desk.getByRole('row', { name: /Sùng A Páo/i }).click();
  await desk.getByRole('button', { name: 'Trả lại, yêu cầu bổ sung' }).click();
  await desk.getByLabel('Lý do trả lại, yêu cầu bổ sung').fill('Ghi lại số phòng.');
  await desk.keyboard.press('Escape');
  await desk.keyboard.press('?');

  const reader = await world.phone();
  const read = await watched(reader);
  for (const path of ['/', '/khai', '/kiem-tra', '/mau', '/thu-tuc', '/thu-tuc/permanent-residence', '/thu-tuc/permanent-residence/cach-khai/2', '/khong/co', '/metrics']) {
    await reader.goto(office.url(path));
  }
  await reader.goto(office.url('/khai'));
  await reader.getByRole('button', { name: 'Gửi' }).first().click();
  await reader.getByText(/Chưa có|Chưa ghi|cần xem lại/).first().waitFor();
  await reader.goto(office.url('/kiem-tra'));
  await reader.getByRole('textbox').fill('<img src=x onerror=alert(1)>');
  await reader.getByRole('button', { name: 'Kiểm tra' }).click();
  await reader.getByText(/Không phải biên nhận/).waitFor();
  clean(seen, office);
  clean(read, office);
});

// Everything a text could do if a page let it. Each is tried where markup, scripts and addresses of scripts are made.
const MARKUP = [
  '<img src=x onerror=globalThis.ran=1>',
  '<img src="x" onerror="globalThis.ran=1">',
  '<p title="a" onclick="globalThis.ran=1">a</p>',
  '<svg onload="globalThis.ran=1"></svg>',
  '<svg><use href="data:image/svg+xml,x"></use></svg>',
  '<script>globalThis.ran=1</script>',
  '<p>a<script',
  '<iframe srcdoc="x"></iframe>',
  '<a href="javascript:globalThis.ran=1">a</a>',
  '<a href="&#106;avascript:globalThis.ran=1">a</a>',
  '<a href="//khac.example/">a</a>',
  '<a href="/\\khac.example/">a</a>',
  '<button formaction="javascript:globalThis.ran=1">a</button>',
  '<form action="https://khac.example/"></form>',
  '<p style="position:fixed">a</p>',
  '<style>*{display:none}</style>',
  '<base href="https://khac.example/">',
  '<meta http-equiv="refresh" content="0;url=https://khac.example/">',
  '<object data="x"></object>',
  '<p a/onclick="globalThis.ran=1">a</p>',
  '<x-own>a</x-own>',
  '<!-- --><!--><img src=x onerror=globalThis.ran=1>-->',
];

// What is let through, one line each; nothing when all is well.
async function attempts(markup) {
  const through = [];
  // What the driver runs itself may use `eval`; a task of the page's own may not.
  await new Promise((resolve) => setTimeout(resolve));
  const attempt = (what, work) => {
    try {
      work();
      through.push(what);
    } catch (fault) {
      if (!(fault instanceof TypeError || fault instanceof EvalError)) through.push(`${what}: ${fault}`);
    }
  };
  const make = (name) => document.createElement(name);
  for (const text of markup) attempt(text, () => (make('template').innerHTML = text));
  attempt('insertAdjacentHTML', () => document.body.insertAdjacentHTML('beforeend', markup[0]));
  attempt('srcdoc', () => (make('iframe').srcdoc = '<p>a</p><script>1</script>'));
  attempt('document.write', () => document.write('<script>1</script>'));
  attempt('eval', () => (0, eval)('globalThis.ran = 1'));
  attempt('Function', () => new Function('globalThis.ran = 1'));
  attempt('setTimeout', () => setTimeout('globalThis.ran = 1', 0));
  attempt('script text', () => (make('script').text = 'globalThis.ran = 1'));
  attempt('script address', () => (make('script').src = '/pkg/page.js'));
  for (const address of ['https://khac.example/sw.js', '/sw.js?x', '/pkg/page.js', '/may', 'blob:x', 'data:text/javascript,1']) {
    attempt(`worker ${address}`, () => new Worker(address));
  }
  attempt('another policy', () => trustedTypes.createPolicy('other', { createHTML: (text) => text }));
  attempt('the same policy again', () => trustedTypes.createPolicy('default', { createHTML: (text) => text }));
  const own = ['<p class="a" hidden>Sùng A Páo &lt;b&gt; <b>1</b><br/></p>', '<a href="/khai" aria-label="x">a</a>', '<!><!---->'];
  for (const text of own) {
    try {
      make('template').innerHTML = text;
    } catch {
      through.push(`refused: ${text}`);
    }
  }
  return { through, ran: globalThis.ran };
}

async function refusesEverything(world, phone, office) {
  world.allowFault(/Content Security Policy|Trusted/);
  await phone.goto(office.url('/may'));
  await phone.getByRole('button', { name: 'Tôi có mã mời' }).waitFor();
  const seen = await watched(phone);
  assert.deepEqual(await phone.evaluate(attempts, MARKUP), { through: [], ran: undefined });
  await world.eventually(() => seen.broken.length > MARKUP.length);
}

journey('what a text may become on a page is plain markup of the page itself', async (world) => {
  const office = await world.office({ demo: true });
  await refusesEverything(world, await world.phone(), office);
});

journey('on Chromium 106 too a text becomes nothing but plain markup of the page itself', async (world) => {
  const office = await world.office({ demo: true });
  const browser = world.closeLater(await launchOldest());
  const context = await browser.newContext(PHONE);
  world.watch(context);
  await refusesEverything(world, await context.newPage(), office);
});
