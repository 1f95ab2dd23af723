"""Python's time zones by their Windows names."""

from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

# Windows keeps two names that Unicode's table (CLDR, windowsZones.xml) has dropped.
_FURTHER = {"Kamchatka Standard Time": "Asia/Kamchatka", "Mid-Atlantic Standard Time": "Etc/GMT+2"}
_NAMES = {name.lower(): zone for name, zone in {**WINDOWS_TO_OLSON, **_FURTHER}.items()}


def zone_of(windows_name: str) -> ZoneInfo:
    """The zone of a Windows name, in any letter case; raises KeyError for one that there is not."""
    return ZoneInfo(_NAMES[windows_name.lower()])
