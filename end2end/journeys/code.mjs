// A villager without an account and without a script: sees by the code where the dossier stands, answers what is asked for,
// says how the result comes, gets the signed result; another one takes the dossier back; a third photographs what is missing.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { asksFor, calm, filed, open, opened } from '../by-code.mjs';
import { camera } from '../dossier.mjs';
import { journey } from '../journey.mjs';
import { TABLET, member, officer } from '../people.mjs';

// What a gateway of text messages is on this machine: it writes down what it is handed.
async function gateway() {
  const heard = [];
  const server = createServer((request, answer) => {
    let body = '';
    request.on('data', (piece) => { body += piece; });
    request.on('end', () => {
      heard.push({ secret: request.headers['x-bankhai-secret'], ...JSON.parse(body) });
      answer.end();
    });
  });
  await new Promise((ready) => { server.listen(0, '127.0.0.1', ready); });
  const folder = await mkdtemp(join(tmpdir(), 'cong-'));
  const file = join(folder, 'khoa');
  await writeFile(file, 'bi-mat-cua-cong-tin-nhan\n');
  const url = `http://127.0.0.1:${server.address().port}/gui`;
  const args = ['--sms-url', url, '--sms-secret', file, '--sms-inbound-secret', file];
  const close = async () => { server.close(); await rm(folder, { recursive: true }); };
  return { heard, args, close };
}

journey('a villager without an account and without a script answers a supplement by the code, chooses how the result comes, is told by text message and gets the result', async (world) => {
  const sms = await gateway();
  const office = await world.office({ demo: true, args: sms.args });
  const [tablet, desk] = await Promise.all([member(world, office, TABLET), officer(world, office)]);
  const code = await filed(world, tablet);
  await desk.getByRole('link', { name: /^Hồ sơ/ }).click();
  await desk.getByRole('row', { name: /Lò Văn Mẫn/i }).click();
  const pane = desk.getByRole('complementary', { name: 'Chi tiết hồ sơ' });
  await asksFor(pane, [['Email', 'Ghi email để nhận kết quả']]);
  await pane.getByText('Yêu cầu bổ sung (CT05)').waitFor();

  const villager = await opened(world, office, code);
  await villager.getByText(/Yêu cầu bổ sung: 1 mục/).waitFor();
  await calm(villager);
  await world.shot(villager, 'by the code');
  await villager.getByLabel(/^4 số cuối/).fill('0000');
  await villager.getByRole('button', { name: 'Mở hồ sơ' }).click();
  await villager.getByText('không khớp với tờ khai').waitFor();
  await world.shot(villager, 'another word');
  await open(villager);
  await villager.getByText('Ghi email để nhận kết quả').waitFor();
  await calm(villager);
  await world.shot(villager, 'what is missing');

  await villager.getByRole('button', { name: 'Báo bằng tin nhắn' }).click();
  await villager.getByText('Sẽ báo bằng tin nhắn.').waitFor();
  await world.shot(villager, 'told by message');
  await villager.getByRole('button', { name: 'Bổ sung ngay' }).click();
  await villager.getByLabel(/^Email/).fill('khong phai email');
  await villager.getByRole('button', { name: 'Gửi phần bổ sung' }).click();
  await villager.getByText('Email cần có dạng').waitFor();
  await calm(villager);
  await world.shot(villager, 'to put right');
  await villager.getByLabel(/^Email/).fill('loman@vidu.vn');
  await villager.getByRole('button', { name: 'Gửi phần bổ sung' }).click();
  await villager.getByText('Đã gửi phần bổ sung').waitFor();
  await world.shot(villager, 'answered');
  await pane.getByText('Đã nhận phần sửa, bổ sung bằng mã theo dõi').waitFor();
  await pane.getByText('loman@vidu.vn').waitFor();
  await world.shot(desk, 'answered by the code');

  await villager.getByRole('button', { name: 'Chọn cách nhận kết quả' }).click();
  await calm(villager);
  await villager.getByText('Qua dịch vụ bưu chính').click();
  await villager.getByRole('button', { name: 'Ghi lại' }).click();
  await villager.getByText('Chưa ghi chỗ này.').waitFor();
  await world.shot(villager, 'by post without an address');
  await villager.getByText('Bản điện tử').click();
  await villager.getByRole('button', { name: 'Ghi lại' }).click();
  await villager.getByText('Đã ghi cách nhận kết quả.').waitFor();
  await pane.getByText('Chọn cách nhận kết quả: Bản điện tử').waitFor();

  await pane.getByRole('button', { name: 'Tiếp nhận, hẹn trả' }).click();
  await pane.getByLabel('Ngày hẹn trả').waitFor();
  await pane.getByRole('button', { name: 'Tiếp nhận, hẹn trả' }).click();
  await pane.getByText('Tiếp nhận hồ sơ (CT04)').waitFor();
  await pane.getByRole('button', { name: 'Giải quyết' }).click();
  await pane.getByLabel('Nội dung giải quyết').fill('Đã đăng ký tạm trú vào cơ sở dữ liệu về cư trú');
  await pane.getByRole('button', { name: 'Giải quyết' }).click();
  await pane.getByText('Giải quyết (CT08)').waitFor();

  const later = await opened(world, office, code);
  await open(later);
  await world.shot(later, 'decided');
  await later.getByRole('button', { name: 'Xem kết quả' }).click();
  await later.getByText(/BANKHAI-KQ1:/).waitFor();
  await world.shot(later, 'result');
  const button = later.getByRole('button', { name: 'Tải thông báo kết quả CT08 (PDF)' });
  const [file] = await Promise.all([later.waitForEvent('download'), button.click()]);
  assert.equal(file.suggestedFilename(), 'CT08.pdf');

  for (let turn = 0; turn < 60 && sms.heard.length < 3; turn += 1) await later.waitForTimeout(500);
  const texts = sms.heard.map((one) => one.text);
  assert.deepEqual(sms.heard.map((one) => [one.secret, one.to]), texts.map(() => ['bi-mat-cua-cong-tin-nhan', '0912000456']));
  assert.ok(texts.some((text) => /co ket qua ngay/.test(text)), texts.join('\n'));
  for (const text of texts) assert.ok(text.length <= 160 && !/http|www|Man|4318/.test(text), text);
  await sms.close();
});

