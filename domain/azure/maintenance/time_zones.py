"""Time zones of maintenance windows: which names Azure accepts, and which local times exist in them.

The names are those of Windows, as `[TimeZoneInfo]::GetSystemTimeZones()` prints them; the clock changes are those of
the time zone database that Python's zoneinfo reads.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from azure_hotpatch.domain.azure.maintenance.windows_zones import WINDOWS_ZONES
from azure_hotpatch.domain.azure.nearest import nearest

TIME_ZONES: tuple[str, ...] = tuple(WINDOWS_ZONES)
_BY_IANA_NAME = {iana.lower(): windows for windows, names in WINDOWS_ZONES.items() for iana in names}
_MINUTE = timedelta(minutes=1)


def nearest_time_zone(name: str) -> str:
    """The Windows time zone that `name`, an IANA name or a misspelled one, most likely means; "" if there is none."""
    return _BY_IANA_NAME.get(name.strip().lower()) or nearest(name, TIME_ZONES)


def why_not_time_zone(name: str) -> str | None:
    """Say why a maintenance window cannot have the time zone `name`, or None if it can."""
    return None if name in TIME_ZONES else f"{name!r} is not a Windows time zone"


def in_zone(local: datetime, time_zone: str) -> datetime | None:
    """The instant at which the clocks of a time zone show `local`; None if the zone is not known.

    In the hour that is doubled in autumn it is the first of the two. A time that is skipped in spring is counted as if
    the clock had not changed, which is what it shows after the change: 02:30 is 03:30 of summer time. Azure does not
    document what it does with a run in that hour; only a start in it is refused.
    """
    zone = _zone(time_zone)
    return None if zone is None else local.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone)


def after_the_gap(local: datetime, time_zone: str) -> datetime | None:
    """The first local time after the hour that skips `local` in spring; None if `local` exists, or nobody knows."""
    if not _is_skipped(local, time_zone):
        return None
    while _is_skipped(local, time_zone):
        local += _MINUTE
    return local.replace(second=0)


def _is_skipped(local: datetime, time_zone: str) -> bool:
    try:
        instant = in_zone(local, time_zone)
    except OverflowError:  # at the very ends of the calendar
        return False
    return instant is not None and instant.replace(tzinfo=None) != local


def _zone(time_zone: str) -> ZoneInfo | None:
    for name in WINDOWS_ZONES.get(time_zone, ())[:1]:
        try:
            return ZoneInfo(name)
        except ZoneInfoNotFoundError:  # the system has no time zone database
            return None
    return None
