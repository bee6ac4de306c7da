#!/bin/bash
# Reports are what the stored files say, the same in two runs, and their ledgers stand the check.
# After a wanted change: tests/golden/report_golden.sh --write
set -uo pipefail

CHIMERA=$(realpath "${CHIMERA:-build/release/chimera}")
root=$(cd "$(dirname "$0")/../.." && pwd)
stored=$root/tests/golden/report
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Copies with a fixed date: the report states when files were last modified.
cp -r "$root/tests/data/study" "$work/study"
find "$work/study" -exec touch -d @1767225600 {} +
cd "$work" || exit 1
export SOURCE_DATE_EPOCH=1767225600

make_reports() { # OUT
    "$CHIMERA" report study --out "$1" >"$1.log" 2>&1 &&
        "$CHIMERA" report study/twins study/cold --out "$1-small" --title 'Twins & cold starts' \
            >>"$1.log" 2>&1
}

if [ "${1:-}" = --write ]; then
    make_reports out || { cat out.log; exit 1; }
    cp out/report.md "$stored/report.md"
    cp out-small/report.html "$stored/small.html"
    exit 0
fi

number=0 status=0
report() { # OK WHAT [FILE WITH DETAILS]
    number=$((number + 1))
    [ "$1" = 0 ] && echo "ok $number - $2" && return
    echo "not ok $number - $2"
    [ -z "${3:-}" ] || head -n 40 "$3" | sed 's/^/# /'
    status=1
}

verify() { # FOLDER ROOT...
    local folder=$1 args=() root_folder
    shift
    for root_folder; do args+=(--root "$root_folder"); done
    python3 -B "$root/tests/verify_ledger.py" "$folder/report.facts.jsonl" "${args[@]}" \
        --report "$folder/report.md" >"$folder.check" 2>&1
    report $? "the ledger of $folder stands the check" "$folder.check"
}

echo 1..8
make_reports out
report $? 'two reports are written' out.log
make_reports again
diff -r out again >same.diff && diff -r out-small again-small >>same.diff
report $? 'a second run writes the same bytes' same.diff
diff -u "$stored/report.md" out/report.md >md.diff
report $? 'report.md is as stored' md.diff
diff -u "$stored/small.html" out-small/report.html >html.diff
report $? 'report.html is as stored' html.diff
verify out study
verify out-small study/twins study/cold
! grep -E '<script|src=|https?:' out/report.html >outside.txt
report $? 'the page has no script and needs nothing from elsewhere' outside.txt
"$CHIMERA" report --help | diff -u "$root/tests/golden/help/chimera-report.txt" - >help.diff
report $? 'chimera report --help is as stored' help.diff
exit $status
