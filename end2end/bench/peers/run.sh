#!/bin/sh
# Bản Khai beside its peers, in the same run: `sh end2end/bench/peers/run.sh HARNESS SCRATCH`. README.md beside the
# bench says what it needs and what it prints.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
harness=${1:?the folder of the peers\' harness}
scratch=${2:?a scratch folder outside the repository}
if [ -z "${BANKHAI_BIN:-}" ]; then
    (cd "$here/../../.." && cargo build --release --package server)
    BANKHAI_BIN=$here/../../../target/release/bankhai
fi
[ -f "$scratch/results/facts-whole.jsonl" ] || sh "$harness/setup.sh" "$scratch"
scratch=$(cd "$scratch" && pwd)
export BANKHAI_BIN SEED="$scratch/seed"
cp "$here"/*.mjs "$here/srv-bankhai.sh" "$scratch/node/"
cd "$scratch/node"
node plug.mjs run.mjs run-bankhai.mjs
[ -f "$SEED/ready" ] || node prepare.mjs "$scratch/data" "$SEED"

out=$scratch/results/peers.jsonl
rm -f "$out"
measure() {
    node run-bankhai.mjs --id=9 --out="$out" --reps="${REPS:-3}" --links="${LINKS:-rtt,edge,3g}" --timeout=300 "$@"
}
measure --w=w1,w2 --peers="${PEERS:-bankhai,rest-one,rest-batchgz,loro-est,yws-est,am-est}"
measure --w=w3 --peers="${W3_PEERS:-bankhai,rest-one,rest-batchgz,loro-est}"
node table.mjs "$out"
