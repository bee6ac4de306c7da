#!/usr/bin/env python3
"""Golden cases of docs/facts.md: what `chimera facts` and `chimera scan` must answer. Prints TAP.

usage: facts_golden.py [CASE.json ...]       default: all files in tests/golden/facts
CHIMERA  the program            (default build/release/chimera)
SHARED   folder with corpus/    (default ../shared; cases over it are skipped where it is absent)

A case: {"title", "rule", "data", "checks": [{"command": "facts"|"scan", "args": [...], "expect": {...}}]}.
data is "corpus" or a folder of this repository. expect holds a subset of the answer:
  facts_count, groups_count     exact numbers
  facts, groups                 each entry must be found among the answer's; numbers to 1e-9 relative,
                                dictionaries as subsets, flags and notes as subsets. A fact's row, column,
                                pointer, line, offset and path are looked up in its source. Besides:
                                not_flags [..], subject_absent [..], definition_absent true
  artifact, problem             scan: one artifact of this path (is_duplicate: true|false), one problem
"""
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CASES = os.path.join(ROOT, "tests", "golden", "facts")
SOURCE_KEYS = ("row", "column", "pointer", "line", "offset", "path")
SUBSET_LISTS = ("flags", "notes")
TIMEOUT_S = 120


def is_number(x):
    return isinstance(x, (int, float)) and not isinstance(x, bool)


def differs(want, got, where=""):
    """None where `got` holds everything that `want` says, else a sentence."""
    if isinstance(want, dict):
        if not isinstance(got, dict):
            return f"{where or 'answer'}: got {got!r}, expected an object"
        for key, value in want.items():
            why = differs_at(key, value, got, f"{where}.{key}" if where else key)
            if why:
                return why
        return None
    if is_number(want) and is_number(got):
        return None if abs(got - want) <= 1e-9 * max(abs(want), 1e-300) else f"{where}: got {got!r}, expected {want!r}"
    if type(want) is not type(got) or want != got:
        return f"{where}: got {got!r}, expected {want!r}"
    return None


def differs_at(key, value, got, where):
    if key == "not_flags":
        both = sorted(set(value) & set(got.get("flags") or []))
        return f"{where}: got the flags {both}, expected none of them" if both else None
    if key == "subject_absent":
        both = sorted(k for k in value if (got.get("subject") or {}).get(k))
        return f"{where}: got subject {both}, expected none" if both else None
    if key == "definition_absent":
        return f"definition: got {got.get('definition')!r}, expected none" if got.get("definition") else None
    if key == "is_duplicate":
        is_copy = got.get("duplicate_of") is not None and got.get("duplicate_of") is not False
        return None if is_copy == value else f"{where}: got {is_copy}, expected {value}"
    if key in SUBSET_LISTS:
        missing = sorted(set(value) - set(got.get(key) or []))
        return f"{where}: got {got.get(key)!r}, expected {missing} among them" if missing else None
    if key not in got:
        return f"{where}: missing, expected {value!r}"
    return differs(value, got[key], where)


def flat(fact):
    """A fact with the keys of its source beside its own."""
    source = fact.get("source") or {}
    return {**fact, **{k: source[k] for k in SOURCE_KEYS if k in source}}


def nearest(want, candidates):
    """(index, None) of a candidate that fits, else (None, why the best one does not)."""
    best = None
    for i, got in enumerate(candidates):
        why = differs(want, got)
        if not why:
            return i, None
        # The best miss is the one that fits most single expectations.
        fit = sum(1 for k, v in want.items() if not differs({k: v}, got))
        if best is None or fit > best[0]:
            best = (fit, why)
    return None, best[1] if best else "got nothing"


def find_all(kind, wants, candidates):
    """Each want takes a candidate of its own."""
    left = list(candidates)
    for want in wants:
        at, why = nearest(want, left)
        if at is None:
            yield f"{kind} {short(want)}: {why}"
        else:
            left.pop(at)


def short(value):
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 160 else text[:157] + "..."


