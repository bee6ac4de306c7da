#!/usr/bin/env python3
"""tests/verify_ledger.py passes a right ledger and fails every kind of wrong one. Prints TAP.

Each case starts from the same small folder of results, its ledger and its report, changes one
thing, and looks for the failure that must follow.
"""
import copy
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from urllib.parse import quote

VERIFIER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "verify_ledger.py")

RUNS = b"""model,speed,size,error
-,tok/s,MiB,-
alpha,10.5,"1,024 MiB",
alpha,12,2048 MiB,
beta,11.25,1 MiB,timed out
alpha,15,3 MiB,
beta,9.75,4 MiB,
beta,13.5,5 MiB,
"""
T_BOUND = 2.570581835636314  # scipy.stats.t.ppf(0.975, 5), SciPy 1.17.1
SPEEDS = ["10.5", "12", "11.25", "15", "9.75", "13.5"]
FILES = {
    "a/runs.csv": RUNS,
    "summary.json": b'{"all": [{"a/b": 1}, {"a/b": 76.88, "text": "3.5 GB", "bad": NaN}]}\n',
    "log.jsonl": b'{"ms": 5}\n{"ms": 7.25}\n',
    "packed.csv.gz": gzip.compress(b"ms\n250\n", mtime=0),
    "decimal.csv": b"name;share\nx;63,5\n",
    "cell.csv": b'name,data\nx,"{""ms"": 42}"\n',
    "wide.csv": "ms\n8.5\n".encode("utf-16"),
    "twice.csv": "\ufeffms\n8.5\n".encode("utf-16-le").decode("latin-1").encode(),
    "old.csv": "name,ms\ncaf\u00e9,6\n".encode("latin-1"),
    "\u00e4 b.csv": b"ms\n31\n",
}


def operand(path, text, row=None, column=None, after=0, **more):
    """A place of text in a file, at the first byte from `after` on where it stands."""
    raw = FILES[path]
    content = gzip.decompress(raw) if more.get("gzip") else raw
    data = more.pop("data", text.encode())
    return {
        "root": 0, "path": quote(path), "sha256": hashlib.sha256(raw).hexdigest(), "pointer": None,
        "row": row, "column": column, "line": None, "offset": content.index(data, after),
        "length": len(data), "text": text, "scale": "1", **more,
    }


def whole(path):
    return {"root": 0, "path": path, "sha256": hashlib.sha256(
        FILES[path]).hexdigest(), "offset": None}


def speeds():
    return [operand("a/runs.csv", text, row, "speed", RUNS.index(b"alpha"))
            for row, text in enumerate(SPEEDS, 1)]


def good_lines():
    """(id, printed text, value, formula, operands or the id of the line that has them, more)"""
    second = {"pointer": "/all/1/a~1b"}
    files = [whole("a/runs.csv"), whole("summary.json")]
    wide = {"data": "8.5".encode("utf-16-le"), "encoding": "utf-16le"}
    twice = {"data": b"8\x00.\x005\x00", "encoding": "utf-16-in-utf-8"}
    half = (3.825 / 6) ** 0.5  # the standard error of the mean of SPEEDS
    one = "x"
    return [
        ("n1", "2", 2, "files(x)", files, {}),
        ("n2", "0.22", len(RUNS) + len(FILES["summary.json"]), "bytes(x)", "n1",
         {"print_scale": 1 / 1024}),
        ("n3", "6", 6, "count(x)", speeds(), {}),
        ("n4", "12.0", 12, "mean(x)", "n3", {}),
        ("n5", "11.63", 11.625, "median(x)", "n3", {}),
        ("n6", "2", 3.825 ** 0.5, "stddev(x)", "n3", {}),
        ("n7", "9.75", 9.75, "min(x)", "n3", {}),
        ("n8", "15", 15, "max(x)", "n3", {}),
        ("n9", "72", 72, "sum(x)", "n3", {}),
        ("n10", "14.6", 14.625, "quantile(x,0.95)", "n3", {}),
        ("n11", "9.8", 9.75, "median_low(x,0.95)", "n3", {}),
        ("n12", "15.0", 15, "median_high(x,0.95)", "n3", {}),
        ("n13", "10", 12 - T_BOUND * half, "mean_low(x,0.95)", "n3", {}),
        ("n14", "14.05", 12 + T_BOUND * half, "mean_high(x,0.95)", "n3", {}),
        ("n15", "1", 1, "failed(x)", [operand("a/runs.csv", "timed out", 3)], {}),
        ("n16", "1,073,741,824", 1073741824, one,
         [operand("a/runs.csv", "1,024", 1, "size", scale="*1048576")], {}),
        ("n17", "76.9", 76.88, one, [operand("summary.json", "76.88", **second)], {}),
        ("n18", "3.5", 3.5e9, one, [operand("summary.json", "3.5", pointer="/all/1/text", scale="*1000000000")],
         {"print_scale": 1e-9}),
        ("n19", "7.25", 0.00725, one,
         [operand("log.jsonl", "7.25", pointer="/ms", line=2, scale="/1000")], {"print_scale": 1000}),
        ("n20", "0.25", 0.25, one, [operand("packed.csv.gz",
         "250", 1, "ms", gzip=True, scale="/1000")], {}),
        ("n21", "64", 0.635, one, [operand("decimal.csv", "63,5", 1, "share", decimal=",", scale="/100")],
         {"print_scale": 100}),
        ("n22", "42", 42, one, [operand("cell.csv", "42", 1, "data", pointer="/ms")], {}),
        ("n23", "8.5", 8.5, one, [operand("wide.csv", "8.5", 1, "ms", **wide)], {}),
        ("n24", "8.5", 8.5, one, [operand("twice.csv", "8.5", 1, "ms", **twice)], {}),
        ("n25", "6", 6, one, [operand("old.csv", "6", 1, "ms", encoding="latin-1")], {}),
        ("n26", "31", 31, one, [operand("\u00e4 b.csv", "31", 1, "ms")], {}),
        ("n27", "1", 1, "count(x)", [operand("summary.json", "NaN", pointer="/all/1/bad")], {}),
        ("n28", "0.5", 0.5, "run", [], {"unit": "s"}),
    ]


