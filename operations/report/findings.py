"""Read the findings of `hotpatch check --format json` for a report."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from azure_hotpatch.operations.report.facts import PolicyFinding

# How a waiver is written: "owner, until 2027-01-31: reason".
_UNTIL = re.compile(r", until (\d{4}-\d{2}-\d{2}): ")
_WEIGHT = ("violation", "unverified", "waived", "advice")


class FindingsError(ValueError):
    """A file that is not what `hotpatch check --format json` writes; `str()` says what is missing."""


def findings_of(checked: Mapping[str, Any]) -> tuple[PolicyFinding, ...]:
    """The findings, violations first. Raises FindingsError."""
    listed = checked.get("findings")
    if checked.get("version") != 1 or not isinstance(listed, list):
        raise FindingsError("it is not what `hotpatch check --format json` writes, version 1")
    try:
        found = [_finding(one) for one in listed]
    except (KeyError, TypeError) as error:
        raise FindingsError(f"a finding has no {error}") from None
    return tuple(sorted(found, key=_order))


def waived(findings: Iterable[PolicyFinding]) -> tuple[PolicyFinding, ...]:
    """The findings that somebody accepted, the waiver that ends first above."""
    found = [one for one in findings if one.waiver]
    return tuple(sorted(found, key=lambda one: (one.expires or date.max, one.rule, one.resource)))


def _order(finding: PolicyFinding) -> tuple[int, str, str, str]:
    weight = _WEIGHT.index(finding.outcome) if finding.outcome in _WEIGHT else len(_WEIGHT)
    return weight, finding.rule, finding.resource, finding.message


def _finding(one: Mapping[str, Any]) -> PolicyFinding:
    waiver = str(one["waiver"] or "")
    until = _UNTIL.search(waiver)
    return PolicyFinding(
        rule=str(one["rule"]),
        outcome=str(one["outcome"]),
        resource=str(one["resource"]["name"]),
        message=str(one["message"]),
        remedy=str(one["remedy"] or ""),
        waiver=waiver,
        expires=date.fromisoformat(until[1]) if until else None,
    )
