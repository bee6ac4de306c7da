#!/bin/bash
# chimera scan as a user runs it.
# shellcheck disable=SC1091
. "$(dirname "$0")/e2e.sh"
make_results

exits 0 'a folder with results' "$CHIMERA" scan results
says out '^[0-9]+ facts in 3 result files' 'the first line counts facts and files'
says out 'copies/runs_of_monday.csv = runs.csv' 'copies are named'
fits 'the text fits 80 columns'
[ ! -s err ]
ok $? 'nothing on standard error'

exits 0 'JSON' "$CHIMERA" scan results --json
json 'd["schema"] == "chimera.scan/1" and d["files"] == 3 == len(d["artifacts"])' 'schema and files'
json 'd["roots"] == ["results"]' 'roots'
json '[t["files"] for t in (d["by_type"][k] for k in ("csv", "json", "markdown"))] == [2, 1, 0]' \
    'files by type'
json 'd["by_type"]["markdown"]["latest_modified"] is None' 'no file, no time'
json '[a["duplicate_of"] for a in d["artifacts"]] == ["runs.csv", None, None]' 'duplicate_of'
json 'd["artifacts"][0]["flags"] == ["duplicate"]' 'the copy has the flag'
json 'len(d["artifacts"][1]["sha256"]) == 64 and d["artifacts"][1]["modified"].endswith("Z")' \
    'sha256 and time'
json '[i["path"] for i in d["ignored"]] == ["notes.txt"]' 'ignored'
json 'd["bytes"] == sum(a["bytes"] for a in d["artifacts"])' 'bytes'

one=$("$CHIMERA" scan results --json --threads 1) four=$("$CHIMERA" scan --threads=4 --json results)
[ "$one" = "$four" ]
ok $? 'the answer does not depend on the number of threads'
exits 0 'no cache' "$CHIMERA" scan --no-cache -- results

exits 0 'all' "$CHIMERA" scan results --all
says out 'notes.txt: ' '--all names what was passed over'
exits 0 'quiet' "$CHIMERA" scan results --quiet
[ ! -s out ]
ok $? '--quiet without problems prints nothing' "$(cat out)"

mkdir broken
cp results/runs.csv broken/
printf 'a,b\n"never closed,1\n' >broken/open.csv
printf '{"model": "x", "ttft_ms": 5' >broken/cut.json
exits 0 'problems' "$CHIMERA" scan broken
says out 'cut\.json' 'the problem names its file'
exits 4 'strict' "$CHIMERA" scan broken --strict
exits 4 'strict JSON' "$CHIMERA" scan broken --strict --json
json 'd["problems"] == sorted(d["problems"], key=lambda p: (p["path"], p["line"] or 0))' \
    'problems are sorted'
json 'all(p["message"] and p["kind"] for p in d["problems"])' 'problems have kind and message'
exits 0 'strict without problems' "$CHIMERA" scan results --strict

mkdir empty
exits 4 'a folder that is not there' "$CHIMERA" scan nowhere
says err 'name a folder or a file that holds results' 'a missing folder has a remedy'
exits 4 'an empty folder' "$CHIMERA" scan empty
says err 'No result file' 'it says that there is none'
exits 4 'an empty folder, JSON' "$CHIMERA" scan empty --json
json 'd["files"] == 0 and d["artifacts"] == []' 'the JSON is whole all the same'
echo 'only,words' >empty/words.csv
exits 4 'a file without facts' "$CHIMERA" scan empty
says err 'no fact' 'it says so'
exits 4 'a folder that is missing' "$CHIMERA" scan nowhere
says err 'nowhere' 'it is named'
exits 2 'no folder' "$CHIMERA" scan
exits 2 'unknown option' "$CHIMERA" scan results --jsn
says err 'Did you mean --json\?' 'it suggests the right one'
exits 2 'unknown command' "$CHIMERA" scna results
says err 'Did you mean scan\?' 'it suggests the right one'
exits 2 'a bad number' "$CHIMERA" scan results --threads none
exits 2 'a value where none is taken' "$CHIMERA" scan results --json=yes
exits 2 'a value is missing' "$CHIMERA" scan results --threads
exits 0 'version' "$CHIMERA" --version
says out '^chimera [0-9]+\.[0-9]+\.[0-9]+$' 'the version'
exits 2 'no command' "$CHIMERA"

