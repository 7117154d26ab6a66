// A browser's profile on the disk: closed, killed, copied, and every byte of it looked at.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { launchProfile } from './browser.mjs';

// A folder that goes with the world.
export async function profile(world) {
  const folder = await mkdtemp(join(tmpdir(), 'bankhai-profile-'));
  world.closeLater({ close: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) });
  return folder;
}

// A page of the browser that lives in this folder.
export async function open(world, folder, options = {}) {
  const context = await launchProfile(folder, { serviceWorkers: 'allow', ...options });
  world.watch(context);
  world.closeLater({ close: () => context.close().catch(() => {}) });
  return context.pages()[0] ?? context.newPage();
}

// Ends every process of the browser that lives in this folder, and no other.
export function kill9(folder) {
  const listed = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8', maxBuffer: 64 << 20 });
  const pids = listed.split('\n').filter((line) => line.includes(`--user-data-dir=${folder}`)).map((line) => parseInt(line, 10));
  assert.ok(pids.length > 0, 'the browser of this profile runs');
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It went with its parent.
    }
  }
}

// Every file in it.
export async function files(folder) {
  const all = [];
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) all.push(join(entry.parentPath ?? entry.path, entry.name));
  }
  return all;
}