class World:
    """One folder of results, its ledger and its report; a case spoils something in it."""

    def __init__(self):
        self.files = dict(FILES)
        self.report = "# Report of 2025-01-02T03:04:05Z\n\n## 1. Numbers\n\nAt p95, `gemma3:1b`:\n\n"
        self.head = {
            "schema": "chimera.ledger/1",
            "roots": ["results"],
            "report": "report.md",
            "exempt": []}
        for word, reason in (("2025-01-02T03:04:05Z", "date"), ("1.", "section number"),
                             ("p95", "percentile name"), ("`gemma3:1b`", "name")):
            at = self.report.index(word)
            self.head["exempt"].append([at, at + len(word), reason])
        self.lines = []
        for name, text, value, formula, operands, more in good_lines():
            key = "operands_of" if isinstance(operands, str) else "operands"
            self.report += "- "
            self.lines.append({
                "id": name, "at": len(self.report), "text": text, "value": value, "unit": "-",
                "metric": None, "subject": {}, "statistic": "sample", "formula": formula,
                key: copy.deepcopy(operands), **more})
            self.report += text + " things\n"

    def line(self, name):
        return next(line for line in self.lines if line["id"] == name)

    def operand(self, name, index=0):
        return self.line(name)["operands"][index]

    def verify(self):
        with tempfile.TemporaryDirectory() as folder:
            for path, data in self.files.items():
                full = os.path.join(folder, "results", path)
                os.makedirs(os.path.dirname(full), exist_ok=True)
                with open(full, "wb") as file:
                    file.write(data)
            ledger, report = (os.path.join(folder, n) for n in ("report.facts.jsonl", "report.md"))
            with open(ledger, "w", encoding="utf-8") as file:
                file.writelines(json.dumps(line) + "\n" for line in [self.head, *self.lines])
            with open(report, "w", encoding="utf-8") as file:
                file.write(self.report)
            done = subprocess.run([sys.executable, "-B", VERIFIER, ledger, "--report", report],
                                  capture_output=True, text=True, cwd=folder, timeout=60, check=False)
            return done.returncode, done.stdout + done.stderr


def setting(name, key, value, index=None):
    """A case that sets one field of a line, or of one of its operands."""
    def spoil(world):
        (world.line(name) if index is None else world.operand(name, index))[key] = value
    return spoil


def change_byte(world):
    world.files["a/runs.csv"] = RUNS.replace(b"11.25", b"11.35")


def change_byte_and_digest(world):
    change_byte(world)
    digest = hashlib.sha256(world.files["a/runs.csv"]).hexdigest()
    for line in world.lines:
        for one in line.get("operands", []):
            if one["path"] == "a/runs.csv":
                one["sha256"] = digest


def remove_file(world):
    del world.files["log.jsonl"]


def repeat_operand(world):
    world.line("n3")["operands"].append(world.operand("n3"))


def drop_operand(world):
    world.line("n3")["operands"].pop()


def two_for_one(world):
    world.line("n17")["operands"].append(operand("summary.json", "3.5", pointer="/all/1/text"))


def repeat_id(world):
    world.line("n8")["id"] = "n7"


def uncited_digit(world):
    world.report += "That is 7 better.\n"


def changed_in_report(world):
    at = world.line("n17")["at"]
    world.report = world.report[:at] + "79.9" + world.report[at + 4:]


def cut_from_longer(world):
    world.report = world.report.replace("- 76.9 things", "- 76.95 thing")


