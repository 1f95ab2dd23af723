"""What the configuration of the pack may say, and how each mistake is reported."""

from datetime import date
from typing import Any

import pytest

from azure_hotpatch.domain.azure.images import HOTPATCH_IMAGES, Image
from azure_hotpatch.domain.judging.rule import MachineScope
from azure_hotpatch.domain.rules import RULES
from azure_hotpatch.policies.config import ConfigError, Level, parse_config

WAIVER = {"urn": "*::vm", "rule": "HP001", "owner": "Ada", "reason": "leaving in spring", "expires": "2027-03-31"}


def problems(raw: dict[str, Any]) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as refused:
        parse_config(raw)
    return tuple(map(str, refused.value.problems))


def test_every_rule_has_a_level_without_a_word() -> None:
    config = parse_config({})
    assert config.levels.keys() == {rule.id for rule in RULES}
    assert config.levels["HP001"] is Level.MANDATORY
    assert config.levels["HP036"] is Level.ADVISORY


def test_a_rule_s_own_level_comes_before_the_one_for_all() -> None:
    config = parse_config({"all": "advisory", "HP001": "disabled", "HP004": {"enforcementLevel": "remediate"}})
    assert config.levels["HP002"] is Level.ADVISORY
    assert config.levels["HP001"] is Level.DISABLED
    assert config.levels["HP004"] is Level.REMEDIATE
    assert "HP001" not in {rule.id for rule in config.enabled()}


def test_settings_say_which_images_and_machines_are_judged() -> None:
    settings = {
        "generation": 2025,
        "scope": "all",
        "extraImages": ["a:b:c"],
        "refusedImages": [HOTPATCH_IMAGES["2022"][0].sku],
        "unverifiable": "mandatory",
    }
    config = parse_config({"hotpatch": settings})
    skus = {image.sku for image in config.catalogue.images}
    assert {HOTPATCH_IMAGES["2025"][0].sku, "c"} <= skus
    assert HOTPATCH_IMAGES["2022"][0].sku not in skus
    assert Image("A", "B", "C") in config.catalogue
    assert (config.scope, config.unverifiable) == (MachineScope.ALL, Level.MANDATORY)


def test_a_waiver_is_read_whole() -> None:
    (waiver,) = parse_config({"hotpatch": {"waivers": [WAIVER]}}).waivers
    assert waiver.expires == date(2027, 3, 31)
    assert str(waiver) == "Ada, until 2027-03-31: leaving in spring"


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (
            {"HP0001": "advisory"},
            f"HP0001: unknown rule\n    allowed: HP001 to {RULES[-1].id}, all\n    did you mean: HP001",
        ),
        (
            {"HP001": "mandtory"},
            "HP001: unknown value\n    value: 'mandtory'\n    allowed: disabled, advisory, mandatory",
        ),
        ({"HP001": {"scope": "all"}}, "HP001.scope: unknown setting: a rule has none but its level"),
        ({"HP001": 3}, "HP001: unknown value\n    value: 3"),
        ({"hotpatch": {"scop": "all"}}, "did you mean: scope"),
        (
            {"hotpatch": {"scope": "linux"}},
            "hotpatch.scope: unknown value\n    value: 'linux'\n    allowed: windows, all",
        ),
        (
            {"hotpatch": {"generation": "2019"}},
            "hotpatch.generation: unknown value\n    value: '2019'\n    allowed: 2022, 2025",
        ),
        (
            {"hotpatch": {"unverifiable": "off"}},
            "hotpatch.unverifiable: unknown value\n    value: 'off'\n    allowed: advisory, mandatory",
        ),
        ({"hotpatch": {"extraImages": "a:b:c"}}, "hotpatch.extraImages: is not a list\n    value: 'a:b:c'"),
        ({"hotpatch": {"extraImages": ["a:b"]}}, "hotpatch.extraImages[0]: 'a:b' is not an image"),
        ({"hotpatch": {"refusedImages": [7]}}, "hotpatch.refusedImages[0]: is not a string\n    value: 7"),
        ({"hotpatch": {"waivers": ["HP001"]}}, "hotpatch.waivers[0]: is not an object\n    value: 'HP001'"),
        ({"hotpatch": {"waivers": [{**WAIVER, "owner": " "}]}}, "hotpatch.waivers[0].owner: is empty"),
        (
            {"hotpatch": {"waivers": [{**WAIVER, "expires": "31.3.2027"}]}},
            "hotpatch.waivers[0].expires: '31.3.2027' is not a date",
        ),
        (
            {"hotpatch": {"waivers": [{**WAIVER, "rule": "HP01"}]}},
            "hotpatch.waivers[0].rule: unknown value\n    value: 'HP01'",
        ),
        ({"hotpatch": {"waivers": [{**WAIVER, "until": "x"}]}}, "hotpatch.waivers[0].until: unknown setting"),
        ({"hotpatch": {"scope": ["all"]}}, "hotpatch.scope: unknown value\n    value: ['all']"),
        ({"hotpatch": {"generation": {}}}, "hotpatch.generation: unknown value\n    value: an object of 0"),
    ],
)
def test_a_mistake_is_reported_with_its_path(raw: dict[str, Any], told: str) -> None:
    assert any(told in problem for problem in problems(raw))


def test_a_release_of_its_own_extends_the_calendar() -> None:
    event = {"day": "2026-09-08", "generation": "2022", "release": "hotpatch", "source": "release notes"}
    config = parse_config({"hotpatch": {"calendar": {"events": [event]}}})
    assert config.context(date(2026, 10, 1)).calendar.events[-1].day == date(2026, 9, 8)


def test_a_mistake_in_a_release_has_its_path() -> None:
    (problem,) = problems({"hotpatch": {"calendar": {"events": [{"day": "soon"}]}}})[:1]
    assert problem.startswith("hotpatch.calendar.events[0].day: 'soon' is not a date")


def test_all_mistakes_are_reported_at_once() -> None:
    found = problems({"HP0001": "x", "hotpatch": {"scope": "y", "waivers": [{}], "zone": 1}})
    assert len(found) >= 8
    assert len(found) == len(set(found))
