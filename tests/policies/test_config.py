"""What the configuration of the pack may say, and how each mistake is told."""

from datetime import date
from typing import Any

import pytest

from azure_hotpatch.domain.azure.images import SKUS_2022, SKUS_2025, Image
from azure_hotpatch.domain.judging.rule import MachineScope
from azure_hotpatch.domain.rules import RULES
from azure_hotpatch.policies.config import ConfigError, Level, parse

WAIVER = {"urn": "*::vm", "rule": "HP001", "owner": "Ada", "reason": "leaving in spring", "expires": "2027-03-31"}


def problems(raw: dict[str, Any]) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as refused:
        parse(raw)
    return refused.value.problems


def test_every_rule_has_a_level_without_a_word() -> None:
    config = parse({})
    assert config.levels.keys() == {rule.id for rule in RULES}
    assert config.levels["HP001"] is Level.MANDATORY
    assert config.levels["HP036"] is Level.ADVISORY


def test_a_rule_s_own_level_comes_before_the_one_for_all() -> None:
    config = parse({"all": "advisory", "HP001": "disabled", "HP004": {"enforcementLevel": "remediate"}})
    assert config.levels["HP002"] is Level.ADVISORY
    assert config.levels["HP001"] is Level.DISABLED
    assert config.levels["HP004"] is Level.REMEDIATE
    assert "HP001" not in {rule.id for rule in config.enabled()}


def test_settings_say_which_images_and_machines_are_judged() -> None:
    settings = {
        "generation": 2025,
        "scope": "all",
        "extraImages": ["a:b:c"],
        "refusedImages": [SKUS_2022[0]],
        "unverifiable": "mandatory",
    }
    config = parse({"hotpatch": settings})
    skus = {image.sku for image in config.catalogue.images}
    assert {SKUS_2025[0], "c"} <= skus
    assert SKUS_2022[0] not in skus
    assert Image("A", "B", "C") in config.catalogue
    assert (config.scope, config.unverifiable) == (MachineScope.ALL, Level.MANDATORY)


def test_a_waiver_is_read_whole() -> None:
    (waiver,) = parse({"hotpatch": {"waivers": [WAIVER]}}).waivers
    assert waiver.expires == date(2027, 3, 31)
    assert str(waiver) == "Ada, until 2027-03-31: leaving in spring"


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ({"HP0001": "advisory"}, "HP0001: there is no such rule; did you mean 'HP001'?"),
        ({"HP001": "mandtory"}, "HP001: 'mandtory' is not allowed; it may be disabled, advisory"),
        ({"HP001": {"scope": "all"}}, "HP001.scope: a rule has no setting but enforcementLevel"),
        ({"HP001": 3}, "HP001: 3 is not allowed"),
        ({"hotpatch": {"scop": "all"}}, "hotpatch.scop: there is no such setting; did you mean 'scope'?"),
        ({"hotpatch": {"scope": "linux"}}, "hotpatch.scope: 'linux' is not allowed; it may be windows, all"),
        ({"hotpatch": {"generation": "2019"}}, "hotpatch.generation: '2019' is not allowed; it may be 2022, 2025"),
        ({"hotpatch": {"unverifiable": "off"}}, "hotpatch.unverifiable: 'off' is not allowed"),
        ({"hotpatch": {"extraImages": "a:b:c"}}, "hotpatch.extraImages: 'a:b:c' is not a list"),
        ({"hotpatch": {"extraImages": ["a:b"]}}, "hotpatch.extraImages[0]: 'a:b' is not an image"),
        ({"hotpatch": {"refusedImages": [7]}}, "hotpatch.refusedImages[0]: 7 is not an image"),
        ({"hotpatch": {"waivers": ["HP001"]}}, "hotpatch.waivers[0]: 'HP001' is not an object"),
        ({"hotpatch": {"waivers": [{**WAIVER, "owner": " "}]}}, "hotpatch.waivers[0].owner: is missing"),
        ({"hotpatch": {"waivers": [{**WAIVER, "expires": "31.3.2027"}]}}, "'31.3.2027' is not a day"),
        ({"hotpatch": {"waivers": [{**WAIVER, "rule": "HP01"}]}}, "there is no rule 'HP01'; did you mean"),
        ({"hotpatch": {"waivers": [{**WAIVER, "until": "x"}]}}, "hotpatch.waivers[0].until: there is no such key"),
        ({"hotpatch": {"scope": ["all"]}}, "hotpatch.scope: ['all'] is not allowed"),
        ({"hotpatch": {"generation": {}}}, "hotpatch.generation: {} is not allowed"),
    ],
)
def test_a_mistake_is_told_with_its_path(raw: dict[str, Any], told: str) -> None:
    assert any(told in problem for problem in problems(raw))


def test_all_mistakes_are_told_at_once() -> None:
    found = problems({"HP0001": "x", "hotpatch": {"scope": "y", "waivers": [{}], "zone": 1}})
    assert len(found) >= 8
    assert len(found) == len(set(found))
