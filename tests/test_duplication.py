"""Nothing is written twice: no two places share more than 12 lines of code that differ at most in names and values."""

import keyword
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations
from typing import NamedTuple

import pytest

from tests.test_structure import modules, report, text

SHARED = 12  # lines that two places may share
# A run of fewer different shapes is a table, or a list of fields: its lines are alike because they are rows.
DIFFERENT = 5
# Pairs of files whose code is alike by chance, each with the reason why it stays.
EXCUSED = {
    ("operations/rollback/affected_machines.py", "operations/status/history.py"): (
        "an enumeration, and a dataclass of five fields with a property: of how an update is on a machine, and of what "
        "an installation did"
    ),
}
_IMPORT = re.compile(r"^ *(?:from [\w.]+ )?import (?:\([^)]*\)|.*)$", re.MULTILINE)
_STRING = r'(?:\b[rbfu]{1,2})?(?:"{3}(?:[^\\]|\\.)*?"{3}|"(?:[^"\\\n]|\\.)*"|' + r"'(?:[^'\\\n]|\\.)*')"
_STRING_OR_COMMENT = re.compile(rf"(?P<string>{_STRING})|#.*?$", re.IGNORECASE | re.DOTALL | re.MULTILINE)
_NUMBER = re.compile(r"\b\d[\w.]*")
_NAME = re.compile(rf"\b(?!(?:{'|'.join(keyword.kwlist)}|S|0)\b)\w+")


class Line(NamedTuple):
    """A line of code, and its shape: what is left when names, strings and numbers are put aside."""

    file: str
    number: int
    words: str
    shape: str


def lines_of(file: str, source: str) -> Iterator[Line]:
    """The lines of code: no imports, comments, docstrings, and no lines of punctuation alone."""
    plain = _IMPORT.sub(lambda found: "\n" * found[0].count("\n"), source)
    shapes = _NAME.sub("N", _NUMBER.sub("0", _STRING_OR_COMMENT.sub(_blanked, plain))).replace(" ", "")
    both = zip(plain.split("\n"), shapes.split("\n"), strict=True)
    numbered = (Line(file, number, words.strip(), shape) for number, (words, shape) in enumerate(both, 1))
    return (line for line in numbered if line.shape != "S" and re.search(r"\w", line.shape))


def _blanked(found: re.Match[str]) -> str:
    return "S" + "\n" * found[0].count("\n") if found["string"] else ""


def shared(sources: Mapping[str, str]) -> Iterator[tuple[Line, Line]]:
    """Pairs of lines at which more than SHARED lines begin that have the same words or the same shapes."""
    places: dict[tuple[str, ...], list[Line]] = defaultdict(list)
    for file, source in sources.items():
        lines = list(lines_of(file, source))
        for looks in ([line.words for line in lines], [line.shape for line in lines]):
            for at in range(len(lines) - SHARED):
                places[tuple(looks[at : at + SHARED + 1])].append(lines[at])
    runs = (found for run, found in places.items() if len(found) > 1 and len(set(run)) >= DIFFERENT)
    return (pair for found in runs for pair in combinations(found, 2) if _are_apart(*pair))


def _are_apart(one: Line, other: Line) -> bool:
    return one.file != other.file or abs(one.number - other.number) > SHARED


@cache
def alike() -> dict[tuple[str, str], str]:
    """The pairs of files of the tree that share a run of lines, with the places where the first run begins."""
    places: dict[tuple[str, str], str] = {}
    for one, other in shared({str(path): text(path) for path in modules()}):
        places.setdefault((one.file, other.file), f"{one.file}:{one.number} ~ {other.file}:{other.number}")
    return places


def test_no_two_places_are_alike() -> None:
    report(place for files, place in alike().items() if files not in EXCUSED)


def test_each_excuse_is_needed() -> None:
    assert alike().keys() >= EXCUSED.keys()


CODE = "\n".join(f"{name} = f({name}[{number}]{', 1' * number})" for number, name in enumerate("abcdefghijklm"))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (CODE, True),
        (CODE.replace("f(", "other(  ").replace("1", "2"), True),
        (CODE.replace("\n", "  # why\n\n"), True),
        (CODE.replace("c = ", "c += "), False),
        (CODE.replace("m = ", "import "), False),
        ("\n".join(CODE.split("\n")[:SHARED]), False),
    ],
)
def test_finds_code_that_differs_in_names_and_values(source: str, found: bool) -> None:
    assert bool(list(shared({"one.py": CODE, "other.py": f"'''Other.'''\nstart()\n{source}\n"}))) is found


def test_finds_code_that_stands_twice_in_a_file() -> None:
    places = shared({"one.py": f"{CODE}\n{CODE}"})
    assert {(one.number, other.number) for one, other in places} == {(1, 14)}


def test_a_table_has_rows_that_are_alike_but_stands_once() -> None:
    table = "\n".join(f'    "{name}": {number},' for number, name in enumerate("abcdefghijklmn"))
    assert not list(shared({"one.py": table, "other.py": table.replace("1", "2")}))
    assert list(shared({"one.py": table, "other.py": table}))
