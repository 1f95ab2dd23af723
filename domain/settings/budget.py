"""How many restarts a stack allows its machines, and when: checked against the calendar at every preview."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from pydantic import Field

from azure_hotpatch.domain.vocabulary.check import Check
from azure_hotpatch.domain.vocabulary.model import Settings
from azure_hotpatch.domain.vocabulary.named_type import within
from azure_hotpatch.domain.vocabulary.problem import Problem

_PER_YEAR = within("number of restarts", 0, 366)
_UNPLANNED = within("number of unplanned baselines", 0, 8)
_LAST_DAYS = within("number of days", 0, 27)


def _limits_something(per_year: Any, apart: Any, last_days: Any) -> Iterator[Problem]:
    if per_year is None and not apart and not last_days:
        yield Problem(
            "", "the budget limits nothing", allowed="perYear, apart or notInLastDaysOfMonth, at least one of them"
        )


class RestartBudget(Settings):
    """Limits that no restart, planned or not, may exceed; a setting that could exceed one is refused, with the date."""

    per_year: Annotated[int, _PER_YEAR] | None = None
    """The most restarts of one machine in a calendar year."""
    unplanned_baselines: Annotated[int, _UNPLANNED] = 1
    """How many unplanned baselines a year perYear allows for; any twelve months of the record had 0 to 3."""
    apart: tuple[Annotated[tuple[str, ...], Field(min_length=1)], ...] = ()
    """Machines or groups of which no two may restart within the same hour."""
    not_in_last_days_of_month: Annotated[int, _LAST_DAYS] = 0
    """The number of days at the end of each month in which no machine may restart."""

    checks: ClassVar[tuple[Check, ...]] = (
        Check(("per_year", "apart", "not_in_last_days_of_month"), _limits_something),
    )
