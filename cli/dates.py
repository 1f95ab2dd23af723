"""The days that options name. Releases of the years around a day are looked at, and each must be a date."""

from datetime import date

from azure_hotpatch.cli.failure import Failure

FIRST_YEAR, LAST_YEAR = 2000, 2999


def day_of(text: str) -> date:
    """The day that `--on` names."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Failure(f"--on {text!r} is not a date: write it as 2026-07-14") from None
    refuse_far_year("--on", text, day)
    return day


def refuse_far_year(option: str, text: str, day: date) -> None:
    """Raise Failure for a year that nobody means, in which the calendar cannot be reckoned."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Failure(f"{option} {text!r} is not in the years {FIRST_YEAR} to {LAST_YEAR}")
