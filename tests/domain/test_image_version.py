"""What a pinned image version says, and when it is too old for hotpatch."""

from datetime import date

import pytest

from azure_hotpatch.domain.azure.calendar import parse_image_version, why_stale

DECEMBER_2024 = "20348.2966.241205"


def test_a_version_is_build_revision_and_day() -> None:
    version = parse_image_version(DECEMBER_2024)
    assert version is not None
    assert (version.generation, version.build, version.built) == ("2022", "20348.2966", date(2024, 12, 5))


@pytest.mark.parametrize("text", ["latest", "17763.1.200101", "20348.2966", "20348.2966.241335", "20348.2966.241205.1"])
def test_what_is_no_version_of_ours_is_not_judged(text: str) -> None:
    assert parse_image_version(text) is None
    assert why_stale(text, date(2026, 1, 1)) is None


def test_a_version_is_current_until_the_next_baseline() -> None:
    assert why_stale(DECEMBER_2024, date(2025, 1, 13)) is None
    reason = why_stale(DECEMBER_2024, date(2025, 1, 14))
    assert reason == (
        "image version 20348.2966.241205 is older than the baseline of 2025-01-14, build 20348.3091 (KB5049983)"
    )


def test_an_image_with_the_baseline_itself_is_current() -> None:
    assert why_stale("20348.3091.250105", date(2025, 1, 14)) is None


def test_an_unplanned_baseline_overtakes_it_too() -> None:
    assert why_stale("20348.2582.240705", date(2024, 8, 13)) is not None


def test_without_a_recorded_build_the_day_it_was_built_decides() -> None:
    assert why_stale("20348.5256.260605", date(2026, 7, 20)) is not None
    assert why_stale("20348.5400.260705", date(2026, 7, 20)) is None
