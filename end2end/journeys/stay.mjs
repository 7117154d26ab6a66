// One stay, from a phone without network to the commune's desk and back.

import assert from 'node:assert/strict';

import { journey } from '../journey.mjs';
import { DINH, PAO, PIN, declare, officer, owner, unlock } from '../people.mjs';

journey('a guest typed with the office dead is kept under the PIN and receipted when it lives again', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await owner(world, office);
  await world.cut(phone, office);
  await phone.reload();
  await unlock(phone);
  await declare(phone, PAO);
  await phone.getByText('Đã lưu trên máy · chưa gửi').first().waitFor();
  await world.shot(phone, 'saved here');
  await phone.goto(office.url('/may'));
  await unlock(phone);
  await phone.getByText('Đã lưu trên máy · chưa gửi').first().waitFor();

  await world.mend(phone, office);
  await phone.getByText('Đã gửi · có biên nhận').first().waitFor();
  await phone.getByText('chưa phải là thông báo lưu trú với cơ quan đăng ký cư trú').first().waitFor();
  await world.shot(phone, 'receipted');
});

journey('a filing shows on an open desk within two seconds and the reception comes back to the phone', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await owner(world, office);
  const desk = await officer(world, office);
  await declare(phone, DINH);
  await phone.getByText('có biên nhận').first().waitFor();
  const filed = performance.now();
  await desk.getByText('Sùng Thị Dính').first().waitFor();
  assert.ok(performance.now() - filed < 2_000, 'seen within two seconds of its receipt');
  await world.shot(desk, 'filed');
  await desk.getByText('Sùng Thị Dính').first().click();
  await desk.getByRole('button', { name: 'Tiếp nhận', exact: true }).click();
  await phone.goto(office.url('/may'));
  await unlock(phone);
  await phone.getByText('Công an đã tiếp nhận').first().waitFor();
  await world.shot(phone, 'received');
}, { timed: true });

journey('a copied profile of a locked phone shows no name, number or PIN', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await owner(world, office);
  await declare(phone, PAO);
  await phone.getByText('có biên nhận').first().waitFor();
  const stored = await phone.evaluate(async () => {
    const open = (name) => new Promise((done, fail) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
    const hex = (value) => (value instanceof Uint8Array ? [...value] : value instanceof ArrayBuffer
      ? [...new Uint8Array(value)] : [...new TextEncoder().encode(JSON.stringify(value) ?? '')]);
    const bytes = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await open(name);
      for (const store of database.objectStoreNames) {
        const all = await new Promise((done) => {
          const request = database.transaction(store).objectStore(store).getAll();
          request.onsuccess = () => done(request.result);
        });
        for (const value of all) bytes.push(...hex(value));
      }
      database.close();
    }
    bytes.push(...new TextEncoder().encode(JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage })));
    for (const cache of await caches.keys()) {
      for (const request of await (await caches.open(cache)).keys()) bytes.push(...new TextEncoder().encode(request.url));
    }
    return bytes;
  });
  const text = Buffer.from(stored);
  assert.ok(text.length > 1_000, 'something is stored');
  for (const word of [PAO.name, 'Sùng', PAO.number, PIN, 'Hoa Địa Lan', 'hoadialan', 'Giàng Thị Mỷ']) {
    for (const form of [word, word.toUpperCase(), word.normalize('NFD')]) {
      const shapes = [Buffer.from(form), Buffer.from(form, 'utf16le'), Buffer.from(Buffer.from(form).toString('hex'))];
      for (const shape of shapes) assert.equal(text.indexOf(shape), -1, `${word} lies in the profile`);
    }
  }
});
