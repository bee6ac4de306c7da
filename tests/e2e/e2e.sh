# tests/e2e/e2e.sh - sourced: TAP, a temporary folder, and small results in it. Not executable.
# shellcheck shell=bash
set -uo pipefail

CHIMERA=$(readlink -f "${CHIMERA:-build/release/chimera}")
[ -x "$CHIMERA" ] || {
    echo "Bail out! there is no program; build it with make"
    exit 1
}
export LC_ALL=C.UTF-8
unset COLUMNS NO_COLOR SOURCE_DATE_EPOCH
TMP=$(mktemp -d) || exit 1
trap 'rm -rf "$TMP"' EXIT
cd "$TMP" || exit 1
number=0 failed=0

# ok STATUS WHAT [DETAIL]
ok() {
    number=$((number + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $number - $2"
    else
        echo "not ok $number - $2"
        [ -z "${3:-}" ] || echo "# ${3//$'\n'/$'\n'# }" | head -n 20
        failed=1
    fi
}

# exits CODE WHAT COMMAND...: the exit status; stdout and stderr stay in $TMP/out and $TMP/err
exits() {
    local want=$1 what=$2 code
    shift 2
    "$@" >"$TMP/out" 2>"$TMP/err" </dev/null
    code=$?
    [ "$code" -eq "$want" ]
    ok $? "$what: exit $want" "exit $code: $(cat "$TMP/err")"
}

# says FILE PATTERN WHAT
says() {
    grep -qE -- "$2" "$TMP/$1"
    ok $? "$3" "$(head -c 1000 "$TMP/$1")"
}

# json EXPRESSION WHAT: of the document d in $TMP/out, in Python
json() {
    local problem
    problem=$(python3 -c "
import json, sys
d = json.load(open(sys.argv[1]))
assert ($1), json.dumps(d)[:1500]" "$TMP/out" 2>&1)
    ok $? "$2" "$problem"
}

# fits WHAT: no line of $TMP/out is wider than 80 columns, and no control character is in it
fits() {
    local problem
    problem=$(python3 -c "
import sys, unicodedata
text = open(sys.argv[1], encoding='utf-8', newline='\n').read()
assert text, 'nothing was printed'
for line in text.split('\n'):
    wide = sum(2 if unicodedata.east_asian_width(c) in 'WF' else 0 if unicodedata.combining(c)
               else 1 for c in line)
    assert wide <= 80, (wide, line)
    assert all(unicodedata.category(c) not in ('Cc', 'Cf') for c in line), ascii(line)
" "$TMP/out" 2>&1)
    ok $? "$1" "$problem"
}

finish() {
    echo "1..$number"
    exit "$failed"
}

# Six requests of two models; the fifth failed.
make_results() {
    mkdir -p results/copies
    cat >results/runs.csv <<'CSV'
model,num_ctx,ttft_ms,decode_tok_s,error
gemma3:1b,1024,100,50.5,
gemma3:1b,2048,200,51.5,
gemma3:1b,4096,300,52.5,
llama,1024,400,20,
llama,2048,0,0,connection refused
llama,4096,600,22,
CSV
    cp results/runs.csv results/copies/runs_of_monday.csv
    cat >results/summary.json <<'JSON'
{"model": "gemma3:1b", "mean_ttft_ms": 200.0, "p95_ttft_ms": 290.0}
JSON
    echo 'plain text' >results/notes.txt
}
