#!/usr/bin/env bash
# Packs the npm package as it would be published and looks at the result: can every entry be imported, do the types resolve,
# is everything in it that should be, and nothing else.

. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"
scripts/build-wasm.sh
cd www
node package-types.mjs
packed=$(mktemp -d)
trap 'rm -rf "$packed"' EXIT
npm pack --ignore-scripts --silent --pack-destination "$packed" >/dev/null 2>&1 || die "npm pack failed."
package=$(ls "$packed"/*.tgz)
node_modules/.bin/publint run "$package" --strict
# An ES module package: CommonJS and old resolution are not offered. The module, the plain scripts and JSON files have no types.
report=$(node_modules/.bin/attw "$package" --profile esm-only --no-emoji --format ascii --exclude-entrypoints ./referral-guide.wasm ./iife ./iife-js ./package.json 2>&1) || {
    say "$report"
    die "the types of the package do not resolve."
}
files=$(tar -tzf "$package" | sed 's|^package/||' | sort)
for file in LICENSE LICENSE-MIT LICENSE-APACHE src/index.js src/wasm/referral_guide_bg.wasm src/wasm/packed.js src/js/referral_guide.js dist/referral-guide.iife.js dist/referral-guide-js.iife.js types/index.d.ts types/types.d.ts policies/england.json schemas/referral.schema.json; do
    printf '%s\n' "$files" | grep -qx "$file" || die "the package lacks $file."
done
if printf '%s\n' "$files" | grep -E '(^|/)(test|demo|node_modules|\.)'; then die "the package holds what it should not."; fi
say "The package: $(printf '%s\n' "$files" | wc -l | tr -d ' ') files, $(($(wc -c <"$package") / 1024)) KB packed."
