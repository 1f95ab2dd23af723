"""Which time zones a maintenance window may name: Windows names, as `[TimeZoneInfo]::GetSystemTimeZones()` prints."""

from difflib import get_close_matches

# Source: the list that the azurerm provider checks against (internal/services/maintenance/validate/maintenance.go).
_NAMES = """
Afghanistan Standard Time|Alaskan Standard Time|Aleutian Standard Time|Altai Standard Time|Arab Standard Time
Arabian Standard Time|Arabic Standard Time|Argentina Standard Time|Astrakhan Standard Time|Atlantic Standard Time
AUS Central Standard Time|Aus Central W. Standard Time|AUS Eastern Standard Time|Azerbaijan Standard Time
Azores Standard Time|Bahia Standard Time|Bangladesh Standard Time|Belarus Standard Time|Bougainville Standard Time
Canada Central Standard Time|Cape Verde Standard Time|Caucasus Standard Time|Cen. Australia Standard Time
Central America Standard Time|Central Asia Standard Time|Central Brazilian Standard Time|Central Europe Standard Time
Central European Standard Time|Central Pacific Standard Time|Central Standard Time|Central Standard Time (Mexico)
Chatham Islands Standard Time|China Standard Time|Cuba Standard Time|Dateline Standard Time|E. Africa Standard Time
E. Australia Standard Time|E. Europe Standard Time|E. South America Standard Time|Easter Island Standard Time
Eastern Standard Time|Eastern Standard Time (Mexico)|Egypt Standard Time|Ekaterinburg Standard Time|Fiji Standard Time
FLE Standard Time|Georgian Standard Time|GMT Standard Time|Greenland Standard Time|Greenwich Standard Time
GTB Standard Time|Haiti Standard Time|Hawaiian Standard Time|India Standard Time|Iran Standard Time
Israel Standard Time|Jordan Standard Time|Kaliningrad Standard Time|Kamchatka Standard Time|Korea Standard Time
Libya Standard Time|Line Islands Standard Time|Lord Howe Standard Time|Magadan Standard Time|Magallanes Standard Time
Marquesas Standard Time|Mauritius Standard Time|Mid-Atlantic Standard Time|Middle East Standard Time
Montevideo Standard Time|Morocco Standard Time|Mountain Standard Time|Mountain Standard Time (Mexico)
Myanmar Standard Time|N. Central Asia Standard Time|Namibia Standard Time|Nepal Standard Time
New Zealand Standard Time|Newfoundland Standard Time|Norfolk Standard Time|North Asia East Standard Time
North Asia Standard Time|North Korea Standard Time|Omsk Standard Time|Pacific SA Standard Time|Pacific Standard Time
Pacific Standard Time (Mexico)|Pakistan Standard Time|Paraguay Standard Time|Qyzylorda Standard Time
Romance Standard Time|Russia Time Zone 10|Russia Time Zone 11|Russia Time Zone 3|Russian Standard Time
SA Eastern Standard Time|SA Pacific Standard Time|SA Western Standard Time|Saint Pierre Standard Time
Sakhalin Standard Time|Samoa Standard Time|Sao Tome Standard Time|Saratov Standard Time|SE Asia Standard Time
Singapore Standard Time|South Africa Standard Time|South Sudan Standard Time|Sri Lanka Standard Time
Sudan Standard Time|Syria Standard Time|Taipei Standard Time|Tasmania Standard Time|Tocantins Standard Time
Tokyo Standard Time|Tomsk Standard Time|Tonga Standard Time|Transbaikal Standard Time|Turkey Standard Time
Turks And Caicos Standard Time|Ulaanbaatar Standard Time|US Eastern Standard Time|US Mountain Standard Time|UTC
UTC-02|UTC-08|UTC-09|UTC-11|UTC+12|UTC+13|Venezuela Standard Time|Vladivostok Standard Time|Volgograd Standard Time
W. Australia Standard Time|W. Central Africa Standard Time|W. Europe Standard Time|W. Mongolia Standard Time
West Asia Standard Time|West Bank Standard Time|West Pacific Standard Time|Yakutsk Standard Time|Yukon Standard Time
"""
TIME_ZONES: tuple[str, ...] = tuple(name for line in _NAMES.split("\n") for name in line.split("|") if name)

# The IANA names that people write most, with the Windows name that means the same (Unicode CLDR, windowsZones.xml).
_IANA = {
    "America/Chicago": "Central Standard Time",
    "America/Denver": "Mountain Standard Time",
    "America/Los_Angeles": "Pacific Standard Time",
    "America/New_York": "Eastern Standard Time",
    "America/Sao_Paulo": "E. South America Standard Time",
    "Asia/Dubai": "Arabian Standard Time",
    "Asia/Kolkata": "India Standard Time",
    "Asia/Shanghai": "China Standard Time",
    "Asia/Singapore": "Singapore Standard Time",
    "Asia/Tokyo": "Tokyo Standard Time",
    "Australia/Sydney": "AUS Eastern Standard Time",
    "Etc/UTC": "UTC",
    "Europe/Amsterdam": "W. Europe Standard Time",
    "Europe/Berlin": "W. Europe Standard Time",
    "Europe/Brussels": "Romance Standard Time",
    "Europe/Dublin": "GMT Standard Time",
    "Europe/Helsinki": "FLE Standard Time",
    "Europe/London": "GMT Standard Time",
    "Europe/Madrid": "Romance Standard Time",
    "Europe/Oslo": "W. Europe Standard Time",
    "Europe/Paris": "Romance Standard Time",
    "Europe/Prague": "Central Europe Standard Time",
    "Europe/Rome": "W. Europe Standard Time",
    "Europe/Stockholm": "W. Europe Standard Time",
    "Europe/Vienna": "W. Europe Standard Time",
    "Europe/Warsaw": "Central European Standard Time",
    "Europe/Zurich": "W. Europe Standard Time",
    "GMT": "GMT Standard Time",
}
_BY_LOWER = {name.lower(): name for name in TIME_ZONES}
_IANA_BY_LOWER = {iana.lower(): windows for iana, windows in _IANA.items()}


def nearest_time_zone(name: str) -> str | None:
    """The Windows time zone that `name` most likely means, or None."""
    lower = name.strip().lower()
    if lower in _IANA_BY_LOWER:
        return _IANA_BY_LOWER[lower]
    close = get_close_matches(lower, _BY_LOWER, n=1, cutoff=0.7)
    return _BY_LOWER[close[0]] if close else None


def why_not_time_zone(name: str) -> str | None:
    """Say why `name` is not a time zone that a maintenance window takes, or None where it is."""
    if name in TIME_ZONES:
        return None
    near = nearest_time_zone(name)
    hint = f"; did you mean {near!r}?" if near else ', such as "UTC" or "W. Europe Standard Time"'
    return f"{name!r} is not a Windows time zone{hint}"
