"""What the gates in tools/check_* share: reading C files, reporting as TAP.

A problem is (path, line, what is wrong, what to do). Run from the root of the tree.
"""
import pathlib
import re
import sys

TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|' r"'(?:\\.|[^'\\\n])*'", re.S
)
cases = []


def sources(*folders):
    """All .c and .h files below the folders, sorted."""
    found = []
    for folder in folders or ("src",):
        found += pathlib.Path(folder).rglob("*.[ch]")
    return sorted(p for p in found if p.is_file())


def blank(text, strings=False):
    """The text with comments (and strings) turned to blanks; lines and columns stay."""

    def hide(token):
        found = token[0]
        if found[0] != "/" and not strings:
            return found
        return re.sub(r"[^\n]", " ", found)

    return TOKEN.sub(hide, text)


def string_literals(text):
    """(offset, literal with its quotes) of each string outside comments."""
    return [(t.start(), t[0]) for t in TOKEN.finditer(text) if t[0][0] == '"']


def read(path):
    return path.read_text(encoding="utf-8", errors="replace")


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def case(name, problems):
    """One TAP result; each problem becomes a comment line under it."""
    cases.append(not problems)
    print(f"{'ok' if not problems else 'not ok'} {len(cases)} - {name}")
    for path, line, what, remedy in problems:
        print(f"# {path}:{line}: {what}: {remedy}")


def skip(name, reason):
    cases.append(True)
    print(f"ok {len(cases)} - {name} # skip {reason}")


def done():
    print(f"1..{len(cases)}")
    sys.exit(0 if all(cases) else 1)