journey('a villager takes a dossier back by the code and the officer sees by what', async (world) => {
  const office = await world.office({ demo: true });
  const [tablet, desk] = await Promise.all([member(world, office, TABLET), officer(world, office)]);
  const code = await filed(world, tablet);
  await desk.getByRole('link', { name: /^Hồ sơ/ }).click();
  await desk.getByRole('row', { name: /Lò Văn Mẫn/i }).click();
  const villager = await opened(world, office, code);
  await open(villager);
  await world.shot(villager, 'waiting');
  await villager.getByRole('button', { name: 'Rút hồ sơ' }).click();
  await villager.getByRole('heading', { name: 'Rút hồ sơ?' }).waitFor();
  await calm(villager);
  await world.shot(villager, 'asked twice');
  await villager.getByRole('button', { name: 'Rút hồ sơ' }).click();
  await villager.getByText('Đã rút hồ sơ.').waitFor();
  await world.shot(villager, 'taken back');
  const pane = desk.getByRole('complementary', { name: 'Chi tiết hồ sơ' });
  await pane.getByText('Công dân rút hồ sơ bằng mã theo dõi').waitFor();
  await world.shot(desk, 'taken back by the code');
  await tablet.getByText('Công dân rút hồ sơ').first().waitFor();
  await world.shot(tablet, 'taken back');
});

const LEASE = 'Hợp đồng hoặc giấy tờ cho thuê, cho mượn, cho ở nhờ';

