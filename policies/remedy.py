"""Apply the domain's proposed changes to a resource as the engine has it."""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.domain.judging.remediation import REMEDIABLE, SettingChange, changes
from azure_hotpatch.policies.config import Config, Level
from azure_hotpatch.policies.reading import Source, records
from azure_hotpatch.policies.reading.reading import SECRET_MARK, is_marked
from azure_hotpatch.policies.reading.recorded import Raw
from azure_hotpatch.policies.verdict import Ruling, rulings

# Each round may make the finding of one more rule true.
_MOST_ROUNDS = len(REMEDIABLE)


def remedied(source: Source, config: Config, today: date) -> Iterator[tuple[SettingChange, dict[str, Any]]]:
    """Every change with the properties after it, until no rule at level remediate requires another.

    A change may make another rule's finding true: hotpatch that is turned on excludes the bypass of the checks.
    """
    props: Mapping[str, Any] = source.props
    for _ in range(_MOST_ROUNDS):
        before = props
        found = rulings(records(replace(source, props=props)), config, today)
        for record, change in wanted(found, config):
            after = fixed(props, record, change)
            if after is not None and after != props:
                props = after
                yield change, after
        if props is before:
            return


def wanted(found: Iterable[Ruling], config: Config) -> list[tuple[Record, SettingChange]]:
    """The changes for the findings of rules at level remediate, but for waived ones."""
    by_record: dict[int, list[Ruling]] = {}
    for ruling in found:
        if config.levels[ruling.rule.id] is Level.REMEDIATE and not ruling.waived:
            by_record.setdefault(id(ruling.record), []).append(ruling)
    return [
        (rulings[0].record, change)
        for rulings in by_record.values()
        for change in changes(
            rulings[0].record, [ruling.finding for ruling in rulings], config.modes.mode_of(rulings[0].record)
        )
    ]


def fixed(props: Mapping[str, Any], record: Record, change: SettingChange) -> dict[str, Any] | None:
    """A copy of the properties with the change in it, or None where they are not written so that it could be made.

    `props` hold secrets and unknown values as the engine marks them; they stay as they are.
    """
    path = _own_path(record, change.path)
    copy = deepcopy(dict(props))
    return copy if path and _set(copy, path.split("."), change.value) else None


def _own_path(record: Record, path: str) -> str:
    """Where the source has the value; a template is left alone, for its expressions may serve other machines too."""
    if record.origin:
        return ""
    if record.spelling and not isinstance(record.spelling, Raw):
        return record.spelling.get(path, "")
    return record.spelling.get(path, path)


def _set(holder: dict[str, Any], steps: list[str], value: Any) -> bool:
    *parents, last = steps
    for step in parents:
        below = _below(holder, step)
        if below is None:
            return False
        holder = below
    holder[_key(holder, last)] = value
    return True


def _below(holder: dict[str, Any], step: str) -> dict[str, Any] | None:
    """The object at a step, made if it is not there; a step may name a member of a list: `locationProfiles[0]`."""
    name, found, index = step.partition("[")
    below = holder.setdefault(_key(holder, name), {})
    if found:
        items, at = _opened(below, whole=True), int(index.rstrip("]"))
        below = items[at] if isinstance(items, list) and at < len(items) else None
    opened = _opened(below)
    return opened if isinstance(opened, dict) else None


def _opened(value: Any, whole: bool = False) -> Any:
    """What is in a secret, and in a block that is a list of one unless it is wanted whole; None for another mark."""
    if isinstance(value, list) and len(value) == 1 and not whole:
        value = value[0]
    if isinstance(value, dict) and is_marked(value):
        return _opened(value.get("value"), whole) if is_marked(value, SECRET_MARK) else None
    return value


def _key(holder: Mapping[str, Any], name: str) -> str:
    return next((key for key in holder if key.lower() == name.lower()), name)
