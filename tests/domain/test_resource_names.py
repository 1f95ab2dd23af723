"""The patterns by which a stack names its resources in Azure, and the secrets and disks that its groups name."""

from typing import Any

import pytest

from azure_hotpatch.domain.azure.resource_names import OF_A_DISK, why_not_pattern
from azure_hotpatch.domain.settings import SettingsError, parse_settings

DISK = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/data"


@pytest.mark.parametrize("pattern", ["{name}", "vm-{prefix}{name}-{location}", "{group}.{name}"])
def test_accepts_a_pattern_with_the_name_in_it(pattern: str) -> None:
    assert why_not_pattern(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("web", "has no {name}"),
        ("{name", "a brace that is not closed"),
        ("{name}/x", "has '/x'"),
        ("{name}-{stack}", "{stack}, which is no part of a name"),
        ("{name!r}", "no part of a name"),
        ("{name:>80}", "no part of a name"),
        ("{name}-{}", "no part of a name"),
    ],
)
def test_refuses_another_pattern(pattern: str, why: str) -> None:
    assert why in (why_not_pattern(pattern) or "")


def test_the_disks_of_a_machine_differ() -> None:
    assert (
        why_not_pattern("{name}", OF_A_DISK, ("name", "unit")) == "'{name}' has no {unit}, so that names would be alike"
    )


def refused(config: dict[str, Any], **more: Any) -> str:
    with pytest.raises(SettingsError) as caught:
        parse_settings(config, **more)
    return str(caught.value)


WEB = {"name": "web", "count": 2}


@pytest.mark.parametrize("setting", ["network", "securityGroup", "natGateway", "publicAddress", "schedule"])
def test_what_there_is_one_of_in_a_region_is_named_after_the_region(setting: str) -> None:
    assert parse_settings({"naming": {"patterns": {setting: "x-{prefix}{location}"}}})
    assert f"naming.patterns.{setting}: 'x' has no {{location}}" in refused({"naming": {"patterns": {setting: "x"}}})
    assert "{name}, which is no part" in refused({"naming": {"patterns": {setting: "{name}-{location}"}}})


def test_a_subnet_is_alone_in_its_network_and_needs_no_part() -> None:
    north = {"regions": {"northeurope": {}}}
    machines = [WEB, {"name": "far", "location": "northeurope"}]
    naming = {"patterns": {"subnet": "snet-machines"}}
    assert parse_settings({"naming": naming, "network": north, "fleet": {"machines": machines}})


def test_a_schedule_and_its_group_have_names_that_are_short_enough_together() -> None:
    patterns = {"schedule": "m" * 60 + "-{location}", "resourceGroup": "g" * 60 + "-{name}"}
    told = refused({"naming": {"patterns": patterns}})
    assert "naming.patterns.schedule" in told
    assert "Azure takes 127" in told
    existing = {
        "existingResourceGroups": {"fleet": "g" * 80},
        "naming": {"patterns": {"schedule": patterns["schedule"]}},
    }
    assert "Azure takes 127" in refused(existing)


@pytest.mark.parametrize("group", ["rg_data(1)", "/subscriptions/s/resourceGroups/rg.data"])
def test_a_resource_group_that_exists_is_given_by_name_or_id(group: str) -> None:
    fleet = {"machines": [{"name": "sql", "resourceGroup": "data"}]}
    settings = parse_settings({"existingResourceGroups": {"data": group}, "fleet": fleet})
    assert settings.resource_groups() == {"fleet": "westeurope"}


@pytest.mark.parametrize("group", ["", "rg data", "rg.", "/subscriptions/s", "g" * 91])
def test_refuses_what_is_no_resource_group(group: str) -> None:
    told = refused({"existingResourceGroups": {"fleet": group}})
    assert "existingResourceGroups.fleet: " in told
    assert "neither the name of a resource group nor its id" in told


def test_refuses_a_resource_group_that_nothing_is_put_into() -> None:
    fleet = {"machines": [{"name": "sql", "resourceGroup": "data"}]}
    told = refused({"existingResourceGroups": {"date": "rg-data"}, "fleet": fleet})
    assert "existingResourceGroups.date: nothing is put into it" in told
    assert "did you mean: data" in told


def test_the_pattern_of_groups_is_not_that_of_a_group_that_exists() -> None:
    patterns = {"resourceGroup": "-{name}"}
    assert parse_settings({"naming": {"patterns": patterns}, "existingResourceGroups": {"fleet": "rg"}})


@pytest.mark.parametrize(
    ("patterns", "path"),
    [
        ({"machine": "a" * 60 + "{name}"}, "naming.patterns.machine"),
        ({"resourceGroup": "-{name}"}, "naming.patterns.resourceGroup"),
        ({"interface": "{group}{name}"}, "naming.patterns.interface"),
    ],
)
def test_refuses_names_that_are_too_long_or_alike(patterns: dict[str, str], path: str) -> None:
    alike = [{"name": "a", "names": ["bc"]}, {"name": "ab", "names": ["c"]}]
    assert path in refused({"naming": {"patterns": patterns}, "fleet": {"machines": [WEB, *alike]}})


def test_a_group_names_a_secret_that_is_there() -> None:
    extension = {"name": "join", "publisher": "p", "type": "t", "version": "1.3", "protectedSettingsSecret": "joim"}
    groups = [{**WEB, "adminPasswordSecret": "web", "extensions": [extension]}]
    told = refused({"fleet": {"machines": groups}}, secret_names=["join"])
    assert "fleet.machines[0].adminPasswordSecret: the stack has no secret 'web'" in told
    assert "pulumi config set --secret --path 'secrets.web'" in told
    assert "fleet.machines[0].extensions[0].protectedSettingsSecret" in told
    assert "did you mean: join" in told


def test_extensions_of_a_group_differ_and_a_scale_sets_are_not_its_health_extension() -> None:
    extension = {"name": "health", "publisher": "p", "type": "t", "version": "1.3"}
    sets = [{"name": "front", "extensions": [extension]}]
    told = refused({"fleet": {"machines": [{**WEB, "extensions": [extension, extension]}], "scaleSets": sets}})
    assert "fleet.machines[0].extensions[1].name: 'health' is already that of extensions[0]" in told
    assert "fleet.machines[0].extensions[1].type: 'p.t' is already that of extensions[0]" in told
    assert "fleet.scaleSets[0].extensions[0].name: 'health' is that of the health extension" in told


def test_a_scale_set_names_a_secret_that_is_there() -> None:
    extension = {"name": "join", "publisher": "p", "type": "t", "version": "1.3", "protectedSettingsSecret": "joim"}
    told = refused({"fleet": {"scaleSets": [{"name": "front", "extensions": [extension]}]}}, secret_names=["join"])
    assert "fleet.scaleSets[0].extensions[0].protectedSettingsSecret: the stack has no secret 'joim'" in told


def test_the_disks_that_exist_are_those_of_the_groups_machines() -> None:
    told = refused({"fleet": {"machines": [{**WEB, "dataDisks": [{"sizeGB": 64, "diskIds": {"web-1": DISK}}]}]}})
    assert "no machine of the group is called 'web-1'" in told
    assert "it has no disk for web-01, web-02" in told


def test_a_group_that_may_be_replaced_has_disks_that_stay() -> None:
    told = refused({"fleet": {"machines": [{**WEB, "replaceOnChange": True, "dataDisks": [{"sizeGB": 64}]}]}})
    assert "fleet.machines[0].dataDisks[0].separate" in told
