// node plug.mjs RUN OUT: the harness's orchestrator with Bản Khai among its peers. The harness is a program, not a
// library: a line of it that has changed stops the run here, in words, instead of measuring something else.

import { readFileSync, writeFileSync } from 'node:fs';

const [from, to] = process.argv.slice(2);
let text = readFileSync(from, 'utf8');
function replace(before, after) {
  if (text.split(before).length !== 2) throw new Error(`the harness has changed: look for ${before}`);
  text = text.replace(before, () => after);
}
replace("rest: [BIN + '/restd', []] };", "rest: [BIN + '/restd', []], bankhai: ['bash', ['srv-bankhai.sh']] };");
replace("'pouch': ['pouch', 'c-pouch.mjs', []] };", "'pouch': ['pouch', 'c-pouch.mjs', []], bankhai: ['bankhai', 'c-bankhai.mjs', []] };");
replace("srv === 'rest' ? 'http'", "srv === 'rest' || srv === 'bankhai' ? 'http'");
replace('PORT: String(P), HOST', 'W: w, PORT: String(P), HOST');
writeFileSync(to, text);