# Names and contents that must not reach a terminal as they are.
mkdir odd
printf 'model,ttft_ms\n\033[31mred\a,5\n' >odd/red.csv
cp results/runs.csv "odd/$(printf 'esc\033[2Jape \xe9.csv')"
printf '{"ttft_ms": ' >"odd/$(printf 'line\nend.json')"
exits 0 'odd names' "$CHIMERA" scan odd --all
fits 'no control character of data is printed'
exits 0 'odd names, JSON' "$CHIMERA" scan odd --json
json '"%E9" in d["artifacts"][0]["path"]' 'also in JSON'

long=deep/$(printf 'folder_with_a_long_name_%s/' 1 2 3 4 5)
mkdir -p "$long"
cp results/runs.csv "$long/a_file_with_quite_a_long_name_that_does_not_fit_into_eighty_columns.csv"
cp results/runs.csv "$long/b.csv"
exits 0 'long names' "$CHIMERA" scan deep results
fits 'long names fit 80 columns'
COLUMNS=50 "$CHIMERA" scan deep >out 2>&1
[ "$(wc -L <out)" -le 50 ]
ok $? 'COLUMNS is obeyed' "$(cat out)"

SOURCE_DATE_EPOCH=1 "$CHIMERA" scan results >first && SOURCE_DATE_EPOCH=1 "$CHIMERA" scan results | cmp -s - first
ok $? 'with SOURCE_DATE_EPOCH the text is the same each time'

# A terminal: bold, progress; NO_COLOR switches the bold off.
if script -qec true /dev/null >/dev/null 2>&1 </dev/null; then # there is a pseudo-terminal
    TERM=xterm script -qec "'$CHIMERA' scan results" /dev/null >out </dev/null
    grep -q $'\033\[1m' out
    ok $? 'headings are bold on a terminal'
    NO_COLOR=1 TERM=xterm script -qec "'$CHIMERA' scan results" /dev/null >out </dev/null
    ! grep -q $'\033' out
    ok $? 'NO_COLOR is honoured'
fi

# Ctrl-C while many files are read: what was read is kept and marked.
python3 - <<'PYTHON'
import os, json
os.makedirs("many")
rows = [{"model": "m", "run": i, "ttft_ms": i, "decode_tok_s": i / 7} for i in range(400)]
text = json.dumps({"results": rows})
for i in range(3000):
    open(f"many/{i:04}.json", "w").write(text)
PYTHON
cat >interrupt.py <<'PYTHON'
import signal, subprocess, sys, time
for delay in (0.05, 0.1, 0.02, 0.2, 0.4, 0.01):
    p = subprocess.Popen(sys.argv[1:], stdout=open("out", "w"), stderr=open("err", "w"),
                         preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    time.sleep(delay)
    p.send_signal(signal.SIGINT)
    if p.wait(60) == 130:
        sys.exit(130)
sys.exit(p.returncode)
PYTHON
python3 interrupt.py "$CHIMERA" scan many --json
[ $? -eq 130 ]
ok $? 'Ctrl-C: exit 130' "$(cat err)"
json 'd["partial"] is True and d["files"] < 3000' 'what was read is marked as a part'
python3 interrupt.py "$CHIMERA" facts many --stat mean
[ $? -eq 130 ]
ok $? 'Ctrl-C in facts: exit 130, no answer' "$(cat err)"
[ ! -s out ]
ok $? 'no answer from a part of the files'

# A reader that had enough.
"$CHIMERA" facts many --json 2>err | head -n 1 >/dev/null
code=${PIPESTATUS[0]}
[ "$code" -eq 141 ] && [ ! -s err ]
ok $? 'SIGPIPE ends it without a word' "exit $code: $(cat err)"
"$CHIMERA" scan results >/dev/full 2>err
[ $? -eq 4 ] && grep -q 'could not be written' err
ok $? 'a full disk is an error' "$(cat err)"
exits 4 'an empty --out is no folder, least of all /' "$CHIMERA" report results --out ''
says err 'name is empty' 'it says so'
finish
