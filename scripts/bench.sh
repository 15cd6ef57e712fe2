#!/usr/bin/env bash
# Measures; judges nothing. Rust by criterion, the built package in Node and Chromium by www/bench/*.mjs, and the size of every
# entry against its budget.

. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"
scripts/setup.sh wasm
scripts/build-wasm.sh
node scripts/check-wasm.mjs www/src/wasm
node www/sizes.mjs
if ls www/bench/*.mjs >/dev/null 2>&1; then
    for bench in www/bench/*.mjs; do node "$bench"; done
fi
if ls benches/*.rs >/dev/null 2>&1; then cargo bench --quiet --profile native; fi
