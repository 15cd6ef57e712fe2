#!/usr/bin/env bash
# Builds the engine for WebAssembly into www/src/wasm/, with wasm-pack, makes it smaller and faster with wasm-opt, and makes the other builds
# of the package from it (scripts/build-variants.mjs).
# Does nothing when nothing changed; --force builds all the same.
#
#   WASM_OPT="-O3 --converge" what wasm-opt does: -O3 or -Oz, once or until it gains nothing
#   WASM_OPT_LEVEL="3"        what rustc does: 3, s or z; otherwise Cargo.toml decides

. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"

WASM_OPT=${WASM_OPT:--O3 --converge}
OUT=www/src/wasm
BUILD=target/wasm
PACKAGE=$BUILD/package.$$
STAMP=$BUILD/built-with
RAW=$BUILD/wasm32-unknown-unknown/release/referral_guide.wasm # as the compiler leaves it

# By name, never --all-features: that one writes what Node 20 and older browsers refuse. All of these are in every browser since 2022.
FEATURES="--enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals --enable-multivalue --enable-reference-types"

# The inlined build, the JavaScript build and the plain scripts: from the module, and only where something changed.
variants() {
    node scripts/build-variants.mjs "$RAW" "$bindgen" || die "the other builds of the module could not be made."
}

# The packs that extend another are not committed; the demo's switch offers them, so they are made where they are missing or old.
build_packs() {
    local pack folder built
    for pack in policies/*/policy.toml; do
        folder=$(dirname "$pack")
        built=$folder.json
        grep -q '^extends' "$pack" || continue
        [ -f "$built" ] && [ -z "$(find "$folder" policies/england.json -type f -newer "$built" | head -n 1)" ] && continue
        cargo run --quiet --bin referral-guide -- policy build "$folder" --out "$built" >/dev/null ||
            say "$folder cannot be built: the demo does not offer it."
    done
}

# The npm package carries copies of files that live at the root; of the policies it publishes England's alone (www/package.json).
copy_beside() {
    mkdir -p www/policies www/schemas
    build_packs
    local file
    for file in policies/*.json schemas/*.json LICENSE* README.md; do
        [ -f "$file" ] || continue
        cmp -s "$file" "www/$file" || cp "$file" "www/$file"
    done
    node www/policy-list.mjs # the demo's switch offers what is there
}

{ # read as a whole before it runs, so that editing this file does no harm to a build under way

toolchain=$(wasm_toolchain)
bindgen=$(tool wasm-bindgen "$WASM_BINDGEN_VERSION") && pack=$(tool wasm-pack "$WASM_PACK_VERSION") && [ -n "$toolchain" ] && npm_is_fresh ||
    die "something to build with is missing." "Run: scripts/setup.sh wasm"
case $toolchain in debian) compiler=$(/usr/bin/rustc --version) ;; *) compiler=$(rustc --version) ;; esac
recipe="$compiler, wasm-bindgen $WASM_BINDGEN_VERSION, rustc ${WASM_OPT_LEVEL:-as in Cargo.toml}, wasm-opt $WASM_OPT, $(cat scripts/build-wasm.sh scripts/glue.mjs | cksum)"

# One build at a time; the one that waited mostly finds nothing left to do.
mkdir -p "$BUILD"
lock=$BUILD/building
until mkdir "$lock" 2>/dev/null; do
    holder=$(cat "$lock/pid" 2>/dev/null || true)
    if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
        rm -rf "$lock" # it was stopped half-way
        continue
    fi
    [ -n "${waiting:-}" ] || { say "WebAssembly: another build is running; waiting for it." && waiting=yes; }
    sleep 1
done
trap 'rm -rf "$lock" "$PACKAGE" "${started:-}"' EXIT
echo $$ >"$lock/pid"

copy_beside
if [ "${1:-}" != --force ] && [ -f "$OUT/referral_guide_bg.wasm" ] && [ -f "$RAW" ] && [ "$(cat "$STAMP" 2>/dev/null)" = "$recipe" ] &&
    [ -z "$(find src Cargo.toml Cargo.lock -newer "$STAMP" | head -n 1)" ]; then
    say "WebAssembly: nothing changed since it was built."
    variants
    exit 0
fi

say "WebAssembly: building with $compiler."
started=$(mktemp)

# Folders of this machine stay out of the module.
remap="--remap-path-prefix=$ROOT= --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo"
case "$ROOT$HOME${CARGO_HOME:-}" in *" "*) remap= ;; esac # flags are split at spaces
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="$remap ${CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS:-}"
[ -z "${WASM_OPT_LEVEL:-}" ] || export CARGO_PROFILE_RELEASE_OPT_LEVEL=$WASM_OPT_LEVEL
# Its own folder: another compiler's files beside these, and another build's lock, only cost time.
export CARGO_TARGET_DIR="$ROOT/$BUILD"
PATH="$(dirname "$bindgen"):$PATH"
mode=no-install
extra=()
if [ "$toolchain" = debian ]; then
    # wasm-pack calls `cargo` and `rustc`: put Debian's first, alone.
    mkdir -p "$BUILD/debian"
    ln -sf /usr/bin/cargo /usr/bin/rustc "$BUILD/debian/"
    PATH="$ROOT/$BUILD/debian:$PATH"
    export RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="/usr/bin/wasm-ld-$LLD_VERSION"
    # It also looks for a ready-made std, in any mode but this one; wasm-bindgen is on the PATH, so nothing is installed.
    mode=force
    extra=(-Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size)
fi
export PATH
"$pack" --quiet build . --release --target web --mode "$mode" --no-opt --no-pack --no-gitignore --out-dir "$PACKAGE" --out-name referral_guide \
    -- --no-default-features --features wasm ${extra[@]+"${extra[@]}"} || die "the build for WebAssembly failed."

module=$PACKAGE/referral_guide_bg.wasm
# shellcheck disable=SC2086
node www/node_modules/binaryen/bin/wasm-opt $WASM_OPT $FEATURES --strip-debug --strip-producers "$module" -o "$module.small"
mv "$module.small" "$module"

# Only what the package uses of wasm-bindgen's glue, and as it needs it.
node scripts/glue.mjs "$PACKAGE" || die "the glue could not be changed."

# A module that does not run never takes the place of one that does.
echo '{ "type": "module" }' >"$PACKAGE/package.json"
node scripts/check-wasm.mjs "$PACKAGE" || die "the module was built, but does not run."

mkdir -p "$OUT"
for file in "$PACKAGE"/referral_guide*; do mv "$file" "$OUT/"; done
printf '%s' "$recipe" >"$STAMP"
touch -r "$started" "$STAMP" # what was edited meanwhile is newer
variants
exit 0
}
