#!/bin/bash
# The office in the harness: a copy of the prepared one, behind the emulated link. It says READY when it listens.
cp -a "$SEED/$W/office/." "$DATA_DIR/"
(
    until (exec 3<>"/dev/tcp/$HOST/$PORT") 2>/dev/null; do sleep 0.05; done
    echo READY
) &
export RUST_LOG=warn
exec "$BANKHAI_BIN" serve --data "$DATA_DIR" --addr "$HOST:$PORT"
