"""The recorded releases, parsed from the tables; a month that is missing is unknown, not a month without releases."""

from collections.abc import Iterator
from datetime import date

from azure_hotpatch.domain.azure.calendar import table_2022, table_2025
from azure_hotpatch.domain.azure.calendar.days import patch_day
from azure_hotpatch.domain.azure.calendar.release import PatchEvent, Release, ReleaseSource
from azure_hotpatch.domain.azure.server_generations import Generation

_KINDS = {
    "baseline": Release.BASELINE,
    "unplanned": Release.UNPLANNED_BASELINE,
    "hotpatch": Release.HOTPATCH,
    "restart": Release.OUT_OF_BAND,
    "safe": Release.OUT_OF_BAND_HOTPATCH,
}
_READ = date(2026, 11, 28)
# `index` says that a release is on the hotpatch track and `list` what restarts; that an out-of-band update of the list
# which the index does not have is unsafe for hotpatch machines is inferred.
SOURCES = {
    "index": ReleaseSource(
        "Release notes for Hotpatch on Windows Server, the archived index of its pages",
        _READ,
        "https://learn.microsoft.com/windows/release-health/windows-server-release-info",
    ),
    "list": ReleaseSource(
        "Windows Server update history, as future-architect/vuls lists its revisions (scanner/windows.go)",
        date(2026, 8, 19),
    ),
    "article": ReleaseSource("Microsoft's article on Remote Desktop Services, September 2026", _READ),
    "quoted": ReleaseSource("Microsoft's announcement of August 2026, quoted in public files", _READ),
}
SOURCES["index+list"] = ReleaseSource(
    f"{SOURCES['index'].title}; {SOURCES['list'].title}", SOURCES["list"].read, SOURCES["index"].url
)
SOURCES["quoted+list"] = SOURCES["quoted"]


def _events(generation: Generation, table: str) -> Iterator[PatchEvent]:
    for line in table.strip().splitlines():
        facts, _, note = line.partition("|")
        day, kind, kb, revision, cumulative_kb, cumulative_revision, source = facts.split()
        yield PatchEvent(
            day=_day(day),
            generation=generation,
            release=_KINDS[kind],
            source=SOURCES[source],
            revision=_revision(revision),
            kb=kb,
            note=note.strip(),
            cumulative_revision=_revision(cumulative_revision),
            cumulative_kb=cumulative_kb.strip("-"),
            day_known=len(day) == len("2025-05-13"),
        )


def _day(text: str) -> date:
    numbers = [int(part) for part in text.split("-")]
    return date(*numbers) if len(numbers) == 3 else patch_day(*numbers)


def _revision(text: str) -> int | None:
    return None if text == "-" else int(text)


EVENTS: tuple[PatchEvent, ...] = (*_events("2022", table_2022.TABLE), *_events("2025", table_2025.TABLE))
# Hotpatch on Windows Server 2022 was a preview before; its months say nothing of those to come.
FIRST_MONTH: dict[Generation, date] = {"2022": date(2022, 2, 1), "2025": date(2024, 11, 1)}