def hidden_sign(world):
    at = world.line("n17")["at"]
    world.report = world.report[:at - 1] + "-" + world.report[at:]


def cited_twice(world):
    world.lines.append({**world.line("n8"), "id": "n99"})


def exempt_number(world):
    at = world.line("n17")["at"]
    world.lines.remove(world.line("n17"))
    world.head["exempt"].append([at, at + 4, "date"])


def exempt_over_citation(world):
    at = world.line("n17")["at"]
    world.head["exempt"].append([at, at + 4, "name"])


def exempt_lines(world):
    world.head["exempt"].append([0, len(world.report), "name"])


def exempt_for_no_reason(world):
    at = world.report.index("things")
    world.head["exempt"].append([at, at + 3, "because"])


def run_of_a_metric(world):
    world.line("n17").update(formula="run", unit="s", metric="ttft", operands=[])


def other_root(world):
    world.head["roots"] = ["elsewhere"]


CASES = [  # (what is wrong, how, what the verifier must say)
    ("a byte of the file changed", change_byte, r"n3: a/runs.csv: another SHA-256"),
    ("a byte and the digest changed", change_byte_and_digest, r"n3: .*'11.35', not '11.25'"),
    ("a wrong sha256", setting("n1", "sha256", "0" * 64, 1), r"n1: summary.json: another SHA-256"),
    ("no sha256", setting("n17", "sha256", None, 0), r"n17: .*another SHA-256"),
    ("a file is missing", remove_file, r"n19: log.jsonl: .*No such file"),
    ("the root is another folder", other_root, r"n1: .*No such file"),
    ("a path that leaves the root", setting("n17", "path",
     "../results/summary.json", 0), r"n17: a path outside"),
    ("a root that is not there", setting("n17", "root", 3, 0), r"n17: no such root"),
    ("a wrong offset", setting("n17", "offset", 3, 0), r"n17: .* at byte 3: .*, not '76.88'"),
    ("an offset behind the end", setting("n17", "offset", 9999, 0), r"n17: .* outside the file"),
    ("a negative offset", setting("n17", "offset", -9, 0), r"n17: .* outside the file"),
    ("a wrong length", setting("n17", "length", 4, 0), r"n17: .*'76.8', not '76.88'"),
    ("a wrong operand text", setting("n17", "text", "76.89", 0), r"n17: .*'76.88', not '76.89'"),
    ("a wrong row", setting("n3", "row", 2, 2), r"n3: .*row 2, column 'speed' holds .*'12'"),
    ("a row that is not there", setting("n3", "row", 7, 2), r"n3: there is no row 7"),
    ("a wrong column", setting("n3", "column", "size", 2), r"n3: .*row 3, column 'size' holds"),
    ("a column that is not there", setting("n3", "column", "power", 2), r"n3: there is no column"),
    ("a wrong pointer", setting("n17", "pointer", "/all/0/a~1b", 0),
     r"n17: .*holds \['1'\], not 76.88"),
    ("a pointer to nothing", setting("n17", "pointer",
     "/all/2/a~1b", 0), r"n17: the pointer .* leads nowhere"),
    ("a wrong line", setting("n19", "line", 1, 0), r"n19: .*holds \['5'\], not 7.25"),
    ("a wrong pointer in a cell", setting("n22", "pointer", "/s", 0), r"n22: the pointer .* leads nowhere"),
    ("a wrong scale", setting("n16", "scale", "*1000000", 0), r"n16: x is 1024000000.0"),
    ("a scale of zero", setting("n16", "scale", "/0", 0), r"n16: a scale of zero"),
    ("a scale that is code", setting("n16", "scale", "**9", 0), r"n16: unknown scale"),
    ("not inflated", setting("n20", "gzip", False, 0), r"n20: "),
    ("an unknown encoding", setting("n25", "encoding", "rot13", 0), r"n25: unknown encoding"),
    ("a wrong decimal mark", setting("n21", "decimal", ".", 0), r"n21: x is "),
    ("a file counted twice", setting("n1", "path", "a/runs.csv", 1), r"n1: an operand is cited twice"),
    ("a number counted twice", repeat_operand, r"n3: an operand is cited twice"),
    ("an operand left out", drop_operand, r"n3: count\(x\) is 5, not 6"),
    ("two operands of a single value", two_for_one, r"n17: formula x stands on 2 operands"),
    ("no operands", setting("n17", "operands", []), r"n17: x of nothing"),
    ("operands of a later line", setting("n2", "operands_of", "n3"), r"n2: there are no operands of n3"),
    ("another mark of failure", setting("n15", "text", "refused", 0), r"n15: .*'timed out', not 'refused'"),
    ("a failure that is empty", setting("n15", "length", 0, 0), r"n15: .*outside the file"),
    ("a wrong mean", setting("n4", "value", 12.0001), r"n4: mean\(x\) is 12.0, not 12.0001"),
    ("a wrong median", setting("n5", "value", 11.63), r"n5: median\(x\) is 11.625"),
    ("the divisor n", setting("n6", "value", 3.1875 ** 0.5), r"n6: stddev\(x\) is 1.9557"),
    ("a wrong minimum", setting("n7", "formula", "max(x)"), r"n7: max\(x\) is 15.0, not 9.75"),
    ("a wrong sum", setting("n9", "value", 72.01), r"n9: sum\(x\) is 72.0"),
    ("another type of quantile", setting("n10", "value", 14.64), r"n10: quantile\(x,0.95\) is 14.625"),
    ("a bound of the median", setting("n11", "formula", "median_low(x,0.5)"),
     r"n11: median_low\(x,0.5\) is 10.5, not 9.75"),
    ("a level that six numbers do not reach", setting("n12", "formula", "median_high(x,0.99)"),
     r"n12: no interval of the median"),
    ("a normal for a t quantile", setting("n13", "value", 12 - 1.959964 * (3.825 / 6) ** 0.5),
     r"n13: mean_low\(x,0.95\) is 9.9475"),
    ("a wrong size", setting("n2", "value", 224), r"n2: bytes\(x\) is "),
    ("an unknown formula", setting("n4", "formula", "mode(x)"), r"n4: formula 'mode\(x\)'"),
    ("a formula that is code", setting("n4", "formula", "__import__('os')"), r"n4: formula"),
    ("an argument too many", setting("n4", "formula", "mean(x,0.95)"), r"n4: formula"),
    ("a value of NaN", setting("n17", "value", float("nan")), r"n17: malformed"),
    ("a text that is no number", setting("n17", "text", "76.9x"), r"n17: '76.9x' is no printed number"),
    ("wrong rounding", setting("n17", "text", "76.8"), r"n17: prints 76.8 for 76.88"),
    ("more digits than the value has", setting("n17", "text", "76.889"), r"n17: prints 76.889"),
    ("a wrong print scale", setting("n18", "print_scale", 1e-6), r"n18: prints 3.5 for 3500"),
    ("one id twice", repeat_id, r"n7: this id came before"),
    ("a field is missing", lambda world: world.line("n17").pop("at"), r"n17: malformed"),
    ("a metric as time of the run", run_of_a_metric, r"n17: a 'run' is"),
    ("another schema", lambda world: world.head.update(schema="x/1"), r".*no head of chimera.ledger/1"),
    ("an uncited digit", uncited_digit, r"report line \d+: '7' has no source"),
    ("a digit of the report changed", changed_in_report, r"n17: '76.9' does not stand at byte"),
    ("a wrong place in the report", setting("n17", "at", 3), r"n17: '76.9' does not stand at byte 3"),
    ("a part of a longer number", cut_from_longer, r"n17: .* is a part of a longer number"),
    ("a hidden sign", hidden_sign, r"n17: .* is a part of a longer number"),
    ("one number cited twice", cited_twice, r"n99: '15' at byte \d+ is cited twice"),
    ("a result exempt as a date", exempt_number, r"exempt bytes .* '76.9' is no date"),
    ("an exemption over a citation", exempt_over_citation, r"exempt bytes .* cited or exempt already"),
    ("an exemption of many lines", exempt_lines, r"exempt bytes .* is no name"),
    ("an unknown reason", exempt_for_no_reason, r"exempt bytes .* is no because"),
]


