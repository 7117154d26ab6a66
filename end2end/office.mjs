// An office of its own for a journey: the real `bankhai`, a port of this machine, data that goes afterwards.

import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const READY_WITHIN = 30_000;

// Where the program is: BANKHAI_BIN, else whichever of the two builds is newer.
export function binary() {
  if (process.env.BANKHAI_BIN) return process.env.BANKHAI_BIN;
  const built = ['release', 'debug'].map((kind) => join(ROOT, 'target', kind, 'bankhai')).filter(existsSync);
  if (built.length === 0) throw new Error('no bankhai is built: cargo build --package server');
  return built.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

// Starts an office and waits until it answers. `args` go to `bankhai serve`, or make them out of its own address; `data` is
// where it keeps things, else new; `tls` names the files of a certificate (certificate.mjs).
export async function startOffice({ demo = true, args = [], data, tls } = {}) {
  const sealed = tls ? ['--tls-cert', tls.cert, '--tls-key', tls.key] : [];
  const place = data ?? (await mkdtemp(join(tmpdir(), 'bankhai-')));
  const [port, scheme] = [await freePort(), tls ? 'https' : 'http'];
  const more = typeof args === 'function' ? args(`${scheme}://127.0.0.1:${port}`) : args;
  const office = new Office(port, place, demo, [...sealed, ...more], scheme);
  try {
    await office.start();
  } catch (fault) {
    await office.close();
    throw fault;
  }
  return office;
}

// An office never outlives the run, however that ends.
const running = new Set();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

// What lets a program live on another day: Debian's libfaketime, wherever this machine's libraries lie.
function otherDay(days) {
  const [found] = readdirSync('/usr/lib')
    .map((folder) => `/usr/lib/${folder}/faketime/libfaketimeMT.so.1`)
    .filter((file) => existsSync(file));
  if (!found) throw new Error('libfaketime is not there: apt-get install faketime');
  // Only the calendar moves: what is waited for takes as long as ever.
  return { LD_PRELOAD: found, FAKETIME: `+${days}d`, FAKETIME_DONT_FAKE_MONOTONIC: '1' };
}

class Office {
  #child;
  #demo;
  #args;
  #words = '';
  #ahead = 0;

  constructor(port, data, demo, args, scheme) {
    this.port = port;
    this.scheme = scheme;
    this.data = data;
    this.#demo = demo;
    this.#args = args;
  }

  // An address of this office.
  url(path = '/') {
    return `${this.scheme}://127.0.0.1:${this.port}${path}`;
  }

  async start() {
    const demo = this.#demo ? ['--demo'] : [];
    const serve = ['serve', '--addr', `127.0.0.1:${this.port}`, '--data', this.data, ...demo, ...this.#args];
    const env = this.#ahead > 0 ? { ...process.env, ...otherDay(this.#ahead) } : process.env;
    const child = spawn(binary(), serve, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    running.add(child);
    child.once('exit', () => running.delete(child));
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => (this.#words = (this.#words + chunk).slice(-20_000)));
    }
    child.on('error', (fault) => (this.#words += fault));
    await this.#ready(child);
  }

  async #ready(child) {
    const end = performance.now() + READY_WITHIN;
    while (performance.now() < end) {
      if (child.exitCode !== null || child.signalCode !== null) break;
      try {
        if ((await status(this.url('/readyz'))) === 200) return;
      } catch {
        // Not listening yet.
      }
      await pause(50);
    }
    await this.kill9();
    throw new Error(`the office did not start: ${this.lastWords()}`);
  }

  // Asks it to end, as a machine that is shut down does.
  stop() {
    return this.#end('SIGTERM');
  }

  // Ends it without a word, as a power cut does.
  kill9() {
    return this.#end('SIGKILL');
  }

  // The same data on the same port, so many days after today by this office's clock.
  async restartAhead(days) {
    this.#ahead = days;
    await this.restart();
  }

  // The same data on the same port.
  async restart() {
    await this.stop();
    await this.start();
  }

  async #end(signal) {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  // Runs another command of the program, such as `admin`, on this office's data; returns what it printed.
  async command(...args) {
    const child = spawn(binary(), args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let complaint = '';
    child.stdout.on('data', (chunk) => (out += chunk));
    child.stderr.on('data', (chunk) => (complaint += chunk));
    const code = await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
    if (code !== 0) throw new Error(`bankhai ${args.join(' ')} ended with ${code}: ${complaint}`);
    return out;
  }

  // Everything it wrote, the last 20,000 characters.
  get log() {
    return this.#words;
  }

  lastWords() {
    return this.#words.split('\n').slice(-12).join('\n');
  }

  async close() {
    await this.kill9();
    await rm(this.data, { recursive: true, force: true });
  }
}

// What an address answers, whoever signed its certificate.
function status(url) {
  return new Promise((resolve, reject) => {
    const { get } = url.startsWith('https:') ? https : http;
    const asking = get(url, { rejectUnauthorized: false, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asking.on('error', reject);
  });
}

// A port nobody listens on.
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
