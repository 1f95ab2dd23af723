"""The program's configuration: which keys are read, under which name, and what is said of the rest."""

import json

import pulumi
import pytest

from azure_hotpatch.program.configuration import settings_of, warnings
from tests.program.conftest import Deploy

FLEET = json.dumps({"machines": [{"name": "web"}]})


def test_tells_all_mistakes_of_a_stack_without_a_traceback() -> None:
    with pytest.raises(pulumi.RunError) as told:
        settings_of({"azure-hotpatch:location": "West Europe", "azure-hotpatch:flet": "{}"})
    assert "2 settings are wrong" in str(told.value)


def test_does_not_read_the_password_into_settings() -> None:
    assert settings_of({"azure-hotpatch:adminPassword": "sesame", "aws:region": "eu-west-1"}).location == "westeurope"


def test_a_project_of_another_name_reads_the_keys_of_the_template() -> None:
    config = {"azure-hotpatch:fleet": FLEET, "shop:location": "uksouth"}
    settings = settings_of(config, "shop")
    assert ([group.name for group in settings.fleet.machines], settings.location) == (["web"], "uksouth")
    assert warnings(config, "shop", settings) == []


def test_a_key_of_the_projects_own_name_comes_first_and_the_other_is_named() -> None:
    config = {"shop:location": "uksouth", "azure-hotpatch:location": "westeurope", "shop:fleet": FLEET}
    settings = settings_of(config, "shop")
    assert settings.location == "uksouth"
    assert warnings(config, "shop", settings) == [
        "azure-hotpatch:location is not read, because shop:location is set; remove one of them."
    ]


def test_an_empty_fleet_is_said_aloud() -> None:
    (warning,) = warnings({}, "shop", settings_of({}, "shop"))
    assert warning == "The fleet of this stack is empty, and no machine is made: set shop:fleet in the stack's file."


def test_a_fleet_under_another_namespace_is_named() -> None:
    config = {"azure_hotpatch:fleet": FLEET, "aws:region": "eu-west-1"}
    assert warnings(config, "shop", settings_of(config, "shop"))[1:] == [
        "azure_hotpatch:fleet is not read: this program reads shop:fleet or azure-hotpatch:fleet."
    ]


@pytest.mark.parametrize("kind", ["machines", "scaleSets"])
def test_a_fleet_with_a_group_is_not_empty(kind: str) -> None:
    config = {"azure-hotpatch:fleet": json.dumps({kind: [{"name": "web"}]})}
    assert warnings(config, "azure-hotpatch", settings_of(config)) == []


def test_a_shipped_stack_deploys_under_another_name(deploy: Deploy) -> None:
    deployed = deploy({"fleet": {"machines": [{"name": "web"}]}}, project="shop", namespace="azure-hotpatch")
    assert set(deployed.of("VirtualMachine")) == {"web-vm"}


def test_warnings_reach_the_engine(deploy: Deploy, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(pulumi.log, "warn", said.append)
    deploy({})
    assert len(said) == 1
    assert "fleet of this stack is empty" in said[0]


def test_a_restart_budget_that_may_break_ends_the_preview_with_its_date(deploy: Deploy) -> None:
    schedule = {"start": "2027-01-16 02:00", "recurrence": "saturdayAfterPatchTuesday"}
    maintenance = {"mode": "customerManagedSchedule", "schedule": schedule, "restartBudget": {"perYear": 5}}
    with pytest.raises(pulumi.RunError, match="web may restart 12 times in 2027, and 5 are allowed"):
        deploy({"fleet": json.loads(FLEET), "maintenance": maintenance})
