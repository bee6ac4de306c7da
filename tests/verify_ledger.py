#!/usr/bin/env python3
"""Checks report.facts.jsonl against the files that it cites, without any code of Chimera.

Usage: verify_ledger.py report.facts.jsonl [--root DIR [--root DIR2 ...]] [--report report.md]

For each number of the report: the cited files have the stated SHA-256, the cited bytes read as the
stated text, row and column or JSON pointer lead to the same number, the formula over the operands
gives the value, and the printed text is the value correctly rounded. With --report also: every
citation stands where the ledger says, and no other digit is in the report but in a stated
exemption. One line a failure, at last 'N passed, N failed'; exit status 1 on failure. Standard
library only. The roots come in the ledger's order; without --root they are those that it names.
"""
import argparse
import csv
import functools
import gzip
import hashlib
import io
import json
import math
import os
import re
import statistics
import sys
from fractions import Fraction
from urllib.parse import unquote_to_bytes

NUMBER = re.compile(r"[-+]?(?:\d[\d,]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")
PRINTED = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{2,3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?")
TIE = Fraction(10**12 + 1, 10**12)  # a tail that is the limit but for its last bits is allowed
MARKS, FILES = ("failed", "rows"), ("files", "bytes")
EXEMPT = {  # what an exempt span may look like, by its reason
    "section number": r"\d+(\.\d+)*\.?",
    "ordinal": r"\d+(st|nd|rd|th|\.)?",
    "date": r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?)?(Z|[-+]\d\d:\d\d)?",
    "percentile name": r"[A-Za-z]+\d+(\.\d+)?",
    "method": r"\d+(\.\d+)?( ?%)?",
    "version": r"\d+(\.\d+)*([-+.]\w+)*",
    "name": r".+", "path": r".+", "quotation": r".+", "axis tick": r".+",
}


class Wrong(Exception):
    """A statement of the ledger that does not hold; its text says which."""


def require(condition, message):
    if not condition:
        raise Wrong(message)


# ---- files and the places in them


class Source:
    """One cited file: its digest, its bytes (inflated where the ledger says so), its tables."""

    def __init__(self, path, inflate):
        with open(path, "rb") as file:
            raw = file.read()
        self.size = len(raw)
        self.sha256 = hashlib.sha256(raw).hexdigest()
        self.bytes = gzip.decompress(raw) if inflate else raw

    @functools.cached_property
    def text(self):
        return self.bytes.decode("utf-8-sig", "replace")

    @functools.cached_property
    def lines(self):
        return self.text.split("\n")

    @functools.cached_property
    def whole(self):
        try:
            return read_json(self.text)
        except ValueError:
            return None  # JSON Lines

    def document(self, line):
        if self.whole is not None:
            return self.whole
        require(line and line <= len(self.lines), "no JSON, and no line of JSON is named")
        return read_json(self.lines[line - 1])

    @functools.cached_property
    def tables(self):
        readers = [csv.reader(io.StringIO(self.text, newline=""), delimiter=d) for d in ",;\t|"]
        return [[row for row in reader if any(map(str.strip, row))] for reader in readers]

    def cells(self, row, column):
        """The cells of that data row in the columns of that name (a name may come twice)."""
        headers = ((table, at, [name.strip() for name in header])
                   for table in self.tables for at, header in enumerate(table))
        for table, at, names in headers:
            if column.strip() not in names:
                continue
            data = table[at + 1:]
            if len(data) > 1 and not has_number(data[0]) and has_number(data[1]):
                data = data[1:]  # a row of units
            require(row <= len(data), f"there is no row {row}")
            return [c for name, c in zip(names, data[row - 1]) if name == column.strip()]
        raise Wrong(f"there is no column {column!r}")


def read_json(text):
    """Numbers stay as they are written."""
    return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)


def has_number(cells):
    return any(re.fullmatch(NUMBER, cell.strip()) for cell in cells)


def follow(document, pointer):
    """RFC 6901."""
    require(pointer == "" or pointer.startswith("/"), f"no pointer: {pointer!r}")
    for part in pointer.split("/")[1:]:
        part = part.replace("~1", "/").replace("~0", "~")
        try:
            document = document[int(part) if isinstance(document, list) else part]
        except (KeyError, IndexError, ValueError, TypeError):
            raise Wrong(f"the pointer {pointer} leads nowhere") from None
    return document


