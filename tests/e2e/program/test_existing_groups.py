"""A stack that puts its machines into resource groups of another stack, and leaves them there when it goes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml


def configure(program: Path, stack: str, config: dict[str, Any]) -> None:
    file = program / f"stacks/Pulumi.{stack}.yaml"
    content = yaml.safe_load(file.read_text())
    content["config"] |= {f"azure-hotpatch:{key}": value for key, value in config.items()}
    file.write_text(yaml.safe_dump(content))


def test_machines_go_into_groups_that_exist_and_the_groups_stay(program: Path, stack: Callable[..., Any]) -> None:
    landing = stack("landing")
    configure(program, "landing", {"naming": {"patterns": {"resourceGroup": "rg-landing-{name}"}}})
    landing.up()
    (group,) = [each["id"] for each in landing.resources() if each["type"].endswith(":ResourceGroup")]
    assert group.endswith("/resourceGroups/rg-landing-fleet")

    guest = stack("guest")
    fleet = {"machines": [{"name": "web"}, {"name": "sql", "resourceGroup": "data"}]}
    groups = {"fleet": "rg-landing-fleet", "data": group}
    configure(program, "guest", {"existingResourceGroups": {**groups, "data": "rg-absent"}, "fleet": fleet})
    refused = guest.run("preview", check=False)
    assert refused.returncode != 0
    assert "existingResourceGroups.data: rg-absent" in refused.stdout
    assert "Traceback" not in refused.stdout

    configure(program, "guest", {"existingResourceGroups": groups})
    guest.up()
    made = [each for each in guest.resources() if each["type"].startswith("azure-native:")]
    assert [each for each in made if each["type"].endswith(":ResourceGroup")] == []
    assert {each["id"].partition("/providers/")[0] for each in made} == {group}
    guest.run("up --yes --skip-preview --expect-no-changes")
    guest.run("destroy --yes --skip-preview")
    landing.run("up --yes --skip-preview --expect-no-changes --refresh")
