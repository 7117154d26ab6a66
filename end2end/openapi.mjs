// Every address of /openapi.json is tried with bytes somebody made up, without a name and as an administrator's program:
// nothing breaks the office, and it answers nothing the document does not speak of. `node openapi.mjs [SECONDS]`, over an
// office of its own.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { startOffice } from './office.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TOOL = join(ROOT, 'target/schemathesis/bin/schemathesis');
const SECONDS = Number(process.argv[2] ?? 20);
// The same made-up bytes each time: what was red stays red until it is repaired.
const SEED = '20261125';

// Streams never end: /events is listened to by tests of its own.
function run(office, headers) {
  const args = [
    'run', office.url('/openapi.json'),
    '--checks', 'not_a_server_error,status_code_conformance,content_type_conformance',
    '--exclude-path', '/events',
    '--phases', 'coverage,fuzzing',
    '--mode', 'all',
    '--max-time', String(SECONDS),
    '--max-examples', '12',
    '--seed', SEED,
    '--request-timeout', '10',
    '--suppress-health-check', 'all',
    '--warnings', 'off',
    '--no-shrink',
    ...headers.flatMap((header) => ['--header', header]),
  ];
  const env = { ...process.env, SCHEMATHESIS_HOOKS: 'schemathesis_bodies', PYTHONPATH: join(ROOT, 'end2end') };
  const child = spawn(TOOL, args, { cwd: join(ROOT, 'target'), env, stdio: 'inherit' });
  return new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
}

const office = await startOffice();
let failed = 0;
let passed = 0;
try {
  const said = await office.command('admin', '--data', office.data, 'token', 'quantri', '--until', '2099-12-31');
  const token = said.split(/\s+/).find((word) => word.length > 30);
  if (!token) throw new Error(`no token: ${said}`);
  for (const [who, headers] of [['without a name', []], ['as an administrator', [`Authorization: Bearer ${token}`]]]) {
    const code = await run(office, headers);
    console.log(`${code === 0 ? 'ok  ' : 'FAIL'} every address, ${who}`);
    if (code === 0) passed += 1;
    else failed += 1;
  }
} finally {
  if (failed > 0) console.log(office.lastWords());
  await office.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