def decode(data, encoding, whole):
    if encoding == "utf-16-in-utf-8":  # UTF-16 that was taken for Latin-1 and written as UTF-8
        data = data.decode("utf-8", "replace").encode("latin-1", "replace")
        encoding = "utf-16be" if whole.startswith("\u00fe\u00ff".encode()) else "utf-16le"
    known = {None: "utf-8", "utf-8": "utf-8", "utf-8-bom": "utf-8", "latin-1": "cp1252",
             "utf-16le": "utf-16-le", "utf-16be": "utf-16-be"}
    require(encoding in known, f"unknown encoding {encoding!r}")
    return data.decode(known[encoding], "replace")


def number(text, decimal="."):
    text = text.strip()
    if decimal == ",":
        text = text.replace(",", ".")
    if text.lower().lstrip("+-") in ("nan", "inf", "infinity"):
        return float(text)  # counted, but in no average
    require(NUMBER.fullmatch(text), f"{text!r} is no number")
    return float(text.replace(",", ""))


def scaled(value, scale):
    if scale in (None, "1"):
        return value
    match = re.fullmatch(r"([*/])(\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)", scale)
    require(match, f"unknown scale {scale!r}")
    factor = float(match[2])
    require(factor, "a scale of zero")
    return value * factor if match[1] == "*" else value / factor


# ---- statistics, written anew


def quantile(sorted_values, p):
    """Type 7 of Hyndman and Fan (1996)."""
    place = p * (len(sorted_values) - 1)
    low = math.floor(place)
    high = min(low + 1, len(sorted_values) - 1)
    return sorted_values[low] + (sorted_values[high] - sorted_values[low]) * (place - low)


def median_rank(n, level):
    """Largest r with P(X <= r - 1) <= (1 - level)/2 for X ~ Binomial(n, 1/2), exactly."""
    limit = (1 - Fraction(level)) / 2 * TIE * 2**n
    rank, term, below = 0, 1, 0
    while rank <= n and below + term <= limit:
        below += term
        term = term * (n - rank) // (rank + 1)
        rank += 1
    require(rank, f"no interval of the median at level {level} for n = {n}")
    return rank


def t_central(t, df):
    """P(|T| <= t) for a whole number of degrees of freedom: Abramowitz and Stegun 26.7.3-4."""
    theta = math.atan(t / math.sqrt(df))
    cosine = math.cos(theta)
    odd = df % 2
    term = total = cosine if odd else 1.0
    for k in range(2 + odd, df - 1, 2):
        term *= (k - 1) / k * cosine**2
        total += term
    if odd:
        return 2 / math.pi * (theta + (math.sin(theta) * total if df > 1 else 0))
    return math.sin(theta) * total


def t_quantile(level, df):
    """t with P(|T| <= t) = level, by halving."""
    low, high = 0.0, 1.0
    while t_central(high, df) < level:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if t_central(middle, df) < level else (low, middle)
    return high


def mean_bound(values, level, sign):
    half = t_quantile(level, len(values) - 1) * statistics.stdev(values) / math.sqrt(len(values))
    return statistics.mean(values) + sign * half


STATISTICS = {  # name: (values, argument) -> number
    "x": lambda x, _: only(x), "sum": lambda x, _: math.fsum(x), "bytes": lambda x, _: sum(x),
    **dict.fromkeys(("count", "rows", "failed", "files"), lambda x, _: len(x)),
    "mean": lambda x, _: statistics.mean(x), "stddev": lambda x, _: statistics.stdev(x),
    "min": lambda x, _: min(x), "max": lambda x, _: max(x),
    "median": lambda x, _: quantile(sorted(x), 0.5),
    "quantile": lambda x, p: quantile(sorted(x), p),
    "median_low": lambda x, level: sorted(x)[median_rank(len(x), level) - 1],
    "median_high": lambda x, level: sorted(x)[len(x) - median_rank(len(x), level)],
    "mean_low": lambda x, level: mean_bound(x, level, -1),
    "mean_high": lambda x, level: mean_bound(x, level, 1),
}
LEVELLED = ("quantile", "median_low", "median_high", "mean_low", "mean_high")
COUNTS = ("count", "sum") + MARKS + FILES  # of nothing they are 0


