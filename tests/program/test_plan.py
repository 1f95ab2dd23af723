"""The program: a stack's configuration becomes settings, and settings become components."""

import json
from pathlib import Path
from typing import Any

import pulumi
import pytest
import yaml

from azure_hotpatch.program import plan
from azure_hotpatch.program.configuration import settings_of
from azure_hotpatch.program.secrets import Secrets
from azure_hotpatch.program.surroundings import Surroundings

REPOSITORY = Path(__file__).resolve().parents[2]
STACKS = sorted(path.name.split(".")[1] for path in (REPOSITORY / "stacks").glob("Pulumi.*.yaml"))
AROUND = Surroundings(
    subnets={"westeurope": "subnet-we", "northeurope": "subnet-ne"},
    schedules={"westeurope": "window-we"},
    availability_sets={"prod-web-ne": "set-ne"},
    resource_groups={"fleet": "fleet"},
)
SECRETS = Secrets(pulumi.Output.secret("Correct-horse-9"))


def settings(stack: str) -> Any:
    """The settings of a committed stack, as Pulumi hands its configuration to a program: texts, JSON for objects."""
    config = yaml.safe_load((REPOSITORY / f"stacks/Pulumi.{stack}.yaml").read_text())["config"]
    return settings_of({key: value if isinstance(value, str) else json.dumps(value) for key, value in config.items()})


def machines(stack: str) -> dict[str, dict[str, Any]]:
    return dict(plan.machines(settings(stack), SECRETS, AROUND))


@pytest.mark.parametrize("stack", STACKS)
def test_every_stack_file_is_right(stack: str) -> None:
    assert settings(stack).fleet


def test_the_sandbox_has_the_four_images_of_the_article() -> None:
    assert [args["image"].sku for args in machines("sandbox").values()] == [
        "2022-Datacenter-Azure-Edition-Core",
        "2022-Datacenter-Azure-Edition-Core-smalldisk",
        "2022-Datacenter-Azure-Edition-Hotpatch",
        "2022-Datacenter-Azure-Edition-Hotpatch-smalldisk",
    ]


def test_spreads_a_group_over_its_zones_and_keeps_the_prefix_out_of_computer_names() -> None:
    planned = machines("prod")
    assert [planned[f"prod-web-0{number}"]["zones"] for number in (1, 2, 3)] == [["1"], ["2"], ["3"]]
    assert planned["prod-web-01"]["computer_name"] == "web-01"


def test_puts_each_group_into_the_network_of_its_region() -> None:
    planned = machines("prod")
    assert planned["prod-web-01"]["subnet_id"] == "subnet-we"
    assert planned["prod-web-ne-01"]["subnet_id"] == "subnet-ne"
    assert planned["prod-web-ne-01"]["availability_set_id"] == "set-ne"


def test_assigns_a_schedule_to_the_machines_of_its_mode_only() -> None:
    assert {args["maintenance_configuration_id"] for args in machines("scheduled").values()} == {"window-we"}
    assert [name for name, args in machines("dev").items() if "maintenance_configuration_id" in args] == []
