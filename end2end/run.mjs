// Runs the browser journeys, two at a time where nobody looks at a clock: `node run.mjs [--only WORDS]`.

import { readdir } from 'node:fs/promises';

import { launch } from './browser.mjs';
import { journeys } from './journey.mjs';
import { World } from './world.mjs';

const only = process.argv.indexOf('--only') > 0 ? process.argv[process.argv.indexOf('--only') + 1] : '';

const folder = new URL('./journeys/', import.meta.url);
for (const file of (await readdir(folder)).filter((name) => name.endsWith('.mjs')).sort()) {
  await import(new URL(file, folder));
}

// They mostly wait: for a page, for an office that was stopped. More than two make each other late.
const LANES = 2;

let passed = 0;
let failed = 0;
const browser = await launch();
const asked = journeys.filter((each) => each.name.includes(only));
const waiting = asked.filter((each) => !each.timed);
await Promise.all(Array.from({ length: LANES }, async () => {
  while (waiting.length > 0) await run(waiting.shift());
}));
for (const each of asked.filter((one) => one.timed)) await run(each);
await browser.close();
if (passed + failed === 0) {
  console.log(`no journey is called "${only}"`);
  failed = 1;
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

async function run({ name, steps, timeout }) {
  const start = performance.now();
  const world = new World(browser, name);
  let fault;
  try {
    await within(timeout, steps(world));
    world.assertNoFaults();
    passed += 1;
  } catch (caught) {
    fault = caught;
    failed += 1;
    await world.shotAll();
  }
  await world.close();
  console.log(`${fault ? 'FAIL' : 'ok  '} ${name} (${Math.round(performance.now() - start)} ms)`);
  if (fault) console.log(indent([fault.stack ?? fault, ...world.faults, ...world.lastWords()].join('\n')));
}

function within(ms, work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${ms} ms`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function indent(text) {
  return text.replace(/^/gm, '       ');
}
