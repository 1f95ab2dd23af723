"""A program in YAML, which knows the resources by the provider's schema alone."""

import os
from pathlib import Path
from shutil import which
from typing import Any

import pytest

PROGRAM = """
name: yaml
runtime: yaml
config: {azure-native:location: westeurope}
resources:
  group:
    type: azure-native:resources:ResourceGroup
  vnet:
    type: azure-native:network:VirtualNetwork
    properties:
      resourceGroupName: ${group.name}
      addressSpace: {addressPrefixes: [10.0.0.0/16]}
      subnets: [{name: default, addressPrefix: 10.0.0.0/24}]
outputs:
  subnet: ${vnet.subnets[0].name}
  location: ${found.location}
variables:
  found:
    fn::invoke:
      function: azure-native:network:getVirtualNetwork
      arguments: {resourceGroupName: "${group.name}", virtualNetworkName: "${vnet.name}"}
"""


def test_comes_up_and_stays(engine: Any, tmp_path: Path) -> None:
    if not which("pulumi-language-yaml", path=engine.env["PATH"] + os.pathsep):
        pytest.skip("needs the YAML language host, which set-up builds on demand")
    (tmp_path / "Pulumi.yaml").write_text(PROGRAM)
    engine("stack init dev", tmp_path)
    engine("up --yes --skip-preview --stack dev", tmp_path)
    engine("up --yes --skip-preview --expect-no-changes --stack dev", tmp_path)
    assert engine("stack output subnet --stack dev", tmp_path).stdout.strip() == "default"
    assert engine("stack output location --stack dev", tmp_path).stdout.strip() == "westeurope"
