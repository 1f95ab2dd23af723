"""What a marketplace image contains: its server generation, its baseline, and whether it supports hotpatch."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.windows_update.calendar import GENERATIONS, UpdateCalendar
from azure_hotpatch.emulator.arm.windows_update.events import catalogue
from azure_hotpatch.emulator.arm.windows_update.releases import WindowsUpdate

# "Hotpatch for virtual machines" (2025-07-14) and "Automatic VM Guest Patching" (2024-07-31): the same eight SKUs.
_HOTPATCH_SKUS = frozenset(
    {
        "2022-datacenter-azure-edition-core",
        "2022-datacenter-azure-edition-core-smalldisk",
        "2022-datacenter-azure-edition-hotpatch",
        "2022-datacenter-azure-edition-hotpatch-smalldisk",
        "2025-datacenter-azure-edition",
        "2025-datacenter-azure-edition-smalldisk",
        "2025-datacenter-azure-edition-core",
        "2025-datacenter-azure-edition-core-smalldisk",
    }
)


def is_hotpatched_sku(sku: str) -> bool:
    """Whether a SKU of the marketplace is one of the eight."""
    return sku.lower() in _HOTPATCH_SKUS


def generation(image: Json) -> str:
    """`2022` or `2025`, by the SKU; "" for all else."""
    year = str(image.get("sku", ""))[:4]
    return year if year in GENERATIONS else ""


def newest_version(image: Json, today: date) -> str:
    """What `latest` is today: the build of the last baseline and its day, 20348.3091.250114."""
    newest = catalogue("").calendars[generation(image) or "2022"].baseline(datetime.combine(today, time(), UTC))
    if newest is None:
        return f"1.0.{today:%Y%m%d}"
    return f"{newest.build}.{newest.day:%y%m%d}" if generation(image) else f"1.0.{newest.day:%Y%m%d}"


def baseline(image: Json, calendar: UpdateCalendar) -> WindowsUpdate | None:
    """The baseline that a marketplace image holds; None for any other image.

    By its build where the calendar has that: 20348.2966.241205 holds what came out on 2024-12-10, for an image
    is built some days before the patch day whose update it holds (azure-cli 30565). Else by the day of its version.
    """
    day = _made(image)
    if day is None:
        return None
    build, _, _ = str(image["exactVersion"]).rpartition(".")
    of_build = calendar.of_build(build)
    by_day = calendar.baseline(datetime.combine(day + timedelta(days=1), time(), UTC))
    return calendar.baseline(of_build.published) if of_build else by_day


def _made(image: Json) -> date | None:
    """The day of a marketplace image's version, which ends in it; None for any other."""
    return _day(str(image.get("exactVersion", "")).rsplit(".", 1)[-1][-6:])


@lru_cache(maxsize=1024)  # the machines of a fleet share their images
def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%y%m%d").replace(tzinfo=UTC).date()
    except ValueError:
        return None