journey('a villager photographs by the code what is missing, on a line that breaks, and the officer opens the pictures', async (world) => {
  const office = await world.office({ demo: true });
  const [tablet, desk] = await Promise.all([member(world, office, TABLET), officer(world, office)]);
  const code = await filed(world, tablet);
  await desk.getByRole('link', { name: /^Hồ sơ/ }).click();
  await desk.getByRole('row', { name: /Lò Văn Mẫn/i }).click();
  const pane = desk.getByRole('complementary', { name: 'Chi tiết hồ sơ' });
  await asksFor(pane, [[LEASE, 'Thiếu trang 2 và trang 3 của hợp đồng'], ['Cả hồ sơ', 'Ghi rõ ở mấy người']]);
  await pane.getByText('Yêu cầu bổ sung (CT05)').waitFor();

  // Without a script the page says so, and where else the paper can be brought.
  const old = await opened(world, office, code);
  await open(old);
  await old.getByRole('button', { name: 'Bổ sung ngay' }).click();
  await old.getByText('cần bật JavaScript').waitFor();
  await calm(old);
  await world.shot(old, 'no pictures without a script');

  const villager = await opened(world, office, code, {});
  await open(villager);
  await world.shot(villager, 'a paper is missing');
  await villager.getByRole('button', { name: 'Bổ sung ngay' }).click();
  await villager.getByText('Thiếu trang 2 và trang 3 của hợp đồng').waitFor();
  assert.equal(await villager.getByText('cần bật JavaScript').count(), 0);
  await calm(villager);
  await world.shot(villager, 'to photograph');
  const choose = villager.locator('input[type=file]');
  await choose.setInputFiles({ name: 'anh.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('khong phai anh') });
  await villager.getByText('Máy không đọc được ảnh này.').waitFor();
  await choose.setInputFiles(await camera(villager, 'trang 2'));
  await villager.getByText(/^Ảnh 1 · \d+ KB$/).waitFor();
  await choose.setInputFiles(await camera(villager, 'trang 3'));
  const second = villager.getByText(/^Ảnh 2 · \d+ KB$/);
  await second.waitFor();
  assert.ok(Number((await second.textContent()).match(/(\d+) KB/)[1]) <= 150);
  await calm(villager);
  await world.shot(villager, 'two pages');

  // What stands for the whole dossier is answered where it belongs; what was photographed stays.
  await villager.getByLabel(/^Sửa, thêm ở đâu/).selectOption({ label: 'Nội dung đề nghị' });
  await villager.getByRole('button', { name: 'Thêm chỗ này' }).click();
  await villager.getByLabel(/^Nội dung đề nghị/).fill('Đăng ký tạm trú 12 tháng, một người');
  await second.waitFor();
  await world.shot(villager, 'the whole dossier');

  await world.cut(villager);
  await villager.getByRole('button', { name: 'Gửi phần bổ sung' }).click();
  await villager.getByText('Chưa gửi được vì mạng đứt quãng.').waitFor();
  await second.waitFor();
  await world.shot(villager, 'a line that broke');
  await world.mend(villager);
  // The first picture arrives, the second is cut off: it goes again, the first does not.
  let pictures = 0;
  await villager.route('**/theo-doi/anh', (route) => {
    pictures += 1;
    return pictures === 2 ? route.abort() : route.continue();
  });
  await villager.getByRole('button', { name: 'Gửi phần bổ sung' }).click();
  await villager.getByText('Chưa gửi được vì mạng đứt quãng.').waitFor();
  await villager.getByText(/^Ảnh 1 .*đã đến nơi nhận/).waitFor();
  await villager.getByRole('button', { name: 'Gửi phần bổ sung' }).click();
  await villager.getByText('Đã gửi phần bổ sung').waitFor();
  assert.equal(pictures, 3);
  await calm(villager);
  await world.shot(villager, 'sent with pictures');
  assert.ok(!villager.url().includes(code) && !(await villager.evaluate(() => document.title)).includes(code));

  await pane.getByText('Đã nhận phần sửa, bổ sung bằng mã theo dõi').waitFor();
  await pane.getByText('Đăng ký tạm trú 12 tháng, một người').waitFor();
  for (const page of [1, 2, 3]) {
    await pane.getByRole('button', { name: new RegExp(`^Xem “${LEASE}”, trang ${page}$`) }).click();
    await pane.getByRole('img', { name: 'Trang giấy tờ đang xem' }).waitFor();
  }
  await pane.getByRole('img', { name: 'Trang giấy tờ đang xem' }).scrollIntoViewIfNeeded();
  await world.shot(desk, 'the pictures on the desk');

  // Another tab that was left open is told that it is answered.
  await old.getByText('Tôi mang bản chính đến').click();
  await old.getByRole('button', { name: 'Gửi phần bổ sung' }).click();
  await old.getByText('phần bổ sung đã đến').waitFor();

  // Somebody more, and with a child the yes of a parent, which the officer had not thought of.
  await asksFor(pane, [['Những thành viên trong hộ gia đình cùng thay đổi', 'Thiếu con nhỏ']]);
  await pane.getByText('Yêu cầu bổ sung (CT05)').nth(1).waitFor();
  const later = await opened(world, office, code);
  await open(later);
  await later.getByRole('button', { name: 'Bổ sung ngay' }).click();
  await later.getByLabel('Họ, chữ đệm và tên').fill('Lò Thị Ngần');
  await later.getByLabel(/^Ngày, tháng, năm sinh/).fill('12/5/2022');
  await later.getByLabel('Giới tính').selectOption({ label: 'Nữ' });
  await later.getByLabel('Mối quan hệ với chủ hộ').selectOption({ label: 'con đẻ' });
  await world.shot(later, 'somebody more');
  await later.getByRole('button', { name: 'Gửi phần bổ sung' }).click();
  await later.getByText('cần thêm chỗ khác').waitFor();
  await later.getByLabel('Họ, chữ đệm và tên người đồng ý').fill('Vàng Thị Sáo');
  await later.getByLabel(/^Nơi đồng ý/).fill('Sin Suối Hồ');
  await later.getByText('Có giấy viết riêng').click();
  await world.shot(later, 'a yes in words');
  await later.getByRole('button', { name: 'Gửi phần bổ sung' }).click();
  await later.getByText('Đã gửi phần bổ sung').waitFor();
  await calm(later);
  await pane.getByText(/Lò Thị Ngần/i).first().waitFor();
  await world.shot(desk, 'somebody more on the desk');
});
