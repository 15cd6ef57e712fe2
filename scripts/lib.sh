# Shared by the scripts; to be sourced. Works with bash 3.2 (macOS) and later.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=versions.env
. "$ROOT/scripts/versions.env"

WASM_TARGET=wasm32-unknown-unknown
# A place that outlives one clone may be given, so that the tools are compiled once.
TOOLS="${REFERRAL_GUIDE_TOOLS:-$ROOT/.tools}"

say() { printf '%s\n' "$*"; }
die() {
    printf 'error: %s\n' "$1" >&2
    shift
    for line in "$@"; do printf '       %s\n' "$line" >&2; done
    exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

# at_least 1.88 1.95.0: is the second version the first one or later?
at_least() {
    local IFS=. want have n
    # shellcheck disable=SC2206
    want=($1) have=($2)
    for n in 0 1 2; do
        [ "${have[n]:-0}" -gt "${want[n]:-0}" ] && return 0
        [ "${have[n]:-0}" -lt "${want[n]:-0}" ] && return 1
    done
    return 0
}

# The first number of the shape 1.2 or 1.2.3 in what a command prints.
version_of() { "$@" 2>/dev/null | grep -oE '[0-9]+\.[0-9]+(\.[0-9]+)?' | head -n 1; }

# tool NAME VERSION: the path of that very version, in the project's own folder or else on the PATH.
tool() {
    local path
    for path in "$TOOLS/bin/$1" "$(command -v "$1" || true)"; do
        if [ -x "$path" ] && [ "$(version_of "$path" --version)" = "$2" ]; then
            printf '%s\n' "$path"
            return 0
        fi
    done
    return 1
}

# Which toolchain can build for WebAssembly: `rustup` (or any cargo on the PATH with the target), `debian`, or nothing.
wasm_toolchain() {
    local libraries
    libraries=$(rustc --print target-libdir --target "$WASM_TARGET" 2>/dev/null || true)
    if [ -n "$libraries" ] && ls "$libraries"/libcore-*.rlib >/dev/null 2>&1; then
        say rustup
    elif [ -x /usr/bin/cargo ] && [ -x /usr/bin/rustc ] && [ -x "/usr/bin/wasm-ld-$LLD_VERSION" ] &&
        [ -f /usr/lib/rustlib/src/rust/library/std/Cargo.toml ]; then
        say debian
    fi
}

# Does node_modules hold what package-lock.json says?
npm_is_fresh() { cmp -s "$ROOT/www/package-lock.json" "$ROOT/www/node_modules/.installed-from"; }
