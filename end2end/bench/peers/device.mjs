// `bankhai device` as a bench drives it.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export const BIN = process.env.BANKHAI_BIN;
export const PASSWORD = 'suong-tren-dinh-po-ma-lung';
const PIN = '246810';
// Nobody listens there: what is declared waits on the device.
const OFFLINE = 'http://127.0.0.1:9';

function start(state, server, args) {
  const child = spawn(BIN, ['device', '--state', state, '--server', server, ...args], {
    env: { ...process.env, BANKHAI_PIN: PIN, BANKHAI_PASSWORD: PASSWORD },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (bytes) => (said += bytes));
  const ended = new Promise((resolve, reject) =>
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${args[0]}: ${said}`)))),
  );
  // Whoever waits for it hears of it; nobody else needs to.
  ended.catch(() => {});
  return { child, ended };
}

export async function enrol(state, server, code) {
  const { child, ended } = start(state, server, ['enrol', code]);
  child.stdin.end();
  await ended;
}

// A device without network: `say` one line at a time, and what it answered.
export class Declaring {
  constructor(state) {
    Object.assign(this, start(state, OFFLINE, ['declare', '-']));
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  async say(line) {
    this.child.stdin.write(JSON.stringify(line) + '\n');
    const { value, done } = await this.lines.next();
    if (done) await this.ended;
    if (!/^[0-9a-f]{16}$/.test(value ?? '')) throw new Error(`${value}: ${JSON.stringify(line)}`);
    return value;
  }

  async close() {
    this.child.stdin.end();
    await this.ended;
  }
}

// One exchange. Times count from the moment the device is unlocked, as a phone in a hand is: `news` are its JSON lines,
// `ms` is when the last of them was kept, or when it was over if there was nothing new.
export async function sync(state, server) {
  const { child, ended } = start(state, server, ['sync', '--json']);
  child.stdin.end();
  const news = [];
  let unlocked;
  for await (const line of createInterface({ input: child.stdout })) {
    unlocked ??= performance.now();
    news.push(JSON.parse(line));
  }
  await ended;
  const over = performance.now() - unlocked;
  return { news, ...news.at(-1), ms: news.length > 1 ? news.at(-1).ms : over };
}
