#!/usr/bin/env bash
# Runs every test and check, goes on after a failure, and ends with one line: N passed, N failed.
#
#   scripts/test.sh            everything, after setting up what is missing
#   scripts/test.sh check      only what is quick and needs no browser and no WebAssembly: formatting, lints, Rust's tests

. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
set +e
cd "$ROOT"

passed=0
failed=0
summary=()
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# step TITLE KIND COMMAND…: KIND is how its output counts: `cargo` and `node` count tests, `check` is one check.
step() {
    local title=$1 kind=$2 began=$SECONDS status ok=0 bad=0
    shift 2
    printf '\n=== %s\n' "$title"
    "$@" 2>&1 | tee "$log"
    status=${PIPESTATUS[0]}
    case $kind in
    cargo)
        ok=$(sum 's/^test result: [a-zA-Z]*\. \([0-9]*\) passed; .*/\1/p')
        bad=$(sum 's/^test result: .* passed; \([0-9]*\) failed; .*/\1/p')
        ;;
    node)
        ok=$(sum 's/^[^0-9a-zA-Z]* pass \([0-9]*\)$/\1/p')
        bad=$(sum 's/^[^0-9a-zA-Z]* \(fail\|cancelled\) \([0-9]*\)$/\2/p')
        ;;
    check) [ "$status" -eq 0 ] && ok=1 ;;
    esac
    # What fails without a failed test, or runs no test at all, is a failure too.
    if [ "$bad" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$ok" -eq 0 ]; }; then bad=1; fi
    passed=$((passed + ok))
    failed=$((failed + bad))
    summary+=("$(printf '%-6s %5d passed %4d failed %5d s  %s' "$([ "$bad" -eq 0 ] && echo ok || echo FAILED)" "$ok" "$bad" $((SECONDS - began)) "$title")")
}
sum() { sed -n "$1" "$log" | awk '{ total += $1 } END { print total + 0 }'; }
in_www() { (cd www && "$@"); }

checks() {
    step "Rust is formatted (cargo fmt)" check cargo fmt --all --check
    step "Rust has no lints (clippy)" check cargo clippy --quiet --all-targets -- -D warnings
    step "Rust for WebAssembly has no lints (clippy)" check cargo clippy --quiet --lib --no-default-features --features wasm -- -D warnings
    step "Tests of Rust (cargo test)" cargo cargo test --quiet --no-fail-fast
    step "Generated files are fresh" check scripts/gen.sh --check
    step "JavaScript is formatted (prettier)" check in_www node_modules/.bin/prettier --check --log-level warn . "../scripts/*.mjs"
    step "JavaScript has no lints (eslint)" check in_www node_modules/.bin/eslint . --max-warnings 0
}

case ${1:-all} in
check)
    scripts/setup.sh rust node || exit 1
    checks
    ;;
all)
    scripts/setup.sh || { say "0 passed, 1 failed"; exit 1; }
    checks
    step "The WebAssembly package builds and runs" check scripts/build-wasm.sh
    step "JavaScript's types agree (tsc)" check in_www node_modules/.bin/tsc -p tsconfig.json
    step "Tests of the package in Node" node in_www node test/run.mjs test/unit test/parity test/consumers
    step "Tests of the page in Chromium" node in_www node test/run-browser.mjs
    step "The package is fit to publish (publint, attw)" check scripts/check-package.sh
    ;;
*) die "there is no '$1' to run; say nothing, or check." ;;
esac

printf '\n'
printf '%s\n' "${summary[@]}"
printf '\nin %d min %d s\n' $((SECONDS / 60)) $((SECONDS % 60))
say "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
