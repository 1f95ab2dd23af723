"""What really came out for hotpatch machines, month by month. A month without a record is not known, not quiet."""

from collections.abc import Iterator
from datetime import date

from azure_hotpatch.domain.azure.patch_event import Generation, PatchEvent, Release, ReleaseSource

RELEASE_INFORMATION = ReleaseSource(
    "Windows Server release information, hotpatch calendar",
    date(2026, 5, 25),
    "https://learn.microsoft.com/windows/release-health/windows-server-release-info",
)
_LATER_READING = ReleaseSource("Windows Server release information, as a blog read it", date(2026, 10, 2))
_ARCHIVED_READING = ReleaseSource(
    "Windows Server release information, as vuls-data-update archived it", date(2026, 9, 1)
)
_MSRC = ReleaseSource("MSRC security update guide, as vuls-data-update archived it", date(2026, 9, 1))
_PRESS = ReleaseSource("press on the out-of-band update, quoting its article", date(2025, 11, 1))

_MONTHS_2022 = """
2024-01-09 baseline 2227 KB5034129
2024-02-13 hotpatch 2277 KB5034860
2024-03-12 hotpatch 2333 KB5035959
2024-04-09 baseline 2402 KB5036909
2024-05-14 hotpatch 2458 KB5037848
2024-06-11 hotpatch 2522 KB5039330
2024-07-09 baseline 2582 KB5040437
2024-08-13 unplanned 2655 KB5041160
2024-09-10 hotpatch 2695 KB5042880
2024-10-08 baseline 2762 KB5044281
2024-11-12 hotpatch 2819 KB5046698
2024-12-10 hotpatch 2908 KB5048800
2025-01-14 baseline 3091 KB5049983
2025-02-11 hotpatch 3148 KB5052106
2025-03-11 hotpatch 3270 KB5053638
2025-04-08 baseline 3453 KB5055526
2025-05-13 hotpatch 3630 KB5058500
2025-06-10 hotpatch 3745 KB5060525
2025-07-08 baseline 3932 KB5062572
2025-08-12 hotpatch 3989 KB5063812
2025-09-09 hotpatch 4106 KB5065306
2025-10-14 baseline 4294 KB5066782
2025-11-11 hotpatch 4346 KB5068840
2025-12-09 hotpatch 4467 KB5071413
2026-01-13 baseline 4648 KB5073457
2026-02-10 hotpatch 4711 KB5075943
2026-03-10 hotpatch 4830 KB5078737
2026-04-14 baseline 5020 KB5082142
2026-05-12 hotpatch 5074 KB5087424
"""
_MONTHS_2025 = """
2024-11-12 hotpatch 2240 KB5046696
2024-12-10 hotpatch 2528 KB5048794
2025-01-14 baseline 2894 KB5050009
2025-02-11 hotpatch 3107 KB5052105
2025-03-11 hotpatch 3403 KB5053636
2025-04-08 baseline 3775 KB5055523
2025-05-13 hotpatch 3981 KB5058497
2025-06-10 hotpatch 4270 KB5060841
2025-07-08 baseline 4652 KB5062553
2025-08-12 hotpatch 4851 KB5064010
2025-09-09 hotpatch 6508 KB5065474
2025-10-14 baseline 6899 KB5066835
2025-11-11 hotpatch 7092 KB5068966
2025-12-09 hotpatch 7392 KB5072014
2026-01-13 baseline 32230 KB5073379
2026-02-10 hotpatch 32313 KB5075942
2026-03-10 hotpatch 32463 KB5078736
2026-04-14 baseline 32690 KB5082063
2026-05-12 hotpatch 32772 KB5087423
"""
_WORDS = {"baseline": Release.BASELINE, "unplanned": Release.UNPLANNED_BASELINE, "hotpatch": Release.HOTPATCH}


def _months(generation: Generation, table: str) -> Iterator[PatchEvent]:
    for line in table.strip().splitlines():
        day, word, revision, kb = line.split()
        yield PatchEvent(date.fromisoformat(day), generation, _WORDS[word], RELEASE_INFORMATION, int(revision), kb)


EVENTS: tuple[PatchEvent, ...] = (
    *_months("2022", _MONTHS_2022),
    PatchEvent(date(2026, 8, 11), "2022", Release.HOTPATCH, _MSRC, None, "KB5120229"),
    *_months("2025", _MONTHS_2025),
    PatchEvent(date(2026, 6, 9), "2025", Release.UNPLANNED_BASELINE, _ARCHIVED_READING, 32995, "KB5094125"),
    PatchEvent(
        date(2026, 7, 14),
        "2025",
        Release.BASELINE,
        _LATER_READING,
        33158,
        "KB5099536",
        "the archived page still had a hotpatch planned for it",
    ),
    PatchEvent(date(2026, 8, 11), "2025", Release.HOTPATCH, _LATER_READING),
    PatchEvent(date(2026, 9, 8), "2025", Release.UNPLANNED_BASELINE, _LATER_READING),
    PatchEvent(
        date(2025, 10, 23),
        "2025",
        Release.OUT_OF_BAND,
        _PRESS,
        6905,
        "KB5070881",
        "machines that took it had no hotpatch until the baseline of January 2026; KB5070893 was the safe one",
    ),
    PatchEvent(
        date(2026, 4, 19),
        "2025",
        Release.OUT_OF_BAND,
        _ARCHIVED_READING,
        32698,
        "KB5091157",
        "for domain controllers",
    ),
)
