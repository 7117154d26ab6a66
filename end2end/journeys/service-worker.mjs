// The service worker over a made-up site, on every kind of bad answer.

import assert from 'node:assert/strict';

import { journey } from '../journey.mjs';
import { build, startStand } from '../stand.mjs';

async function open(world, files = build('one')) {
  const stand = world.closeLater(await startStand(files));
  const page = await world.phone();
  await page.goto(stand.url('/start'));
  await page.evaluate(() => {
    globalThis.heard = [];
    navigator.serviceWorker.addEventListener('message', ({ data }) => globalThis.heard.push(data));
  });
  return { stand, page };
}

// Registers, and comes back when the installation went well or not.
function install(page) {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' });
    const worker = registration.installing ?? registration.waiting ?? registration.active;
    while (!['installed', 'activated', 'redundant'].includes(worker.state)) {
      await new Promise((resolve) => worker.addEventListener('statechange', resolve, { once: true }));
    }
    return worker.state === 'redundant' ? 'failed' : 'whole';
  });
}

const controlled = (page) => page.waitForFunction(() => navigator.serviceWorker.controller);

const heard = (page, kind) => page.evaluate((kind) => globalThis.heard.filter((data) => data.kind === kind), kind);

const cacheNames = (page) => page.evaluate(() => caches.keys());

const keptPaths = (page) =>
  page.evaluate(async () => {
    const lists = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return lists.flat().map((request) => new URL(request.url).pathname).sort();
  });

journey('one file that fails does not lose the others, and the next try asks only for it', async (world) => {
  const { stand, page } = await open(world);
  stand.wrong.set('/pkg/worker.js', 'broken');
  assert.equal(await install(page), 'failed');
  assert.deepEqual(await keptPaths(page), ['/pkg/page.js', '/shell.html']);
  assert.deepEqual((await heard(page, 'offline-stalled')).at(-1), { kind: 'offline-stalled', done: 2, total: 3 });

  stand.wrong.clear();
  stand.asked.length = 0;
  assert.equal(await install(page), 'whole');
  assert.equal(stand.count('/pkg/worker.js'), 1);
  assert.equal(stand.count('/pkg/page.js') + stand.count('/shell.html'), 0);
  await world.eventually(async () => (await heard(page, 'offline-ready')).length === 1);
});

for (const wrong of ['portal', 'redirect', 'other bytes']) {
  journey(`an answer that is not ours is never kept: ${wrong}`, async (world) => {
    const { stand, page } = await open(world);
    stand.wrong.set('/pkg/page.js', wrong);
    assert.equal(await install(page), 'failed');
    assert.deepEqual(await keptPaths(page), ['/pkg/worker.js', '/shell.html']);
  });
}

journey('device pages open in the kept shell, other pages come from the office while it answers', async (world) => {
  const { stand, page } = await open(world);
  await install(page);
  await controlled(page);
  await page.goto(stand.url('/may/khai/moi'));
  assert.equal(await page.title(), 'shell one');
  await page.goto(stand.url('/tra-cuu'));
  assert.equal(await page.title(), 'office /tra-cuu');

  await page.context().setOffline(true);
  stand.close();
  await page.goto(stand.url('/may'));
  assert.equal(await page.title(), 'shell one');
  await page.goto(stand.url('/tra-cuu'));
  assert.equal(await page.title(), 'shell one');
  assert.equal(await page.evaluate(async () => (await fetch('/pkg/page.js')).text()), '/* page one */');
});

journey('no page, no reply and nothing sent is ever kept or answered by the service worker', async (world) => {
  const { stand, page } = await open(world);
  await install(page);
  await controlled(page);
  await page.goto(stand.url('/cua-toi'));
  const replies = await page.evaluate(async () => {
    const ask = async (path, options) => (await fetch(path, options)).text();
    return [await ask('/api/stays'), await ask('/sync', { method: 'POST', body: 'x' }), await ask('/shell.html?x=1')];
  });
  assert.equal(replies[0], '{"secret":1}');
  assert.ok(stand.asked.includes('POST /sync'));
  assert.deepEqual(await keptPaths(page), ['/pkg/page.js', '/pkg/worker.js', '/shell.html']);
});

