#!/usr/bin/env bash
# Measures an audit of as many forms as England and Wales sends in a year for domestic abuse, on one thread and on two. Judges nothing.
#
#   scripts/bench-scale.sh [COUNT]      244,197 forms unless told otherwise; REFERRAL_GUIDE names another binary
#
# The forms are varied from tests/cases, always the same way. Where other work shares the cores, the time on the clock grows and
# the processor time stays: both are printed.

. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"

count=${1:-244197}
guide=${REFERRAL_GUIDE:-}
if [ -z "$guide" ]; then
    cargo build --quiet --release --bin referral-guide
    guide="${CARGO_TARGET_DIR:-target}/release/referral-guide"
fi
[ -x /usr/bin/time ] || die "GNU time is needed to measure memory." "Install: apt-get install time"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

node scripts/vary-forms.mjs "$count" >"$work/forms.ndjson"
echo "$count forms, $(du -h --apparent-size "$work/forms.ndjson" | cut -f1), on $(nproc) cores, load before the run $(cut -d' ' -f1 /proc/loadavg)"
echo
echo "| threads | time on the clock | processor time | forms a second | peak memory |"
echo "| ---: | ---: | ---: | ---: | ---: |"
for threads in 1 2; do
    /usr/bin/time -o "$work/time" -f "%e %U %S %M" "$guide" audit "$work/forms.ndjson" --out "$work/out-$threads" --threads "$threads" 2>"$work/said"
    awk -v threads="$threads" -v count="$count" '{ printf "| %d | %.1f s | %.1f s | %d | %.0f MB |\n", threads, $1, $2 + $3, count / $1, $4 / 1024 }' "$work/time"
done
cmp -s "$work/out-1/receipts.ndjson" "$work/out-2/receipts.ndjson" && cmp -s "$work/out-1/report.html" "$work/out-2/report.html" || die "one thread and two wrote different files."
echo
echo "Both wrote the same bytes: $(du -h --apparent-size "$work/out-1/receipts.ndjson" | cut -f1) of receipts, $(du -h --apparent-size "$work/out-1/report.html" | cut -f1) of report."