def check_facts(expect, doc):
    if doc.get("schema") != "chimera.facts/1":
        yield f"schema: got {doc.get('schema')!r}, expected 'chimera.facts/1'"
    for kind in ("facts", "groups"):
        if kind not in expect and f"{kind}_count" not in expect:
            continue
        got = doc.get(kind)
        if not isinstance(got, list):
            yield f"{kind}: missing in the answer"
            continue
        if expect.get(f"{kind}_count", len(got)) != len(got):
            yield f"{kind}: got {len(got)}, expected {expect[f'{kind}_count']}"
        got = [flat(f) for f in got] if kind == "facts" else got
        yield from find_all(kind[:-1], expect.get(kind, []), got)


def check_scan(expect, doc):
    if doc.get("schema") != "chimera.scan/1":
        yield f"schema: got {doc.get('schema')!r}, expected 'chimera.scan/1'"
    if "artifact" in expect:
        want = expect["artifact"]
        got = [a for a in doc.get("artifacts", []) if a.get("path") == want["path"]]
        if len(got) != 1:
            yield f"artifact {want['path']}: got {len(got)}, expected 1"
        else:
            why = differs(want, got[0])
            if why:
                yield f"artifact {want['path']}: {why}"
    if "problem" in expect:
        want = expect["problem"]
        got = [p for p in doc.get("problems", []) if p.get("path") == want["path"]]
        if nearest(want, got)[0] is None:
            yield f"problem {short(want)}: got {short(got)}"


class Runner:
    def __init__(self):
        self.chimera = os.environ.get("CHIMERA") or os.path.join(ROOT, "build", "release", "chimera")
        self.shared = os.environ.get("SHARED") or os.path.join(ROOT, "..", "shared")
        self.scans = {}
        self.cache = tempfile.TemporaryDirectory(prefix="chimera-golden-")
        self.env = {**os.environ, "XDG_CACHE_HOME": self.cache.name, "NO_COLOR": "1"}

    def folder(self, data):
        return os.path.join(self.shared, "corpus") if data == "corpus" else os.path.join(ROOT, data)

    def ask(self, command, folder, args):
        line = [self.chimera, command, folder, *args, "--json"]
        p = subprocess.run(line, capture_output=True, timeout=TIMEOUT_S, env=self.env, check=False)
        if p.returncode != 0:
            said = p.stderr.decode("utf-8", "replace").strip().splitlines()
            raise RuntimeError(f"exit {p.returncode}: {said[0] if said else 'no message'}")
        return json.loads(p.stdout)

    def answer(self, check, folder):
        if check.get("command", "facts") == "facts":
            return self.ask("facts", folder, check.get("args", []))
        key = (folder, tuple(check.get("args", [])))
        if key not in self.scans:
            self.scans[key] = self.ask("scan", folder, check.get("args", []))
        return self.scans[key]

    def failures(self, case):
        folder = self.folder(case["data"])
        for check in case["checks"]:
            scan = check.get("command", "facts") == "scan"
            name = " ".join([check.get("command", "facts"), *check.get("args", [])])
            try:
                found = (check_scan if scan else check_facts)(check["expect"], self.answer(check, folder))
                for why in found:
                    yield f"{name}: {why}"
            except (RuntimeError, OSError, ValueError, KeyError, subprocess.TimeoutExpired) as e:
                yield f"{name}: no answer: {e}"


def main():
    paths = sys.argv[1:] or sorted(os.path.join(CASES, n) for n in os.listdir(CASES) if n.endswith(".json"))
    runner = Runner()
    failed = 0
    for number, path in enumerate(paths, 1):
        with open(path, encoding="utf-8") as f:
            case = json.load(f)
        title = f"{os.path.basename(path)[:-5]}: {case['title']}".replace("#", " ")
        if case["data"] == "corpus" and not os.path.isdir(runner.folder("corpus")):
            print(f"ok {number} # skip ../shared/corpus is absent")
            continue
        why = list(runner.failures(case))
        print(f"{'not ok' if why else 'ok'} {number} - {title}")
        for line in why:
            print("# " + line.replace("\n", " "))
        failed += bool(why)
        sys.stdout.flush()
    print(f"1..{len(paths)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
