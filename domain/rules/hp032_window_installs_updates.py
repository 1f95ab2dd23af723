"""HP032: a maintenance window names updates that exist, and at least one."""

from collections.abc import Iterator, Sequence
from typing import Any

from azure_hotpatch.domain.azure.maintenance import (
    nearest_classification,
    why_not_classification,
    why_not_kb_number,
    why_nothing_to_install,
)
from azure_hotpatch.domain.azure.nearest import did_you_mean
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.maintenance_record import INSTALL, is_in_guest
from azure_hotpatch.domain.judging.record import Kind, Record, Unknown
from azure_hotpatch.domain.judging.rule import Context, Rule

WINDOWS = f"{INSTALL}.windowsParameters"
CLASSIFICATIONS = f"{WINDOWS}.classificationsToInclude"
INCLUDED = f"{WINDOWS}.kbNumbersToInclude"
LISTS = (
    (CLASSIFICATIONS, why_not_classification, "Critical, Security, UpdateRollup, FeaturePack, ServicePack, …"),
    (INCLUDED, why_not_kb_number, "KB5034129, or 5034129"),
    (f"{WINDOWS}.kbNumbersToExclude", why_not_kb_number, "KB5034129, or 5034129"),
)


def check(record: Record, _: Context) -> Iterator[Finding]:
    if not is_in_guest(record) or record.peek(WINDOWS) is None:
        return
    for path, why_not, allowed in LISTS:
        yield from RULE.unknowns(record, (path, *(f"{path}[{index}]" for index in range(len(_items(record, path))))))
        for index, item in enumerate(_items(record, path)):
            reason = why_not(str(item)) if not isinstance(item, Unknown) else None
            if reason:
                hint = did_you_mean(nearest_classification(str(item))) if path == CLASSIFICATIONS else ""
                yield RULE.violation(record, f"{path}[{index}]", reason + hint, allowed)
    if isinstance(record.peek(CLASSIFICATIONS), Unknown) or isinstance(record.peek(INCLUDED), Unknown):
        return
    reason = why_nothing_to_install([*_items(record, CLASSIFICATIONS)], [*_items(record, INCLUDED)])
    if reason:
        yield RULE.violation(record, CLASSIFICATIONS, reason, "Critical and Security at least")


def _items(record: Record, path: str) -> Sequence[Any]:
    value = record.peek(path)
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


RULE = Rule(
    id="HP032",
    name="window-installs-updates",
    summary="The maintenance window names updates that do not exist, or none.",
    remedy="Name classifications as the Maintenance API spells them (UpdateRollup), and KB numbers as KB5034129.",
    kinds=frozenset({Kind.MAINTENANCE_CONFIGURATION}),
    check=check,
)
