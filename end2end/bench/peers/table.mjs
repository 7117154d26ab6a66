// node table.mjs RESULTS: one markdown table of everything measured, medians over the repetitions.

import { readFileSync } from 'node:fs';

const RTT = 0.9; // seconds, of the link without rate and loss
const NAMES = { bankhai: '**Bản Khai**' };
const runs = readFileSync(process.argv[2], 'utf8').trim().split('\n').map((line) => JSON.parse(line));

const median = (numbers) => {
  const sorted = numbers.filter(Number.isFinite).sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
};
const shown = (value, digits = 1) => (value === undefined ? '–' : value.toFixed(digits));
// y-websocket acknowledges nothing: its time is that of the packets.
const seconds = (run, phase) => {
  const told = run.phases[phase];
  return run.peer.startsWith('yws') ? Math.max(told.span_s, told.client_ms / 1000) : told.client_ms / 1000;
};

console.log('| | payload up + down per phase, B | payload, all phases, B | with TCP/IP, B | round trips after connect | 3G, s | EDGE, s | server CPU, ms | runs |');
console.log('|---|---|---|---|---|---|---|---|---|');
for (const w of ['w1', 'w2', 'w3']) {
  const rows = [...new Set(runs.filter((run) => run.w === w).map((run) => run.peer))].map((peer) => row(w, peer));
  for (const { text } of rows.filter(Boolean).sort((a, b) => a.total - b.total)) console.log(text);
}

function row(w, peer) {
  const all = runs.filter((run) => run.w === w && run.peer === peer);
  const good = all.filter((run) => !run.error && Object.values(run.phases).every((told) => told.ok !== false));
  const on = (link) => good.filter((run) => run.link === link);
  // Bytes where nothing is lost; 3G where the link of pure delay was not run.
  const clean = on('rtt').length > 0 ? on('rtt') : on('3g');
  if (clean.length === 0) return { total: Infinity, text: `| ${w.toUpperCase()} ${peer} | ${all[0].error ?? 'not whole'} |` };
  const phases = Object.keys(clean[0].phases).filter((phase) => phase !== 'again');
  const of = (list, f) => phases.map((phase) => median(list.map((run) => f(run, phase))));
  const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
  const up = of(clean, (run, phase) => run.phases[phase].up.payload);
  const down = of(clean, (run, phase) => run.phases[phase].down.payload);
  const wire = of(clean, (run, phase) => run.phases[phase].up.ip + run.phases[phase].down.ip);
  const cpu = of(good, (run, phase) => run.phases[phase].srv_cpu_s * 1000);
  const took = (link) => of(on(link), seconds).map((s) => shown(s)).join(' / ');
  const trips = of(on('rtt'), seconds).map((s) => shown(s === undefined ? s : s / RTT - 1)).join(' / ');
  const payload = up.map((bytes, place) => `${bytes} + ${down[place]}`).join(' / ');
  const total = sum(up) + sum(down);
  const cells = [payload, total, sum(wire), trips, took('3g'), took('edge'), cpu.map(Math.round).join(' / ')];
  return { total, text: `| ${w.toUpperCase()} ${NAMES[peer] ?? peer} | ${cells.join(' | ')} | ${good.length} of ${all.length} |` };
}

const back = runs.filter((run) => run.peer === 'bankhai' && run.w === 'w3' && run.phases.again);
for (const link of [...new Set(back.map((run) => run.link))]) {
  const here = back.filter((run) => run.link === link);
  // The newest fifty: the first news that tell of fifty changes more than the device had.
  const newest = median(here.map(({ phases: { pull } }) => pull.news.find((told) => told.changes >= pull.news[0].changes + 50)?.ms));
  const again = (f) => median(here.map((run) => f(run.phases.again)));
  console.log(
    `\nBản Khai, W3 on ${link}: newest 50 here after ${shown(newest / 1000, 2)} s, all after ` +
      `${shown(median(here.map((run) => run.phases.pull.client_ms)) / 1000, 2)} s; asked again, nothing changed: ` +
      `${again((told) => told.up.payload)} + ${again((told) => told.down.payload)} B, ${shown(again((told) => told.client_ms) / 1000, 2)} s.`,
  );
}
