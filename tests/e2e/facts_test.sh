#!/bin/bash
# chimera facts as a user runs it.
# shellcheck disable=SC1091
. "$(dirname "$0")/e2e.sh"
make_results
facts() { "$CHIMERA" facts results "$@"; }

exits 0 'a list' facts
says out '^[0-9]+ facts; 2 left out because their rows failed; 12 copies left out' 'what is left out is said'
fits 'the list fits 80 columns'
exits 0 'a wide list' facts --wide
says out 'offset' '--wide has all columns'

exits 0 'JSON' facts --where metric=ttft --json
json 'd["schema"] == "chimera.facts/1" and len(d["facts"]) == 7' 'schema and number of facts'
json 'd["excluded"] == 1 and d["duplicates"] == 6' 'what was left out is counted'
json 'd["facts"][0]["value"] == 0.1 and d["facts"][0]["text"] == "100"' 'value in base unit, text as written'
json 'd["facts"][0]["unit"] == "s" and d["facts"][0]["statistic"] == "sample"' 'unit and statistic'
json 'd["facts"][0]["subject"] == {"model": "gemma3:1b", "num_ctx": "1024"}' 'subject'
json 'd["facts"][0]["source"] == {"root": 0, "path": "runs.csv", "pointer": None, "row": 1,
    "column": "ttft_ms", "line": 2, "offset": 56}' 'source'
json 'open("results/runs.csv", "rb").read()[56:59] == b"100"' 'the offset is right'
json '[f for f in d["facts"] if f["source"]["path"] == "summary.json"][0]["source"]["pointer"]
    in ("/mean_ttft_ms", "/p95_ttft_ms")' 'a pointer in JSON'
json 'all(f["source"]["row"] is None for f in d["facts"] if f["source"]["pointer"])' 'no row in JSON'

exits 0 'everything' facts --all --json
json 'd["excluded"] == 0 == d["duplicates"] and any("failed_run" in f["flags"] for f in d["facts"])' \
    '--all lists failed rows'
json 'any("duplicate" in f["flags"] for f in d["facts"])' '--all lists copies'
exits 0 'failures' facts --where 'flag=failed_run path=runs.csv' --json
json 'sorted(f["text"] for f in d["facts"]) == ["0", "0"]' 'a condition on failures includes them'
json 'all("zero_on_error" in f["flags"] for f in d["facts"])' 'zeros of a failure are marked'
exits 0 'a copy by its name' facts --where 'path=copies/runs_of_monday.csv metric=ttft' --json
json 'len(d["facts"]) == 5 and d["duplicates"] == 0' 'a query that names a copy uses it'

exits 0 'statistics' facts --where 'metric=ttft statistic=sample' --stat mean,median,max,stddev,p50,count --json
json 'len(d["groups"]) == 1 and d["groups"][0]["group"] == {}' 'one row without --group'
json '(d["groups"][0]["n"], d["groups"][0]["excluded"], d["groups"][0]["duplicates"]) == (5, 1, 6)' 'counts'
json 'abs(d["groups"][0]["stats"]["mean"] - 0.32) < 1e-12' 'mean'
json 'd["groups"][0]["stats"]["median"] == 0.3 == d["groups"][0]["stats"]["p50"]' 'median by both names'
exits 0 'groups' facts --where 'metric=ttft statistic=sample' --group model --stat mean,p95 --json
json '[g["group"]["model"] for g in d["groups"]] == ["gemma3:1b", "llama"]' 'groups'
json '[g["n"] for g in d["groups"]] == [3, 2] and "p95_needs_59" in d["groups"][0]["notes"]' 'n and notes'
exits 0 'numeric groups' facts --where 'metric=ttft num_ctx<=2048' --group num_ctx --stat max --json
json '[g["group"]["num_ctx"] for g in d["groups"]] == ["1024", "2048"]' 'numbers ascend'
exits 0 'statistics are not mixed' facts --where metric=ttft --stat mean --json
json 'sorted(g["group"]["statistic"] for g in d["groups"]) == ["mean", "p95", "sample"]' 'a row for each statistic'
exits 0 'an unknown key' facts --where 'metric=ttft statistic=sample' --group colour --stat mean --json
json 'd["groups"][0]["group"] == {"colour": None} and "unknown_key:colour" in d["groups"][0]["notes"]' \
    'its value is null, and a note'
exits 0 'nothing matches' facts --where metric=nothing --stat mean,stddev --json
json 'd["groups"][0]["n"] == 0 and d["groups"][0]["stats"] == {"mean": None, "stddev": None}' 'a row of nothing'
exits 0 'nothing matches, grouped' facts --where metric=nothing --group model --stat mean --json
json 'd["groups"] == []' 'no rows'
exits 0 'all in statistics' facts --where 'metric=ttft path=runs.csv' --stat mean --all --json
json 'd["groups"][0]["n"] == 6 and d["groups"][0]["excluded"] == 0' '--all uses failed rows'

