"""Programs that ask for another version of azure-native than the installed one."""

import os
from pathlib import Path
from shutil import which
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


@pytest.fixture
def engine(engine: Any) -> Any:
    if not which("pulumi-language-yaml", path=engine.env["PATH"] + os.pathsep):
        pytest.skip("needs the YAML language host, which set-up builds on demand")
    return engine


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest, engine: Any, tmp_path: Path) -> str:
    (tmp_path / "Pulumi.yaml").write_text(PROGRAM.format(version=request.param))
    engine("stack init dev", tmp_path)
    return str(request.param)


@pytest.mark.usefixtures("version")
def test_come_up_stay_and_go_with_the_plugin_on_the_path(engine: Any, pulumi_home: Path, tmp_path: Path) -> None:
    (plugin,) = pulumi_home.glob("plugins/resource-azure-native-*")
    env = {"PATH": os.pathsep.join([str(plugin), engine.env["PATH"]])}
    for command in ("up --yes --skip-preview", "up --yes --skip-preview --expect-no-changes", "destroy --yes"):
        engine(f"{command} --stack dev", tmp_path, env=env)


def test_are_told_what_is_missing_without_it(engine: Any, version: str, tmp_path: Path) -> None:
    refused = engine("up --yes --skip-preview --stack dev", tmp_path, check=False)
    assert refused.returncode
    missing = f"no resource plugin 'pulumi-resource-azure-native' found in the workspace at version v{version}"
    assert f"{missing} or on your $PATH" in refused.stdout + refused.stderr
