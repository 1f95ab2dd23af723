"""Checks across the values of a maintenance schedule."""

from collections.abc import Iterator, Sequence
from typing import Any

from azure_hotpatch.domain.azure import defaults
from azure_hotpatch.domain.azure.maintenance import (
    CLASSIFICATIONS,
    kb_digits,
    nearest_start,
    why_not_expiration,
    why_not_in_time_zone,
    why_nothing_to_install,
)
from azure_hotpatch.domain.azure.maintenance.named_recurrences import why_not_baseline_start
from azure_hotpatch.domain.vocabulary.check import Check
from azure_hotpatch.domain.vocabulary.problem import Problem, printed


def _start_exists(start: Any, time_zone: Any) -> Iterator[Problem]:
    reason = why_not_in_time_zone(start, time_zone or defaults.TIME_ZONE) if start else None
    if reason:
        yield Problem(
            "start", reason, printed(start), "a time that exists", nearest_start(start, time_zone or defaults.TIME_ZONE)
        )


def _start_suits_the_recurrence(start: Any, recurrence: Any) -> Iterator[Problem]:
    reason = why_not_baseline_start(recurrence, start) if start and recurrence else None
    if reason:
        yield Problem("start", reason, printed(start), "a day in January, April, July or October")


def _expires_after_the_start(expires: Any, start: Any) -> Iterator[Problem]:
    reason = why_not_expiration(expires, start) if expires and start else None
    if reason:
        yield Problem("expires", reason, printed(expires), "a moment after the start, or nothing")


def _something_to_install(classifications: Any, included: Any) -> Iterator[Problem]:
    chosen = defaults.CLASSIFICATIONS if classifications is None else classifications
    reason = why_nothing_to_install(chosen, included or ())
    if reason:
        yield Problem("classifications", reason, printed(classifications), ", ".join(CLASSIFICATIONS))


def _each_classification_once(classifications: Sequence[str] | None) -> Iterator[Problem]:
    chosen = tuple(classifications or ())
    if len(set(chosen)) != len(chosen):
        yield Problem("classifications", "a classification is named twice", printed(chosen), "each once")


def _no_update_both_ways(included: Any, excluded: Any) -> Iterator[Problem]:
    both = sorted({*map(kb_digits, included or ())} & {*map(kb_digits, excluded or ())})
    if both:
        names = ", ".join(f"KB{number}" for number in both)
        yield Problem("kbs_to_exclude", f"{names} is both included and excluded", printed(excluded), "one of the two")


SCHEDULE_CHECKS = (
    Check(("start", "time_zone"), _start_exists),
    Check(("start", "recurrence"), _start_suits_the_recurrence),
    Check(("expires", "start"), _expires_after_the_start),
    Check(("classifications", "kbs_to_include"), _something_to_install),
    Check(("classifications",), _each_classification_once),
    Check(("kbs_to_include", "kbs_to_exclude"), _no_update_both_ways),
)
