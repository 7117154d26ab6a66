// The service worker: keeps one whole build on the device and opens it without network.
//
// It keeps the files of its own list and nothing else, each only after its SHA-256 was compared: a sign-in page of a
// hotel's network, a half-old answer or anybody's personal page can never get in. What is not a file of the list, and
// everything that is not a GET, it does not touch.
//
// It says to the pages: {kind:'offline-progress', done, total}, {kind:'offline-ready', build},
//                       {kind:'offline-stalled', done, total}.
// It hears from them:   {kind:'activate'}  sent when no form is unfinished: the new build takes over;
//                       {kind:'resume'}    try again for what is missing, and say how far it is;
//                       {kind:'desk'}      this device has a desk: keep the desk's files too, in every build from now on.

const MANIFEST = '@MANIFEST@';

const PREFIX = 'bankhai-';
const CACHE = PREFIX + MANIFEST.build;
// Is there where a desk was opened. Not one of the builds, so that it outlives them.
const DESK = 'ban-lam-viec';
const SHELL = '/shell.html';
const ASSETS = new Map(MANIFEST.assets.map((asset) => [asset.url, asset]));
// Two at a time: more only share the same thin line, fewer leave it idle for a round trip.
const AT_ONCE = 2;
const ATTEMPTS = 3;
let filling;

self.addEventListener('install', (event) => event.waitUntil(fillOnce()));

self.addEventListener('activate', (event) => event.waitUntil(takeOver()));

self.addEventListener('message', (event) => {
  if (event.data?.kind === 'activate') event.waitUntil(self.skipWaiting());
  if (event.data?.kind === 'resume') event.waitUntil(resume());
  if (event.data?.kind === 'desk') event.waitUntil(keepDesk());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    event.respondWith(isDevicePage(url.pathname) ? shellFirst(request) : networkFirst(request));
  } else if (ASSETS.has(url.pathname) && url.search === '') {
    event.respondWith(assetFirst(request, url.pathname));
  } else if (url.pathname.startsWith('/pkg/')) {
    // A page of the build before this one may still want a part of itself.
    event.respondWith(keptAnywhere(request));
  }
});

function isDevicePage(path) {
  return path === '/may' || path.startsWith('/may/');
}

async function shellFirst(request) {
  return (await kept(SHELL)) ?? fetch(request);
}

async function networkFirst(request) {
  try {
    return await fetch(request);
  } catch (fault) {
    const shell = await kept(SHELL);
    if (shell) return shell;
    throw fault;
  }
}

async function assetFirst(request, path) {
  return (await kept(path)) ?? fetch(request);
}

async function keptAnywhere(request) {
  return (await caches.match(request)) ?? fetch(request);
}

async function kept(path) {
  return (await caches.open(CACHE)).match(path);
}

// Fills the cache of this build. Each file stands alone: what came whole before a cut is kept, by this run or the next.
// The promise is kept only when every file is there; otherwise the build before stays in charge.
async function fill() {
  const cache = await caches.open(CACHE);
  const desk = await caches.has(DESK);
  const wanted = MANIFEST.assets.filter((asset) => desk || !asset.desk);
  const total = wanted.length;
  const waiting = [];
  for (const asset of wanted) {
    if (!(await cache.match(asset.url)) && !(await copyFromBefore(cache, asset))) waiting.push(asset);
  }
  let done = total - waiting.length;
  await tell({ kind: 'offline-progress', done, total });

  let missing = 0;
  const worker = async () => {
    for (let asset = waiting.shift(); asset; asset = waiting.shift()) {
      if (await fetchVerified(cache, asset)) {
        done += 1;
        await tell({ kind: 'offline-progress', done, total });
      } else {
        missing += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (missing > 0) {
    await tell({ kind: 'offline-stalled', done, total });
    throw new Error(`${missing} of ${total} files are missing`);
  }
  await tell({ kind: 'offline-ready', build: MANIFEST.build });
}

// The page asks again when a network may be there. A failure was told to the pages already.
function resume() {
  return fillOnce().catch(() => {});
}

// A run that is under way was begun without the desk.
async function keepDesk() {
  await caches.open(DESK);
  await filling?.catch(() => {});
  await resume();
}

// One run at a time: a page's wish during the installation joins it.
function fillOnce() {
  filling ??= fill().finally(() => (filling = undefined));
  return filling;
}

// A file of an earlier build with the same bytes is not fetched again.
async function copyFromBefore(cache, asset) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX) || name === CACHE) continue;
    const before = await (await caches.open(name)).match(asset.url);
    if (before && (await keep(cache, asset, before))) return true;
  }
  return false;
}

async function fetchVerified(cache, asset) {
  // A hashed name never changes its content, so the browser's own cache may answer; other names must be asked anew.
  const mode = asset.url.startsWith('/pkg/') ? 'default' : 'no-cache';
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (attempt > 0) await pause(attempt);
    try {
      const response = await fetch(asset.url, { cache: attempt > 0 ? 'reload' : mode, credentials: 'same-origin' });
      if (isOurs(response) && (await keep(cache, asset, response))) return true;
    } catch {
      // No network is an ordinary state: the next attempt, or the next visit, goes on from here.
    }
  }
  return false;
}

// A captive portal answers with a redirect or a page of its own; neither is ours, whatever its status says.
function isOurs(response) {
  return response.status === 200 && response.type === 'basic' && !response.redirected;
}

// Puts the file into the cache when its bytes are the promised ones.
async function keep(cache, asset, response) {
  const bytes = await response.arrayBuffer();
  if (bytes.byteLength !== asset.bytes || (await sha256(bytes)) !== asset.sha256) return false;
  const headers = new Headers(response.headers);
  // The bytes are unpacked by now.
  headers.delete('content-encoding');
  headers.delete('content-length');
  await cache.put(asset.url, new Response(bytes, { headers }));
  return true;
}

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function pause(attempt) {
  return new Promise((resolve) => setTimeout(resolve, 400 * 2 ** attempt * (0.5 + Math.random())));
}

// Earlier builds go once no second window can still be living in one of them.
async function takeOver() {
  await self.clients.claim();
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (windows.length > 1) return;
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
  }
}

// What is pushed is one byte: which sentence. None has a name, a number, a code or a link in it, for a locked screen shows it
// to everybody. A newer one of a kind takes the place of the one before.
const SENTENCES = {
  1: 'Đã được tiếp nhận. Mở Bản Khai để xem.',
  2: 'Có việc cần bổ sung. Mở Bản Khai để xem.',
};
const SENTENCE = 'Có trả lời mới. Mở Bản Khai để xem.';

self.addEventListener('push', (event) => {
  const kind = event.data ? new Uint8Array(event.data.arrayBuffer())[0] : 0;
  const shown = { body: SENTENCES[kind] ?? SENTENCE, tag: `bk-${kind}`, lang: 'vi', icon: '/icons/icon-192.png' };
  event.waitUntil(self.registration.showNotification('Bản Khai', shown));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openApp());
});

async function openApp() {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const page = windows.find((page) => isDevicePage(new URL(page.url).pathname));
  return page ? page.focus() : self.clients.openWindow('/may');
}

async function tell(message) {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  for (const page of windows) page.postMessage(message);
}