def parse_formula(formula):
    """'quantile(x,0.95)' -> ('quantile', 0.95); 'x' -> ('x', None)."""
    match = re.fullmatch(r"(x)()|(\w+)\(x(?:,(0?\.\d+))?\)", formula)
    name = match and (match[1] or match[3])
    require(name in STATISTICS and (name in LEVELLED) == bool(match[4]), f"formula {formula!r}")
    return name, float(match[4]) if match[4] else None


def only(values):
    require(len(values) == 1, f"formula x stands on {len(values)} operands")
    return values[0]


# ---- the ledger


class Ledger:
    def __init__(self, head, roots):
        require(head.get("schema") == "chimera.ledger/1", "line 1 is no head of chimera.ledger/1")
        roots = roots or head["roots"]
        require(len(roots) == len(head["roots"]),
                f"the ledger names {len(head['roots'])} roots, {len(roots)} were given")
        self.exempt = head.get("exempt", [])
        self.roots = [os.fsencode(root) for root in roots]
        self.sources = {}
        self.operands = {}  # by the id of the line that has them
        self.cites = []

    def source(self, operand):
        require(0 <= operand["root"] < len(self.roots), "no such root")
        path = unquote_to_bytes(operand["path"])
        require(path and not path.startswith(b"/") and b".." not in path.split(b"/"),
                f"a path outside the root: {operand['path']}")
        key = operand["root"], path, bool(operand.get("gzip"))
        if key not in self.sources:
            try:
                self.sources[key] = Source(os.path.join(self.roots[key[0]], path), key[2])
            except (OSError, EOFError) as error:
                raise Wrong(f"{operand['path']}: {error}") from None
        source = self.sources[key]
        require(source.sha256 == operand["sha256"], f"{operand['path']}: another SHA-256")
        return source

    def operand_value(self, operand, kind):
        source = self.source(operand)
        if kind == "files":
            return source.size
        start, length = operand["offset"], operand["length"]
        place = f"{operand['path']} at byte {start}"
        require(0 <= start and 0 < length and start + length <= len(source.bytes),
                f"{place}: outside the file")
        found = decode(source.bytes[start:start + length], operand.get("encoding"), source.bytes)
        require(found == operand["text"], f"{place}: {found!r}, not {operand['text']!r}")
        if kind == "marks":
            return 0
        value = number(found, operand.get("decimal", "."))
        check_locator(source, operand, value)
        return scaled(value, operand.get("scale"))

    @functools.cache
    def values(self, name, kind):
        """The values of the operands that stand in the line of that id."""
        operands = self.operands[name]
        places = {(o["root"], o["path"], kind == "files" or o["offset"]) for o in operands}
        require(len(places) == len(operands), "an operand is cited twice")
        return [self.operand_value(operand, kind) for operand in operands]

    def check_line(self, line):
        self.cites.append((line["at"], line["text"], line["id"]))
        check_rounding(line)
        if line["formula"] == "run":  # the program's own wall seconds: nobody can redo them
            own = line["unit"] == "s" and line["metric"] is None and not line["operands"]
            require(own, "a 'run' is the program's own seconds, of no metric and no operands")
            return
        name, argument = parse_formula(line["formula"])
        kind = "files" if name in FILES else "marks" if name in MARKS else "numbers"
        first = line.get("operands_of", line["id"])
        if "operands_of" not in line:
            self.operands[first] = line["operands"]
        require(first in self.operands, f"there are no operands of {first} above")
        values = self.values(first, kind)
        require(values or name in COUNTS, f"{name} of nothing")
        result = STATISTICS[name](values, argument)
        require(math.isclose(result, line["value"], rel_tol=1e-9, abs_tol=1e-300),
                f"{line['formula']} is {result!r}, not {line['value']!r}")


def check_locator(source, operand, value):
    """Pointer or row and column, where the file is plain JSON or CSV, must lead to that number."""
    kind = re.sub(r"\.gz$", "", operand["path"].lower()).rpartition(".")[2]
    if operand.get("encoding") not in (None, "utf-8", "utf-8-bom"):
        return
    pointer, row, column = operand.get("pointer"), operand.get("row"), operand.get("column")
    if kind in ("json", "jsonl", "ndjson") and pointer is not None:
        found = [follow(source.document(operand.get("line")), pointer)]
    elif kind in ("csv", "tsv") and row and column:
        found = source.cells(row, column)
        if pointer is not None:
            found = [follow(read_json(cell), pointer) for cell in found]
    else:
        return
    place = pointer if pointer is not None else f"row {row}, column {column!r}"
    require(any(holds(cell, operand, value) for cell in found),
            f"{operand['path']}: {place} holds {str(found)[:80]}, not {value!r}")


