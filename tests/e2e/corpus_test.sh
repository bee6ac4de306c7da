#!/usr/bin/env bash
# The shared reference corpus, where it is there: questions with known answers, look-alikes of it made from
# seeds, and reports of both in which every number stands the check.
set -u
here=$(cd "$(dirname "$0")" && pwd)
corpus=$SHARED/corpus checks=$SHARED/checks
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
number=0 status=0

say() { # OK WHAT FILE
    number=$((number + 1))
    if [ "$1" = 0 ]; then
        echo "ok $number - $2"
    else
        echo "not ok $number - $2"
        tail -n 12 "$3" | sed 's/^/# /'
        status=1
    fi
}

verified() { # DATA WHAT
    "$CHIMERA" report "$1" --out "$work/report" >"$work/log" 2>&1 &&
        python3 -B "$here/../verify_ledger.py" "$work/report/report.facts.jsonl" --root "$1" \
            --report "$work/report/report.md" >"$work/log" 2>&1
    say $? "$2: every number of the report stands the check" "$work/log"
}

if [ ! -d "$corpus" ] || [ ! -d "$checks" ]; then
    echo "1..0 # SKIP $corpus is absent"
    exit 0
fi
echo 1..12
python3 -B "$checks/corpus_check.py" "$CHIMERA" >"$work/log" 2>&1
say $? 'the corpus is read as it should be' "$work/log"
verified "$corpus" 'corpus'
for seed in 11 12 13 14 15; do
    python3 -B "$checks/make_variant.py" "$work/v" --seed "$seed" &&
        python3 -B "$checks/corpus_check.py" "$CHIMERA" --corpus "$work/v/tree" \
            --expect "$work/v/expect.json" >"$work/log" 2>&1
    say $? "look-alike of seed $seed is read as it should be" "$work/log"
    verified "$work/v/tree" "look-alike of seed $seed"
    rm -rf "$work/v"
done
exit $status