exits 0 'text' facts --where metric=ttft --group model --stat mean,p95,min,max,stddev,median,p99,cv
fits 'statistics fit 80 columns'
exits 0 'many columns' facts --group path,model,num_ctx,metric,statistic --stat mean,p95,min,max,stddev,median
fits 'many columns fit 80 columns'
exits 0 'explain' facts --where metric=ttft --explain
says out 'connection refused' '--explain gives the reason of failures'
says out 'copies of runs.csv' '--explain names the original of copies'
says out 'divided by 1000' '--explain tells the unit conversion'
fits '--explain fits 80 columns'

exits 0 'CSV' facts --where metric=ttft --csv
python3 -c "
import csv
rows = list(csv.DictReader(open('out')))
assert len(rows) == 7 and rows[0]['value'] == '0.1' and rows[0]['model'] == 'gemma3:1b', rows
assert rows[0]['offset'] == '56' and rows[0]['line'] == '2'
" 2>err
ok $? 'CSV reads back' "$(cat err)"
exits 0 'CSV of statistics' facts --where metric=ttft --group model --stat mean,count --csv
python3 -c "
import csv
rows = list(csv.DictReader(open('out')))
assert [r['n'] for r in rows if r['statistic'] == 'sample'] == ['3', '2'], rows" 2>err
ok $? 'CSV of statistics reads back' "$(cat err)"
exits 0 'limit' facts --limit 3 --json
json 'len(d["facts"]) == 3 and d["unlisted"] > 0' '--limit'
exits 0 'limit in text' facts --limit 1
says out '^1 fact; [0-9]+ more past --limit' '--limit says how many more there are'

exits 2 'a bad expression' facts --where 'metric ttft'
says err 'key=value' 'it says what to write'
exits 2 'a bad flag' facts --where flag=failed
says err 'failed_run' 'it names the flag that is near'
exits 2 'a bad statistic' facts --stat meen
says err 'Did you mean mean\?' 'it suggests the right one'
exits 2 'group without stat' facts --group model
exits 2 'JSON and CSV' facts --json --csv
exits 2 'explain and JSON' facts --json --explain
exits 2 'an option twice' facts --where a=1 --where b=2
exits 0 'a key that no fact has' facts --where metrc=ttft
says out "No fact has the key 'metrc'. Did you mean metric\?" 'it names the key that is near'
exits 0 'a metric that no fact has' facts --where metric=ttfft --stat mean
says out "No fact has the metric 'ttfft'. Did you mean ttft\?" 'it names the metric that is near'
exits 0 'a group of no fact' facts --where metric=ttft --group modl --stat n,mean
says out 'Did you mean model\?' 'it suggests the key'
says out '^modl +statistic +n +failed +copies +mean$' 'n is shown once'
exits 2 'unknown option' facts --were metric=ttft
says err 'Did you mean --where\?' 'it suggests the right one'
exits 2 'no folder' "$CHIMERA" facts
exits 4 'a folder that is missing' "$CHIMERA" facts nowhere
mkdir empty
exits 4 'an empty folder' "$CHIMERA" facts empty
says err 'No result file' 'it says so'
exits 0 'help' "$CHIMERA" facts --help
fits 'help fits 80 columns'

# Values that a terminal or a reader must survive.
mkdir odd
printf 'model,ttft_ms,decode_tok_s\n\033[31mred\033[0m,5,nan\n日本語のモデルの長い名前です日本語のモデルの長い名前です,6,inf\n"a,""b""",7,1e400\n' >odd/x.csv
exits 0 'odd values' "$CHIMERA" facts odd
fits 'no control character of data is printed, wide letters are counted'
exits 0 'odd values, JSON' "$CHIMERA" facts odd --all --json
json 'all(f["value"] is None for f in d["facts"] if f["metric"] == "decode_tps")' 'not finite is null'
json '[f["text"] for f in d["facts"] if f["metric"] == "decode_tps"] == ["nan", "inf", "1e400"]' 'the text is kept'
json 'd["facts"][0]["subject"]["model"] == "\x1b[31mred\x1b[0m"' 'JSON keeps the bytes'
exits 0 'odd values, CSV' "$CHIMERA" facts odd --csv
python3 -c "
import csv
rows = list(csv.DictReader(open('out')))
assert rows[-1]['model'] == 'a,\"b\"', rows" 2>err
ok $? 'CSV quotes' "$(cat err)"

# A twin: the same table in Markdown beside its CSV.
mkdir twins
printf 'model,ttft_ms\na,10.26\nb,20\n' >twins/t.csv
printf '| model | ttft_ms |\n|---|---|\n| a | 10.3 |\n| b | 21 |\n' >twins/t.md
exits 0 'twins' "$CHIMERA" facts twins --stat mean --json
json '(d["groups"][0]["n"], d["groups"][0]["duplicates"]) == (3, 1)' 'what agrees as far as it was written is a copy'
exits 0 'a named twin' "$CHIMERA" facts twins --where type=markdown --stat mean --json
json '(d["groups"][0]["n"], d["groups"][0]["duplicates"]) == (2, 0)' 'a query for one twin uses that twin'
finish
