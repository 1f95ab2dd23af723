"""join: inner, innerunique, leftouter and fullouter, on columns that are equal."""

from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import Any

from azure_hotpatch.emulator.arm.graph.kql import names
from azure_hotpatch.emulator.arm.graph.kql.compiled import Row
from azure_hotpatch.emulator.arm.graph.kql.frames import Frame, QueryContext, existing, missing, refuse_dynamic
from azure_hotpatch.emulator.arm.graph.kql.query_budget import MOST_ROWS
from azure_hotpatch.emulator.arm.graph.kql.refusals import WrongType
from azure_hotpatch.emulator.arm.graph.kql.syntax import Column, Join
from azure_hotpatch.emulator.arm.graph.kql.types import Type

Key = Callable[[Row], Any]


def join(frame: Frame, operator: Join, context: QueryContext) -> Frame:
    right = context.run(operator.right, context)
    left_key, right_key = _keys(frame, right, operator)
    renamed = _renamed(frame, right)
    kinds = frame.columns | {renamed[name]: kind for name, kind in right.columns.items()}
    context.budget.rows(len(frame.rows) + len(right.rows), len(kinds))
    left_rows = _first_of_each(frame.rows, left_key) if operator.kind == "innerunique" else frame.rows
    matches = _by_key(right.rows, right_key, renamed)
    found: list[Row] = []
    for row in _joined(left_rows, left_key, matches, operator.kind, _empty(right.columns, renamed)):
        found.append(row)
        if len(found) > MOST_ROWS:
            break
    if operator.kind == "fullouter":
        found += _unmatched(left_rows, left_key, matches, _empty(frame.columns, {}))
    context.budget.rows(len(found), len(kinds))
    return Frame(kinds, found, frame.is_limited or right.is_limited)


def _keys(left: Frame, right: Frame, operator: Join) -> tuple[Key, Key]:
    pairs = []
    for one, other in operator.conditions:
        if not isinstance(one, Column) or not isinstance(other, Column):
            raise WrongType("A join is on columns.", operator.at)
        first, second = existing(left.columns, one), existing(right.columns, other)
        refuse_dynamic(left.columns[first], first, one.at, "join key")
        refuse_dynamic(right.columns[second], second, other.at, "join key")
        if left.columns[first] is not right.columns[second]:
            kinds = f"{left.columns[first].value} and {right.columns[second].value}"
            raise WrongType(f"The join keys '{first}' and '{second}' are of different types, {kinds}.", one.at)
        pairs.append((first, second))
    return itemgetter(*(one for one, _ in pairs)), itemgetter(*(other for _, other in pairs))


def _renamed(left: Frame, right: Frame) -> dict[str, str]:
    """What the right columns are called: `id` is id1 where the left has an id, id2 where it has an id1 too."""
    taken = set(left.columns)
    new: dict[str, str] = {}
    for name in right.columns:
        new[name] = names.distinct(name, taken)
        taken.add(new[name])
    return new


def _by_key(rows: list[Row], key: Key, renamed: dict[str, str]) -> dict[Any, list[Row]]:
    pairs = tuple(renamed.items())
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append({new: row[name] for name, new in pairs})
    return found


def _has_null(value: Any) -> bool:
    """Null is equal to nothing, not even to null."""
    return value is None or (isinstance(value, tuple) and None in value)


def _joined(rows: list[Row], key: Key, matches: dict[Any, list[Row]], kind: str, empty: Row) -> Iterator[Row]:
    outer = kind in {"leftouter", "fullouter"}
    for row in rows:
        value = key(row)
        found = matches.get(value) if not _has_null(value) else None
        if found:
            for other in found:
                yield row | other
        elif outer:
            yield row | empty


def _unmatched(rows: list[Row], key: Key, matches: dict[Any, list[Row]], empty: Row) -> Iterator[Row]:
    """The right rows without a left one."""
    there = {key(row) for row in rows}
    for value, others in matches.items():
        if value not in there or _has_null(value):
            yield from (empty | other for other in others)


def _empty(columns: dict[str, Type], renamed: dict[str, str]) -> Row:
    return {renamed.get(name, name): missing(kind) for name, kind in columns.items()}


def _first_of_each(rows: list[Row], key: Key) -> list[Row]:
    found: dict[Any, Row] = {}
    for row in rows:
        found.setdefault(key(row), row)
    return list(found.values())
