"""Writes docs/emulator-operations.md: `python -m tests.emulator.operations_page`."""

from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

from tests.emulator.client_operations import CLIENTS, Answer, answers
from tests.emulator.coverage_page import table

PAGE = Path(__file__).resolve().parents[2] / "docs/emulator-operations.md"
_KINDS = (Answer.EMULATED, Answer.STORED, Answer.ABSENT)


def page() -> str:
    found = {client: answers(package) for client, package in CLIENTS.items()}
    heads = ("client", "version", "operations", *(kind.value for kind in _KINDS))
    totals = [(f"`{client}`", version(client), *_totals(groups.values())) for client, groups in found.items()]
    return "\n".join((INTRODUCTION, table(heads, totals), *(_client(*one) for one in found.items())))


def _totals(groups: Iterable[dict[str, Answer]]) -> Iterator[str]:
    counts = Counter(answer for group in groups for answer in group.values())
    yield str(counts.total())
    yield from (str(counts[kind]) for kind in _KINDS)


def _client(client: str, groups: dict[str, dict[str, Answer]]) -> str:
    """The groups that have an emulated operation, and the number of those that have none."""
    shown = {name: group for name, group in groups.items() if Answer.EMULATED in group.values()}
    rows = [(f"`{name}`", *_row(group)) for name, group in sorted(shown.items())]
    parts = [f"## {client}", "", table(("group of operations", "emulated", "stored", "absent"), rows)]
    others = [name for name in sorted(groups) if name not in shown]
    if others:
        counts = Counter(answer for name in others for answer in groups[name].values())
        stored, absent = counts[Answer.STORED], counts[Answer.ABSENT]
        parts += [f"No operation emulated, {stored} stored and {absent} absent: {', '.join(others)}.", ""]
    return "\n".join(parts)


def _row(group: dict[str, Answer]) -> tuple[str, str, str]:
    by_answer = {kind: [name for name, answer in group.items() if answer is kind] for kind in _KINDS}
    missing = ", ".join(f"`{name}`" for name in by_answer[Answer.ABSENT])
    return str(len(by_answer[Answer.EMULATED])), str(len(by_answer[Answer.STORED]) or ""), missing


INTRODUCTION = """# The operations of Microsoft's clients

Every operation of these clients was called on the emulated Azure. **Emulated** is what has Azure's rules; **stored**
what is kept and answered as it was sent; **absent** what is answered with a refusal that says so (`NotEmulated`). Which
types there are is on the page of [what the emulated Azure has](emulator-coverage.md).
`tests/emulator/test_client_operations.py` compares this page with the emulator.
"""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
