// Told while the app is closed: the choice on a phone, and what its service worker shows.
//
// A browser without its maker's push service cannot subscribe, and none is asked here. What it says then is seen first; then
// the browser's own part is played, and what the office would push is delivered to the real service worker.

import assert from 'node:assert/strict';

import { journey } from '../journey.mjs';
import { owner } from '../people.mjs';

const ARGS = ['--push-contact', 'mailto:truc@vidu.vn', '--push-host', 'push.vidu.vn'];

// What a browser with a push service does: keys of its own, kept with its registration.
function playSubscriptions() {
  const coded = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
  let kept = null;
  PushManager.prototype.getSubscription = async () => kept;
  PushManager.prototype.subscribe = async (wish) => {
    globalThis.wished = wish;
    const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits']);
    const keys = {
      p256dh: coded(await crypto.subtle.exportKey('raw', pair.publicKey)),
      auth: coded(crypto.getRandomValues(new Uint8Array(16))),
    };
    const endpoint = 'https://push.vidu.vn/mot-may';
    kept = Object.create(PushSubscription.prototype, {
      endpoint: { value: endpoint },
      toJSON: { value: () => ({ endpoint, keys }) },
      unsubscribe: { value: async () => { kept = null; return true; } },
    });
    return kept;
  };
}

const card = (page) => page.locator('section.card', { has: page.getByRole('heading', { name: 'Báo khi có trả lời' }) });

async function openMachine(page) {
  await page.getByRole('link', { name: /^Máy này/ }).first().click();
  await page.getByRole('heading', { name: 'Lưu trữ' }).waitFor();
}

journey('an office that pushes nothing offers nothing', async (world) => {
  const office = await world.office({ demo: true });
  const phone = await owner(world, office);
  await openMachine(phone);
  await phone.waitForTimeout(1_500);
  assert.equal(await card(phone).count(), 0);
});

journey('a person is told by push only after a tap, and a browser that cannot says so', async (world) => {
  const office = await world.office({ demo: true, args: ARGS });
  // A journey's browser is a private window, whose subscriptions this browser refuses aloud.
  world.allowFault(/Push API in incognito mode/);
  const phone = await owner(world, office);
  await phone.evaluate(() => {
    globalThis.prompts = 0;
    const ask = Notification.requestPermission;
    Notification.requestPermission = (...said) => { globalThis.prompts += 1; return ask.apply(Notification, said); };
  });
  await phone.context().grantPermissions(['notifications'], { origin: office.url('') });
  await openMachine(phone);
  const told = card(phone);
  await told.getByText('máy báo một câu ngắn').waitFor();
  await world.shot(phone, 'offered');
  assert.equal(await phone.evaluate(() => globalThis.prompts), 0, 'nothing is asked by itself');
  const { height } = await told.getByRole('button').boundingBox();
  assert.ok(height >= 56, `${height}`);
  await told.getByRole('button', { name: 'Báo cho máy này' }).click();
  await told.getByText('Chưa bật được').waitFor();
  assert.equal(await phone.evaluate(() => globalThis.prompts), 1);
  await world.shot(phone, 'no push service');

  await phone.evaluate(playSubscriptions);
  await told.getByRole('button', { name: 'Báo cho máy này' }).click();
  await told.getByText('Máy này sẽ báo').waitFor();
  await world.shot(phone, 'told from now on');
  const wished = await phone.evaluate(() => [globalThis.wished.userVisibleOnly, globalThis.wished.applicationServerKey]);
  assert.equal(wished[0], true);
  assert.match(wished[1], /^B[\w-]{86}$/);
  await phone.getByRole('link', { name: 'Quay lại' }).click();
  await openMachine(phone);
  await card(phone).getByText('Máy này sẽ báo').waitFor();
  await card(phone).getByRole('button', { name: 'Thôi báo' }).click();
  await card(phone).getByText('máy báo một câu ngắn').waitFor();
});

journey('what is pushed is shown in a fixed sentence that names nobody', async (world) => {
  const office = await world.office({ demo: true, args: ARGS });
  const phone = await owner(world, office);
  await phone.context().grantPermissions(['notifications'], { origin: office.url('') });
  const line = await phone.context().newCDPSession(phone);
  const seen = new Promise((resolve) => {
    line.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      if (registrations[0]) resolve(registrations[0].registrationId);
    });
  });
  await line.send('ServiceWorker.enable');
  const registrationId = await seen;
  const origin = office.url('');
  for (const kind of [1, 2, 3, 77]) {
    const data = String.fromCharCode(kind);
    await line.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data });
  }
  await line.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data: '' });
  const shown = () =>
    phone.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      const found = await registration.getNotifications();
      return found.map(({ title, body, tag }) => ({ title, body, tag })).sort((a, b) => a.tag.localeCompare(b.tag));
    });
  // Five messages, five sentences: the browser may show the last before one that came before it.
  await world.eventually(async () => (await shown()).length === 5);
  const answer = 'Có trả lời mới. Mở Bản Khai để xem.';
  const bodies = Object.fromEntries((await shown()).map(({ title, body, tag }) => [tag, `${title}: ${body}`]));
  assert.equal(bodies['bk-1'], 'Bản Khai: Đã được tiếp nhận. Mở Bản Khai để xem.');
  assert.equal(bodies['bk-2'], 'Bản Khai: Có việc cần bổ sung. Mở Bản Khai để xem.');
  assert.equal(bodies['bk-3'], `Bản Khai: ${answer}`);
  assert.equal(bodies['bk-77'], `Bản Khai: ${answer}`);

  // A tap on it comes to the app that is open already. Focus itself a browser gives for a real tap only, so it is only
  // counted here.
  const [worker] = phone.context().serviceWorkers();
  const came = await worker.evaluate(async () => {
    const came = [];
    WindowClient.prototype.focus = async function focus() { came.push(new URL(this.url).pathname); return this; };
    const [notification] = await self.registration.getNotifications({ tag: 'bk-2' });
    const event = new NotificationEvent('notificationclick', { notification });
    self.dispatchEvent(event);
    await new Promise((resolve) => { setTimeout(resolve, 500); });
    return came;
  });
  assert.deepEqual(came, ['/may']);
  assert.equal((await shown()).some(({ tag }) => tag === 'bk-2'), false, 'and it is put away');
});
