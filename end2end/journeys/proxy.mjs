// The bad line itself: if it is not bad, the journeys that use it show nothing.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';

import { journey } from '../journey.mjs';

const BODY = Buffer.alloc(40_000, 'x');

async function line(world, options) {
  const server = createServer((_request, response) => response.end(BODY));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  world.closeLater({
    close() {
      server.closeAllConnections();
      server.close();
    },
  });
  return world.proxy({ target: server.address().port, ...options });
}

async function timed(work) {
  const start = performance.now();
  return { value: await work(), ms: performance.now() - start };
}

const read = async (url) => Buffer.from(await (await fetch(url)).arrayBuffer());

journey('a slow line takes the time its rate and distance ask', async (world) => {
  const proxy = await line(world, { rate: 50_000, latency: 200 });
  const { value, ms } = await timed(() => read(proxy.url()));
  assert.equal(value.length, BODY.length);
  // 40 KB at 50 KB/s is 800 ms; connecting and asking are a trip each.
  assert.ok(ms >= 1_150 && ms < 4_000, `${ms} ms`);
  assert.ok(proxy.carried.down >= BODY.length);
}, { timed: true });

journey('a line that is cut in the middle breaks what is under way', async (world) => {
  const proxy = await line(world, { rate: 20_000 });
  setTimeout(() => proxy.cut(), 500);
  await assert.rejects(read(proxy.url()));
  await assert.rejects(read(proxy.url()));
  proxy.mend();
  assert.equal((await read(proxy.url())).length, BODY.length);
});

journey('a line that hangs neither answers nor breaks', async (world) => {
  const proxy = await line(world, {});
  proxy.hang();
  await assert.rejects(fetch(proxy.url(), { signal: AbortSignal.timeout(400) }), { name: 'TimeoutError' });
});

journey('a captive line answers everything with its own page', async (world) => {
  const proxy = await line(world, {});
  proxy.portal();
  const direct = await fetch(proxy.url('/sync'), { method: 'POST', body: 'x' });
  assert.equal(direct.status, 200);
  assert.match(await direct.text(), /Wi-Fi/);
  proxy.portal(302);
  const sent = await fetch(proxy.url('/may'));
  assert.ok(sent.redirected);
  assert.match(await sent.text(), /Wi-Fi/);
});