def main():
    print(f"1..{len(CASES) + 2}")
    status, output = World().verify()
    good = status == 0 and output.endswith("\n29 passed, 0 failed\n")
    good = good and "self-reported, not verifiable: sample 0.5 s" in output
    print(f"{'ok' if good else 'not ok'} 1 - the right ledger passes")
    failed = not good
    if failed:
        print("# " + output.replace("\n", "\n# "))
    for at, (what, spoil, expected) in enumerate(CASES, 2):
        world = World()
        spoil(world)
        status, output = world.verify()
        good = status == 1 and re.search("^(.*: )?" + expected, output, re.M) \
            and re.search(r"^\d+ passed, [1-9]\d* failed$", output, re.M)
        print(f"{'ok' if good else 'not ok'} {at} - fails: {what}")
        if not good:
            failed = True
            print(f"# wanted {expected}, got {status}:\n# " + output.replace("\n", "\n# "))
    done = subprocess.run([sys.executable, "-B", VERIFIER, "/nonexistent"], capture_output=True,
                          text=True, check=False)
    good = done.returncode == 1 and "0 passed, 1 failed" in done.stdout
    print(f"{'ok' if good else 'not ok'} {len(CASES) + 2} - fails: there is no ledger")
    return 1 if failed or not good else 0


if __name__ == "__main__":
    sys.exit(main())
