#!/usr/bin/env bash
# Installs what is missing to build and test. Says what it does; the second time it does nothing.
#
#   scripts/setup.sh                  everything
#   scripts/setup.sh rust             Rust, rustfmt, clippy, a linker
#   scripts/setup.sh node             Node, npm and the packages of www/package-lock.json
#   scripts/setup.sh wasm             rust and node, the WebAssembly target, wasm-pack, wasm-bindgen
#   scripts/setup.sh browser          node, and Chrome or Chromium for the tests

. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

here=() # what there is, for the last line

apt_is_there() { has apt-get; }

# apt_install WHY PACKAGE…: by apt, as root or by sudo where that asks no password.
apt_updated=
apt_install() {
    local why=$1 as=()
    shift
    if [ "$(id -u)" -ne 0 ]; then
        if has sudo && sudo -n true 2>/dev/null; then as=(sudo); else
            die "$why is missing, and installing it takes root." "Run: sudo apt-get install $*"
        fi
    fi
    say "Installing $why: apt-get install $*"
    if [ -z "$apt_updated" ]; then
        ${as[@]+"${as[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get update -qq || say "  apt-get update failed; trying with the list there is"
        apt_updated=yes
    fi
    ${as[@]+"${as[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null ||
        die "apt-get could not install: $*" "Run it by hand to see why."
}

setup_rust() {
    local wanted version part
    wanted=$(sed -n 's/^rust-version *= *"\(.*\)"/\1/p' "$ROOT/Cargo.toml")
    has cargo && has rustc || die "Rust is missing." "Install it from https://rustup.rs, then run this again."
    version=$(version_of rustc --version)
    at_least "$wanted" "$version" || die "Rust $version is too old; this needs $wanted or later." "Run: rustup update stable"
    for part in rustfmt clippy; do
        if ! has "cargo-${part/rustfmt/fmt}" || ! "cargo-${part/rustfmt/fmt}" --version >/dev/null 2>&1; then
            has rustup || die "$part is missing." "Install the $part that belongs to Rust $version."
            say "Installing $part: rustup component add $part"
            rustup component add "$part"
        fi
    done
    if ! has cc && ! has gcc && ! has clang; then
        apt_is_there || die "a C compiler is missing; Rust links with it." "On macOS run: xcode-select --install"
        apt_install "a linker for Rust" gcc libc6-dev
    fi
    here+=("Rust $version")
}

setup_node() {
    local version
    has node && has npm || die "Node or npm is missing." "Install Node $NODE_MIN or later from https://nodejs.org, then run this again."
    version=$(version_of node --version)
    at_least "$NODE_MIN" "$version" || die "Node $version is too old; this needs $NODE_MIN or later."
    if ! npm_is_fresh; then
        say "Installing the packages of www/package-lock.json: npm ci"
        (cd "$ROOT/www" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) || die "npm ci failed in www/."
        cp "$ROOT/www/package-lock.json" "$ROOT/www/node_modules/.installed-from"
    fi
    here+=("Node $version" "its packages")
}

setup_wasm() {
    setup_rust
    setup_node
    setup_wasm_target
    local asked
    asked=$(sed -n 's/^wasm-bindgen *=.*"=\{0,1\}\([0-9.]*\)".*/\1/p' "$ROOT/Cargo.toml")
    [ "$asked" = "$WASM_BINDGEN_VERSION" ] ||
        die "Cargo.toml asks for wasm-bindgen $asked, scripts/versions.env for $WASM_BINDGEN_VERSION." "Make them the same."
    cargo_tool wasm-bindgen wasm-bindgen-cli "$WASM_BINDGEN_VERSION"
    cargo_tool wasm-pack wasm-pack "$WASM_PACK_VERSION"
    rm -rf "$TOOLS/build"
}

setup_wasm_target() {
    local toolchain
    toolchain=$(wasm_toolchain)
    if [ -z "$toolchain" ] && has rustup; then
        say "Installing the WebAssembly target: rustup target add $WASM_TARGET"
        if rustup target add "$WASM_TARGET"; then toolchain=$(wasm_toolchain); else
            say "  rustup cannot fetch it here."
        fi
    fi
    if [ -z "$toolchain" ]; then
        apt_is_there || die "Rust cannot build for WebAssembly yet." "Run: rustup target add $WASM_TARGET"
        apt_install "Debian's Rust for WebAssembly" rustc-web cargo-web rust-web-src "lld-$LLD_VERSION"
        toolchain=$(wasm_toolchain)
    fi
    case $toolchain in
    rustup) here+=("its WebAssembly target") ;;
    debian) here+=("Debian's Rust $(version_of /usr/bin/rustc --version) for WebAssembly") ;;
    *) die "Rust still cannot build for WebAssembly." "Run: rustup target add $WASM_TARGET" ;;
    esac
}

# cargo_tool COMMAND CRATE VERSION: compiled into the project's own folder. Low optimisation: it starts sooner than it would pay off.
cargo_tool() {
    if ! tool "$1" "$3" >/dev/null; then
        say "Compiling $2 $3 into ${TOOLS#"$ROOT"/} (some minutes, once): cargo install $2"
        env -u RUSTC -u RUSTFLAGS -u CARGO_BUILD_TARGET CARGO_TARGET_DIR="$TOOLS/build" CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
            CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_STRIP=true \
            cargo install "$2" --version "$3" --root "$TOOLS" --force --quiet || die "cargo install $2 failed."
        tool "$1" "$3" >/dev/null || die "$2 was compiled, but $TOOLS/bin/$1 does not run as version $3."
    fi
    here+=("$1 $3")
}

setup_browser() {
    setup_node
    local browser
    browser=$(node "$ROOT/www/test/e2e/find-browser.mjs" || true)
    if [ -z "$browser" ]; then
        apt_is_there || die "Chrome or Chromium is missing; the tests of the page run in it." "Install one, or name it in the variable CHROME."
        apt_install "Chromium, for the tests of the page" chromium fonts-liberation
        browser=$(node "$ROOT/www/test/e2e/find-browser.mjs") || die "Chromium was installed, but is not found." "Name it in the variable CHROME."
    fi
    here+=("$browser")
}

[ $# -gt 0 ] || set -- wasm browser
for part in "$@"; do
    case $part in
    rust | node | wasm | browser) ;;
    *) die "there is no part '$part'; the parts are rust, node, wasm, browser." ;;
    esac
done
for part in "$@"; do "setup_$part"; done

list=
for item in "${here[@]}"; do
    case "$list, " in *", $item, "*) ;; *) list="$list, $item" ;; esac
done
say "Ready: ${list#, }."
