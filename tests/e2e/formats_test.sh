#!/usr/bin/env bash
# A report of each tool's sample files: it is made, and every number of it stands the check.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
chimera=$(realpath "${CHIMERA:-$root/build/release/chimera}")
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
number=0 status=0

for data in "$root"/tests/data/formats/*/; do
    number=$((number + 1))
    if "$chimera" report "$data" --out "$work/$number" >"$work/log" 2>&1 &&
        python3 -B "$root/tests/verify_ledger.py" "$work/$number/report.facts.jsonl" --root "$data" \
            --report "$work/$number/report.md" >"$work/log" 2>&1; then
        echo "ok $number - report of $(basename "$data")"
    else
        echo "not ok $number - report of $(basename "$data")"
        tail -n 12 "$work/log" | sed 's/^/# /'
        status=1
    fi
done
echo "1..$number"
exit $status
