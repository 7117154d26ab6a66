// What the measurements of the browser share.

// Half of the measurements are below this one and half above.
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

// Nineteen of twenty are not above this one.
export function p95(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1];
}

// A cheap phone beside this machine: the main thread four times slower. The browser slows no worker.
export async function throttle(page, times = 4) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: times });
}

// One line for each thing measured: the median, and every round.
export function print(rounds) {
  for (const what of Object.keys(rounds[0])) {
    const all = rounds.map((each) => Math.round(each[what]));
    const unit = what.startsWith('bytes') ? 'B' : 'ms';
    console.log(`${what.padEnd(46)} ${String(median(all)).padStart(8)} ${unit}   (${all.join(', ')})`);
  }
}
