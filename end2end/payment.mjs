// A payment gateway on this machine: it speaks the office's interface (server/src/payment.rs), signs in its own words, and
// has a page where somebody pays or calls it off. What it is told it writes down.

import { createHmac, timingSafeEqual } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const KEY = 'khoa-chung-cua-may-chu-va-cong-thanh-toan';

function sign(what, body) {
  const time = String(Math.floor(Date.now() / 1000));
  return { 'x-bankhai-time': time, 'x-bankhai-signature': mac(what, time, body) };
}

const mac = (what, time, body) => createHmac('sha256', KEY).update(`${what}\n${time}\n${body}`).digest('hex');

function genuine(what, body, headers) {
  const shown = Buffer.from(headers['x-bankhai-signature'] ?? '', 'hex');
  const own = Buffer.from(mac(what, headers['x-bankhai-time'] ?? '', body), 'hex');
  return shown.length === own.length && timingSafeEqual(shown, own);
}

const page = (payment) => `<!doctype html><html lang="vi"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Cổng thanh toán</title>
<body style="font:18px sans-serif;padding:16px"><h1>Cổng thanh toán (thử)</h1>
<p>${payment.purpose}: <b>${payment.amount} đồng</b></p><p>Mã ${payment.reference}</p>
<form method="post"><button style="min-height:56px;width:100%" name="state" value="paid">Trả</button></form>
<form method="post"><button style="min-height:56px;width:100%" name="state" value="cancelled">Hủy</button></form>`;

class Gateway {
  payments = new Map();
  // Everything the office asked, as it came.
  heard = [];
  // Where those came from who opened its page, as far as their browser said.
  comers = [];
  // Whether it keeps its notices to itself, until they are told.
  silent = false;
  #untold = [];
  #server;
  #folder;

  async start() {
    this.#server = createServer((request, answer) => {
      let body = '';
      request.on('data', (piece) => { body += piece; });
      request.on('end', () => this.#answer(request, body, answer).catch((fault) => answer.writeHead(500).end(String(fault))));
    });
    await new Promise((ready) => { this.#server.listen(0, '127.0.0.1', ready); });
    this.#folder = await mkdtemp(join(tmpdir(), 'cong-'));
    await writeFile(join(this.#folder, 'khoa'), `${KEY}\n`);
    return this;
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  // What an office at this address is started with.
  args = (office) => [
    '--payment-gateway', this.url, '--payment-key', join(this.#folder, 'khoa'), '--payment-office', office,
  ];

  async close() {
    this.#server.closeAllConnections();
    this.#server.close();
    await rm(this.#folder, { recursive: true });
  }

  // Tells what it kept to itself; the statuses it was answered with.
  async tell() {
    const notices = this.#untold.splice(0);
    return Promise.all(notices.map((payment) => this.#notify(payment)));
  }

  async #notify(payment) {
    const { reference, amount, state, notify_address: address } = payment;
    const body = JSON.stringify({ reference, amount, state });
    const headers = { 'content-type': 'application/json', ...sign(`POST ${new URL(address).pathname}`, body) };
    return (await fetch(address, { method: 'POST', headers, body })).status;
  }

  async #answer(request, body, answer) {
    const [, first, reference] = request.url.split('/');
    if (first === 'payments') {
      const what = `${request.method} ${request.url}`;
      this.heard.push({ what, body });
      if (!genuine(what, body, request.headers)) return answer.writeHead(401).end();
      if (request.method === 'POST') {
        const wanted = JSON.parse(body);
        if (!this.payments.has(wanted.reference)) this.payments.set(wanted.reference, { ...wanted, state: 'waiting' });
        const qr = `VIETQR.${wanted.reference}.${wanted.amount}`;
        return this.#say(answer, what, { pay_address: `${this.url}/tra/${wanted.reference}`, qr });
      }
      const { amount, state } = this.payments.get(reference) ?? {};
      if (!state) return answer.writeHead(404).end();
      return this.#say(answer, what, { reference, amount, state });
    }
    const payment = this.payments.get(reference);
    if (first !== 'tra' || !payment) return answer.writeHead(404).end();
    if (request.method === 'GET') {
      this.comers.push(request.headers.referer ?? '');
      return answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page(payment));
    }
    payment.state = new URLSearchParams(body).get('state');
    this.#untold.push(payment);
    if (!this.silent) await this.tell();
    return answer.writeHead(303, { location: payment.return_address }).end();
  }

  #say(answer, what, told) {
    const body = JSON.stringify(told);
    answer.writeHead(200, { 'content-type': 'application/json', ...sign(`answer ${what}`, body) }).end(body);
  }
}

export const startGateway = () => new Gateway().start();
