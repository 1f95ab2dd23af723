"""HP017: the API version is not older than hotpatch."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.finding import Verdict
from azure_hotpatch.domain.judging.record import UNKNOWN


@pytest.mark.parametrize(
    ("version", "reason"),
    [
        ("2019-12-01", "refuses hotpatch images"),
        ("2020-06-01", "does not know enableHotpatching"),
        ("2020-09-30-preview", "does not know enableHotpatching"),
    ],
)
def test_refuses_an_older_version(version: str, reason: str, vm: Any, ask: Any) -> None:
    (finding,) = ask("HP017", vm(api_version=version))
    assert (finding.path, finding.found) == ("apiVersion", version)
    assert reason in finding.message


@pytest.mark.parametrize("version", ["2020-12-01", "2024-11-01", "", "latest"])
def test_accepts_a_newer_version_and_none(version: str, vm: Any, ask: Any) -> None:
    assert ask("HP017", vm(api_version=version)) == []


def test_a_flexible_set_needs_a_newer_one(scale_set: Any, ask: Any) -> None:
    assert len(ask("HP017", scale_set(api_version="2020-12-01"))) == 1
    assert ask("HP017", scale_set(api_version="2021-03-01")) == []


def test_shows_no_version_that_is_a_secret(vm: Any, ask: Any) -> None:
    (finding,) = ask("HP017", vm({"apiVersion": "2019-07-01"}, api_version="2019-07-01", secrets={"apiVersion"}))
    assert finding.found == "[secret]"
    assert "2019" not in finding.message


def test_a_version_that_is_not_known_cannot_be_verified(vm: Any, ask: Any) -> None:
    (finding,) = ask("HP017", vm({"apiVersion": UNKNOWN}))
    assert (finding.path, finding.verdict) == ("apiVersion", Verdict.UNVERIFIABLE)
