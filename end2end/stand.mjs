// A stand-in site for the service worker alone: the real public/sw.js over a handful of made-up files, and a server
// that can be told to answer any of them wrongly.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const SOURCE = new URL('../public/sw.js', import.meta.url);
const TYPES = { html: 'text/html; charset=utf-8', js: 'text/javascript' };
const PORTAL = '<!doctype html><p>Wi-Fi</p>';

const html = (body) => `<!doctype html><html lang="vi"><title>${body}</title><body>${body}</body></html>`;

// The files of one made-up build. Same word, same file.
export function build(word, extra = {}) {
  return {
    '/shell.html': html(`shell ${word}`),
    '/pkg/page.js': `/* page ${word} */`,
    '/pkg/worker.js': '/* worker, the same in every build */',
    ...extra,
  };
}

export async function startStand(files) {
  const stand = new Stand(await readFile(SOURCE, 'utf8'), files);
  await stand.listen();
  return stand;
}

class Stand {
  #source;
  #server = createServer((request, response) => this.#answer(request, response));

  // Path to 'portal', 'redirect', 'broken' or 'other bytes'.
  wrong = new Map();
  // Every request, as "GET /path".
  asked = [];

  constructor(source, files) {
    this.#source = source;
    this.files = files;
  }

  get buildId() {
    return sha256(JSON.stringify(this.files)).slice(0, 16);
  }

  async listen() {
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.port = this.#server.address().port;
  }

  url(path = '/') {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  count(path) {
    return this.asked.filter((line) => line === `GET ${path}`).length;
  }

  #serviceWorker() {
    const assets = Object.entries(this.files).map(([url, text]) => ({
      url,
      sha256: sha256(text),
      bytes: Buffer.byteLength(text),
      ...(url.startsWith('/pkg/desk') && { desk: true }),
    }));
    return this.#source.replace("'@MANIFEST@'", JSON.stringify({ build: this.buildId, assets }));
  }

  #answer(request, response) {
    request.resume();
    const { pathname } = new URL(request.url, this.url());
    this.asked.push(`${request.method} ${pathname}`);
    const send = (status, type, text, headers = {}) =>
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-cache', ...headers }).end(text);
    switch (this.wrong.get(pathname)) {
      case 'portal':
        return send(200, TYPES.html, PORTAL);
      case 'redirect':
        return send(302, TYPES.html, '', { location: '/wifi' });
      case 'broken':
        return request.socket.destroy();
      case 'other bytes':
        return send(200, TYPES.js, this.files[pathname].replace('e', 'E'));
    }
    if (pathname === '/sw.js') return send(200, TYPES.js, this.#serviceWorker());
    const text = this.files[pathname];
    if (text !== undefined) return send(200, TYPES[pathname.split('.').pop()], text);
    if (request.headers.accept?.includes('text/html')) return send(200, TYPES.html, html(`office ${pathname}`));
    return send(200, 'application/json', '{"secret":1}');
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

function sha256(text) {
  return createHash('sha256').update(text).digest('hex');
}