def holds(cell, operand, value):
    """Whether a cell is that number, or has it beside a unit."""
    if not isinstance(cell, str):
        return False
    if not math.isfinite(value):
        return cell.strip().lower() == operand["text"].strip().lower()
    return value in [number(n, operand.get("decimal", ".")) for n in NUMBER.findall(cell)]


def check_rounding(line):
    """text is value * print_scale, rounded to the digits that are written."""
    text = line["text"]
    require(PRINTED.fullmatch(text), f"{text!r} is no printed number")
    mantissa, _, exponent = text.replace(",", "").lower().partition("e")
    half = Fraction(10) ** (int(exponent or 0) - len(mantissa.partition(".")[2])) / 2
    exact = Fraction(line["value"]) * Fraction(line.get("print_scale", 1))
    off = abs(Fraction(text.replace(",", "")) - exact)
    require(off <= half + abs(exact) / 10**12, f"prints {text} for {float(exact)!r}")


# ---- the report


def check_report(report, ledger):
    """Yields what is wrong: misplaced citations, exemptions without form, digits without source."""
    covered = bytearray(len(report))
    for at, text, name in ledger.cites:
        data = text.encode()
        if report[at:at + len(data)] != data:
            yield f"{name}: {text!r} does not stand at byte {at} of the report"
        elif re.search(rb"(\d[.,]?|\W-)$", report[max(at - 2, 0):at]) or \
                re.match(rb"[.,]?\d", report[at + len(data):at + len(data) + 2]):
            yield f"{name}: {text!r} at byte {at} is a part of a longer number"
        elif any(covered[at:at + len(data)]):
            yield f"{name}: {text!r} at byte {at} is cited twice"
        covered[at:at + len(data)] = b"\1" * len(data)
    for start, end, reason in ledger.exempt:
        span = report[start:end].decode("utf-8", "replace")
        form = EXEMPT.get(reason, "(?!)")
        if not (0 <= start < end <= len(report) and re.fullmatch(form, span)):
            yield f"exempt bytes {start} to {end}: {span[:40]!r} is no {reason}"
        elif any(covered[start:end]):
            yield f"exempt bytes {start} to {end} are cited or exempt already"
        covered[start:end] = b"\1" * (end - start)
    for match in re.finditer(rb"\d+", report):
        if not all(covered[match.start():match.end()]):
            line = report.count(b"\n", 0, match.start()) + 1
            yield f"report line {line}: {match[0].decode()!r} has no source and no exemption"


def check_lines(lines, ledger):
    """Yields (line, what is wrong with it or None)."""
    seen = set()
    for line in map(json.loads, lines):
        wrong = None
        try:
            require(line["id"] not in seen, "this id came before")
            seen.add(line["id"])
            ledger.check_line(line)
        except Wrong as error:
            wrong = str(error)
        except (LookupError, TypeError, ValueError, ArithmeticError) as error:
            wrong = f"malformed: {error!r}"
        yield line, wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("ledger")
    parser.add_argument("--root", action="append", default=[])
    parser.add_argument("--report")
    args = parser.parse_args()
    results, own = [], []
    try:
        with open(args.ledger, encoding="utf-8") as lines:
            ledger = Ledger(json.loads(next(lines, "{}")), args.root)
            for line, wrong in check_lines(lines, ledger):
                results.append(f"{line.get('id')}: {wrong}" if wrong else None)
                if line.get("formula") == "run":
                    own.append(f"{line.get('statistic')} {line.get('text')} s")
        if args.report:
            with open(args.report, "rb") as file:
                results += list(check_report(file.read(), ledger)) or [None]
    except (Wrong, OSError, LookupError, TypeError, ValueError, AttributeError) as error:
        results.append(f"{args.ledger}: {error!r}")
    failures = list(filter(None, results))
    for failure in failures:
        print(failure)
    if own:
        print("self-reported, not verifiable: " + ", ".join(own))
    print(f"{len(results) - len(failures)} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