journey('a new build waits until it is asked, copies what is the same, then takes the old one away', async (world) => {
  const { stand, page } = await open(world);
  await install(page);
  await controlled(page);
  const [before] = await cacheNames(page);

  stand.files = build('two');
  stand.asked.length = 0;
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update();
    while (!registration.waiting) await new Promise((resolve) => setTimeout(resolve, 20));
  });
  assert.equal(stand.count('/pkg/worker.js'), 0, 'the same file was fetched again');
  assert.equal(stand.count('/pkg/page.js'), 1);
  assert.deepEqual(await cacheNames(page), [before, `bankhai-${stand.buildId}`]);
  await page.goto(stand.url('/may'));
  assert.equal(await page.title(), 'shell one', 'the new build took over by itself');

  await page.evaluate(async () => {
    const changed = new Promise((resolve) =>
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
    );
    (await navigator.serviceWorker.getRegistration()).waiting.postMessage({ kind: 'activate' });
    await changed;
  });
  await world.eventually(async () => (await cacheNames(page)).join() === `bankhai-${stand.buildId}`);
  await page.goto(stand.url('/may'));
  assert.equal(await page.title(), 'shell two');
});

journey('a second window keeps the parts of the build it lives in', async (world) => {
  const { stand, page } = await open(world, build('one', { '/pkg/late.1.js': '/* late one */' }));
  await install(page);
  await controlled(page);
  const second = await page.context().newPage();
  await second.goto(stand.url('/may'));

  stand.files = build('two', { '/pkg/late.2.js': '/* late two */' });
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update();
    while (!registration.waiting) await new Promise((resolve) => setTimeout(resolve, 20));
    const changed = new Promise((resolve) =>
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
    );
    registration.waiting.postMessage({ kind: 'activate' });
    await changed;
    while (registration.active.state !== 'activated') await new Promise((resolve) => setTimeout(resolve, 20));
  });
  await page.context().setOffline(true);
  assert.equal(await second.evaluate(async () => (await fetch('/pkg/late.1.js')).text()), '/* late one */');
});

journey('the files of the desk are kept where a desk was opened, in the next build before it takes over', async (world) => {
  const withDesk = (word) => build(word, { '/pkg/desk.js': `/* desk ${word} */` });
  const { stand, page } = await open(world, withDesk('one'));
  await install(page);
  await controlled(page);
  assert.deepEqual((await heard(page, 'offline-progress')).at(-1), { kind: 'offline-progress', done: 3, total: 3 });
  assert.deepEqual(await keptPaths(page), ['/pkg/page.js', '/pkg/worker.js', '/shell.html']);
  assert.equal(stand.count('/pkg/desk.js'), 0);

  await page.evaluate(() => navigator.serviceWorker.controller.postMessage({ kind: 'desk' }));
  await world.eventually(async () => (await heard(page, 'offline-progress')).at(-1).total === 4);
  await world.eventually(async () => (await heard(page, 'offline-ready')).length === 2);
  assert.ok((await keptPaths(page)).includes('/pkg/desk.js'));

  stand.files = withDesk('two');
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update();
    while (!registration.waiting) await new Promise((resolve) => setTimeout(resolve, 20));
  });
  const kept = (build) =>
    page.evaluate(async (name) => (await (await (await caches.open(name)).match('/pkg/desk.js'))?.text()) ?? '', build);
  assert.equal(await kept(`bankhai-${stand.buildId}`), '/* desk two */');
});

journey('what the browser threw away is fetched again when a page asks', async (world) => {
  const { page } = await open(world);
  await install(page);
  await controlled(page);
  await page.evaluate(async () => {
    const [name] = await caches.keys();
    await (await caches.open(name)).delete('/pkg/worker.js');
    navigator.serviceWorker.controller.postMessage({ kind: 'resume' });
  });
  await world.eventually(async () => (await keptPaths(page)).includes('/pkg/worker.js'));
});
