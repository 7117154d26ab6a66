// node prepare.mjs DATA SEED: brings offices and devices to the moment before each workload's first measured phase, on
// this machine's loopback. A run copies them, so that it measures exchanges and nothing else.

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { BIN, Declaring, enrol, sync } from './device.mjs';
import { edit, household, stay } from './lines.mjs';

const [data, seed] = process.argv.slice(2);
const COMMUNE = '03394';
const PORT = 8187;
const SERVER = `http://127.0.0.1:${PORT}`;

const rows = (name) =>
  readFileSync(join(data, `${name}.jsonl`), 'utf8').trim().split('\n').map((line) => JSON.parse(line));

class Office {
  constructor(name) {
    this.place = join(seed, name);
    rmSync(this.place, { recursive: true, force: true });
    mkdirSync(this.place, { recursive: true });
    this.admin('commune', COMMUNE, 'xã Sin Suối Hồ', 'tỉnh Lai Châu', '--duty-phone', '0213 000 113');
  }

  admin(...args) {
    return execFileSync(BIN, ['admin', '--data', join(this.place, 'office'), ...args], { encoding: 'utf8' });
  }

  house(name) {
    return this.admin('establishment', COMMUNE, name, 'bản Sin Suối Hồ').match(/cơ sở số (\d+)/)[1];
  }

  async open() {
    const args = ['serve', '--data', join(this.place, 'office'), '--addr', `127.0.0.1:${PORT}`];
    this.child = spawn(BIN, args, { stdio: 'ignore', env: { ...process.env, RUST_LOG: 'warn' } });
    process.once('exit', () => this.child.kill('SIGKILL'));
    for (let tries = 0; tries < 200; tries += 1) {
      if (await fetch(`${SERVER}/readyz`).then((answer) => answer.ok, () => false)) return;
      await pause(50);
    }
    throw new Error('the office does not answer');
  }

  close() {
    return new Promise((resolve) => {
      this.child.on('close', resolve);
      this.child.kill('SIGTERM');
    });
  }

  // A device of a new account, enrolled and up to date.
  async device(name, role, of) {
    const said = this.admin(role, of, name, `Người dùng ${name}`);
    const code = said.match(/\b[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}\b/)[0];
    const state = join(this.place, name);
    await enrol(state, SERVER, code);
    await sync(state, SERVER);
    return state;
  }
}

// Replays workload lines on a device without network. `known` maps the workload's ids to what became of them.
async function replay(state, lines, known, create) {
  const device = new Declaring(state);
  for (const line of lines) {
    if (line.op === 'create') {
      known.set(line.id, { id: await device.say(create(line.rec)), rec: { ...line.rec } });
      continue;
    }
    const there = known.get(line.id);
    const before = there.rec[line.field];
    const typed = line.op === 'edit' && before.slice(0, line.pos) + line.ins + before.slice(line.pos + line.del);
    there.rec[line.field] = line.op === 'put' ? line.val : typed;
    await device.say({ ho_so: there.id, sua: edit(line.field, there.rec) });
  }
  await device.close();
}

// W1: eight stays and twelve edits of an evening wait on a phone; the police's device knows nothing of them.
async function evening() {
  const office = new Office('w1');
  const house = office.house('HG-0417');
  await office.open();
  const phone = await office.device('phone', 'owner', house);
  await office.device('police', 'officer', COMMUNE);
  await office.close();
  await replay(phone, rows('w1'), new Map(), stay);
}

// W2: two devices share six households of yesterday; one has 54 more, both have edited the six.
async function fieldDay() {
  const office = new Office('w2');
  const house = office.house('XA-DV');
  await office.open();
  const [t, d] = [await office.device('t', 'owner', house), await office.device('d', 'owner', house)];
  const known = new Map();
  const lines = rows('w2');
  await replay(t, lines.filter((line) => line.phase === 'base'), known, household);
  await sync(t, SERVER);
  await sync(d, SERVER);
  await office.close();
  const mine = (actor) => lines.filter((line) => line.phase === 'offline' && line.actor === actor);
  const yesterday = new Map([...known].map(([id, { id: own, rec }]) => [id, { id: own, rec: { ...rec } }]));
  await replay(t, mine('T'), known, household);
  await replay(d, mine('D'), yesterday, household);
}

// W3: the police's device holds 200 stays of 40 houses; the office has 1,800 more and 200 changed.
async function backOnNetwork() {
  const office = new Office('w3');
  const lines = rows('w3');
  const actors = [...new Set(lines.map((line) => line.actor))];
  const houses = actors.map((actor) => office.house(`Nhà ${actor}`));
  await office.open();
  const police = await office.device('police', 'officer', COMMUNE);
  const phones = new Map();
  for (const [place, actor] of actors.entries()) {
    phones.set(actor, { state: await office.device(`phone${place}`, 'owner', houses[place]), known: new Map() });
  }
  let changes = 0;
  for (const phase of ['base', 'new']) {
    changes = 0;
    for (const actor of actors) {
      const { state, known } = phones.get(actor);
      const mine = lines.filter((line) => line.actor === actor && line.phase === phase);
      await replay(state, mine, known, stay);
      const told = await sync(state, SERVER);
      if (told.waiting > 0) throw new Error(`${actor} could not send`);
      changes += told.changes;
    }
    if (phase === 'base') await sync(police, SERVER);
  }
  await office.close();
  // What all phones hold together: an edit that says what was said already is no change.
  writeFileSync(join(office.place, 'changes'), String(changes));
}

const made = { w1: evening, w2: fieldDay, w3: backOnNetwork };
for (const name of process.argv[4]?.split(',') ?? Object.keys(made)) {
  await made[name]();
  console.log(`${name}: office and devices ready`);
}
writeFileSync(join(seed, 'ready'), '');
