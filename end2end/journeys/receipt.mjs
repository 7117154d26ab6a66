// The proof a person keeps: on screen, in a QR code, on the command line, without network.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';

import { journey } from '../journey.mjs';
import { binary } from '../office.mjs';
import { PAO, declare, owner } from '../people.mjs';

journey('a receipt is genuine on the command line and in the app offline, and a changed one is not', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await owner(world, office);
  await declare(phone, PAO);
  await phone.getByText('Đã gửi · có biên nhận').first().waitFor();
  await phone.getByRole('main').getByText('Sùng A Páo').first().click();
  await phone.getByRole('link', { name: /[Bb]iên nhận/ }).first().click();
  await phone.getByText('Chữ ký đúng').waitFor();
  await world.shot(phone, 'on screen');
  await phone.emulateMedia({ media: 'print' });
  await world.shot(phone, 'on paper');
  await phone.emulateMedia({ media: 'screen' });
  await phone.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await phone.getByRole('button', { name: 'Chia sẻ mã' }).click();
  const text = await world.eventually(async () => {
    const copied = await phone.evaluate(() => navigator.clipboard.readText());
    return copied.match(/BANKHAI1:[A-Z2-7]+/)?.[0];
  });
  for (const word of ['Páo', PAO.number]) assert.ok(!text.includes(word));

  const data = ['--data', office.data];
  assert.match(execFileSync(binary(), ['receipt', 'verify', text, ...data]).toString(), /THẬT/);
  const last = text.at(-20) === 'A' ? 'B' : 'A';
  const forged = text.slice(0, -20) + last + text.slice(-19);
  assert.notEqual(spawnSync(binary(), ['receipt', 'verify', forged, ...data]).status, 0);

  await world.cut(phone, office);
  await phone.goBack();
  await phone.evaluate(() => {
    history.pushState({}, '', '/may/kiem-tra');
    dispatchEvent(new PopStateEvent('popstate'));
  });
  await phone.getByLabel('Mã của biên nhận').fill(text);
  await phone.getByRole('button', { name: /Kiểm tra/ }).click();
  await phone.getByText('Biên nhận thật').waitFor();
  await phone.getByLabel('Mã của biên nhận').fill(forged);
  await phone.getByRole('button', { name: /Kiểm tra/ }).click();
  await phone.getByText('Không phải biên nhận thật').waitFor();
  await world.shot(phone, 'forged');
});
