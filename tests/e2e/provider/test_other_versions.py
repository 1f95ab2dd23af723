"""Programs that ask for another version of azure-native than the installed one."""

import os
from pathlib import Path
from typing import Any

import pytest

PROGRAM = """
name: other
runtime: yaml
resources:
  group:
    type: azure-native:resources:ResourceGroup
    properties: {{location: westeurope}}
    options: {{version: {version}}}
  alerts:
    type: azure-native:insights:ActionGroup
    properties: {{resourceGroupName: "${{group.name}}", groupShortName: ops, enabled: true, location: global}}
    options: {{version: {version}}}
"""
VERSIONS = ["2.90.0", "3.28.0"]


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest, yaml_engine: Any, tmp_path: Path) -> str:
    (tmp_path / "Pulumi.yaml").write_text(PROGRAM.format(version=request.param))
    yaml_engine("stack init dev", tmp_path)
    return str(request.param)


@pytest.mark.usefixtures("version")
def test_come_up_stay_and_go_with_the_plugin_on_the_path(yaml_engine: Any, pulumi_home: Path, tmp_path: Path) -> None:
    (plugin,) = pulumi_home.glob("plugins/resource-azure-native-*")
    env = {"PATH": os.pathsep.join([str(plugin), yaml_engine.env["PATH"]])}
    for command in ("up --yes --skip-preview", "up --yes --skip-preview --expect-no-changes", "destroy --yes"):
        yaml_engine(f"{command} --stack dev", tmp_path, env=env)


def test_are_told_what_is_missing_without_it(yaml_engine: Any, version: str, tmp_path: Path) -> None:
    refused = yaml_engine("up --yes --skip-preview --stack dev", tmp_path, check=False)
    assert refused.returncode
    missing = f"no resource plugin 'pulumi-resource-azure-native' found in the workspace at version v{version}"
    assert f"{missing} or on your $PATH" in refused.stdout + refused.stderr
