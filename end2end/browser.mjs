// Debian's Chromium, quiet: it asks no host but the one a journey names.

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

const HERE = { locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' };

// The smallest telephone we promise to fit.
export const PHONE = { ...HERE, viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };

export const DESK = { ...HERE, viewport: { width: 1280, height: 800 } };
