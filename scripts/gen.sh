#!/usr/bin/env bash
# Makes the files that are generated: policies/*.json from the folders beside them, England's as the web build embeds it, docs/why.md
# from its examples, schemas/ from the Rust types,
# www/src/types.d.ts from the schemas. All are committed but for the packs that extend another: those repeat it whole, so
# git ignores them, and here they are made, checked and tested.
#
#   scripts/gen.sh            makes them
#   scripts/gen.sh --check    changes nothing; fails where one is stale

. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"

npm_is_fresh || scripts/setup.sh node
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
mkdir -p "$made/policies" "$made/schemas/pack" "$made/src/policy" "$made/docs"

cargo build --quiet --bin referral-guide
guide="${CARGO_TARGET_DIR:-target}/debug/referral-guide"
for name in referral report policy outcome pack/{policy,settings,sources,words,concepts,facets,empty,questions,indicators,findings,asks,locales}; do
    "$guide" schema "$name" >"$made/schemas/$name.schema.json"
done
broken=
for pack in policies/*/policy.toml; do
    name=$(basename "$(dirname "$pack")")
    { "$guide" policy check "policies/$name" && "$guide" policy build "policies/$name" --out "$made/policies/$name.json"; } >/dev/null ||
        { broken=yes && say "policies/$name cannot be built."; }
    "$guide" policy test "policies/$name" >"$made/cases" || { broken=yes && cat "$made/cases"; }
done
"$guide" policy build policies/england --embedded --out "$made/src/policy/embedded.json" >/dev/null || broken=yes
"$guide" policy why policies/england --output "$made/docs/why.md" || broken=yes
if [ "${1:-}" = --check ]; then
    node --input-type=module -e '
        import { writeFileSync } from "node:fs";
        import { pathToFileURL } from "node:url";
        const { types } = await import(pathToFileURL("scripts/gen-types.mjs").href);
        writeFileSync(process.argv[1] + "/types.d.ts", await types(pathToFileURL(process.argv[1] + "/schemas/")));
    ' "$made"
    stale=0
    for file in "$made"/policies/*.json "$made"/src/policy/*.json "$made"/docs/*.md "$made"/schemas/*.json "$made"/schemas/pack/*.json "$made/types.d.ts"; do
        [ -f "$file" ] || continue
        ! grep -qs '^extends' "policies/$(basename "$file" .json)/policy.toml" || continue # not committed
        case $file in */types.d.ts) committed=www/src/types.d.ts ;; *) committed=${file#"$made"/} ;; esac
        cmp -s "$file" "$committed" || { say "$committed is stale."; stale=1; }
    done
    [ -z "$broken" ] || die "a policy pack cannot be built."
    [ "$stale" -eq 0 ] || die "generated files are stale." "Run: make gen"
    say "Every generated file is fresh."
    exit 0
fi
# A file that stays the same keeps its time, so nothing is built again for it.
for file in "$made"/policies/*.json "$made"/src/policy/*.json "$made"/docs/*.md "$made"/schemas/*.json "$made"/schemas/pack/*.json; do
    [ -f "$file" ] || continue
    committed=${file#"$made"/}
    mkdir -p "$(dirname "$committed")"
    cmp -s "$file" "$committed" || { cp "$file" "$committed" && say "made $committed"; }
done
node scripts/gen-types.mjs "$made/types.d.ts"
cmp -s "$made/types.d.ts" www/src/types.d.ts || { mkdir -p www/src && cp "$made/types.d.ts" www/src/types.d.ts && say "made www/src/types.d.ts"; }
[ -z "$broken" ] || die "a policy pack cannot be built; the other files are made."
