"""Updates besides those of the system: .NET, the removal tool, definitions and drivers."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache

from azure_hotpatch.emulator.arm.windows_update.patch import NEVER, PERHAPS, OfferedPatch
from azure_hotpatch.emulator.arm.windows_update.patch_days import patch_day
from azure_hotpatch.emulator.arm.windows_update.releases import RELEASE_HOUR

_DRIVER_MONTHS = (3, 9)


def companions(now: datetime) -> tuple[OfferedPatch, ...]:
    """What is newest now. Only .NET's number is made up; Microsoft uses the two others for every version."""
    return _in_the_hour(now.replace(minute=0, second=0, microsecond=0))


@lru_cache(maxsize=256)
def _in_the_hour(now: datetime) -> tuple[OfferedPatch, ...]:
    return tuple(_newest(now))


def _newest(now: datetime) -> Iterator[OfferedPatch]:
    day = _last_patch_day(now)
    number = f"KB59{day:%y%m}"
    yield OfferedPatch(
        number,
        f"{day:%Y-%m} Cumulative Update for .NET Framework 3.5 and 4.8.1 ({number})",
        "Updates",
        PERHAPS,
        day,
        minutes=8,
    )
    name = f"Windows Malicious Software Removal Tool x64 - {day:%Y-%m} (KB890830)"
    yield OfferedPatch("KB890830", name, "UpdateRollUp", NEVER, day, minutes=2)
    newest = (now - timedelta(hours=RELEASE_HOUR.hour)).date()  # definitions come every day
    name = "Security Intelligence Update for Microsoft Defender Antivirus (KB2267602)"
    yield OfferedPatch("KB2267602", name, "Definition", NEVER, newest, minutes=1)
    driver = _last_driver_day(now)
    yield OfferedPatch("", f"Microsoft Corporation - Net - 14.0.{driver:%y%m}.1", "Updates", PERHAPS, driver, minutes=3)


def _last_patch_day(now: datetime) -> date:
    day = patch_day(now.date())
    return day if now >= datetime.combine(day, RELEASE_HOUR) else patch_day(day.replace(day=1) - timedelta(days=1))


def _last_driver_day(now: datetime) -> date:
    """Drivers come twice a year, on the patch days of March and September."""
    months = (date(now.year + back, month, 1) for back in (0, -1) for month in reversed(_DRIVER_MONTHS))
    return next(day for day in map(patch_day, months) if datetime.combine(day, RELEASE_HOUR) <= now)
