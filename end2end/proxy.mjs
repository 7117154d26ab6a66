// A bad line between a browser and an office: slow, far, cut at will, or in the hands of a hotel's sign-in page.
// The browser's own throttle does not reach its service worker; this does.

import { createServer as createHttp } from 'node:http';
import { connect, createServer } from 'node:net';

const PORTAL = '<!doctype html><html lang="vi"><title>Wi-Fi</title><p>Đăng nhập Wi-Fi để tiếp tục</p></html>';
const QUEUE_MOST = 64 * 1024;

// `target` is a port of this machine; `rate` bytes a second each way (0: no limit); `latency` ms for a round trip.
export async function startProxy({ target, rate = 0, latency = 0 }) {
  const line = new Line(target, rate, latency);
  await line.listen();
  return line;
}

class Line {
  #target;
  #sockets = new Set();
  #state = 'open';
  #server = createServer((socket) => this.#accept(socket));
  #portal = createHttp((request, response) => this.#answerAsPortal(request, response));
  #portalStatus = 200;
  #free = { up: 0, down: 0 };

  // Bytes carried, each way, above TCP.
  carried = { up: 0, down: 0 };

  constructor(target, rate, latency) {
    this.#target = target;
    this.rate = rate;
    this.latency = latency;
  }

  async listen() {
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.port = this.#server.address().port;
  }

  url(path = '/') {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  // Every connection breaks now, and no new one is taken.
  cut() {
    this.#become('cut');
  }

  // Nothing breaks and nothing comes through any more: the half-open line of a mobile network.
  hang() {
    this.#state = 'hung';
  }

  // Every request is answered by a sign-in page (200) or sent to one (302).
  portal(status = 200) {
    this.#portalStatus = status;
    this.#become('portal');
  }

  mend() {
    this.#become('open');
  }

  #become(state) {
    this.#state = state;
    this.#free = { up: 0, down: 0 };
    for (const socket of this.#sockets) socket.destroy();
  }

  #accept(socket) {
    this.#keep(socket);
    if (this.#state === 'cut') {
      socket.destroy();
    } else if (this.#state === 'portal') {
      this.#portal.emit('connection', socket);
    } else {
      setTimeout(() => this.#join(socket), this.latency);
    }
  }

  #join(socket) {
    if (socket.destroyed) return;
    const office = connect(this.#target, '127.0.0.1');
    this.#keep(office);
    this.#carry(socket, office, 'up');
    this.#carry(office, socket, 'down');
  }

  #keep(socket) {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('close', () => this.#sockets.delete(socket));
  }

  // All connections share the line: a chunk leaves when those before it have left, and arrives half a trip later.
  #carry(from, to, way) {
    let queued = 0;
    from.on('data', (chunk) => {
      if (this.#state === 'hung') return;
      const now = performance.now();
      const leaves = Math.max(now, this.#free[way]) + (this.rate > 0 ? (chunk.length / this.rate) * 1000 : 0);
      this.#free[way] = leaves;
      this.carried[way] += chunk.length;
      queued += chunk.length;
      if (queued > QUEUE_MOST) from.pause();
      setTimeout(() => {
        queued -= chunk.length;
        if (queued <= QUEUE_MOST) from.resume();
        if (this.#state !== 'hung' && !to.destroyed) to.write(chunk);
      }, leaves - now + this.latency / 2);
    });
    from.on('close', () => {
      // What is on its way still arrives.
      setTimeout(() => to.end(), Math.max(0, this.#free[way] - performance.now()) + this.latency / 2 + 1);
    });
  }

  #answerAsPortal(request, response) {
    request.resume();
    if (this.#portalStatus === 302 && request.url !== '/wifi') {
      response.writeHead(302, { location: '/wifi' }).end();
    } else {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(PORTAL);
    }
  }

  async close() {
    this.#become('cut');
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
