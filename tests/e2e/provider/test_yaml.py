"""A program in YAML, which knows the resources by the provider's schema alone."""

import json
from pathlib import Path
from typing import Any

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
# A cluster is stored as it is sent: what is inside of its outputs is known by the nested types of the schema alone.
NESTED = """
name: nested
runtime: yaml
config: {azure-native:location: westeurope}
resources:
  group:
    type: azure-native:resources:ResourceGroup
  cluster:
    type: azure-native:containerservice:ManagedCluster
    properties:
      resourceGroupName: ${group.name}
      dnsPrefix: nested
      identity: {type: SystemAssigned}
      agentPoolProfiles: [{name: windows, count: 2, upgradeSettings: {maxSurge: 33%}}]
      networkProfile: {loadBalancerProfile: {managedOutboundIPs: {count: 3}}}
  reader:
    type: azure-native:resources:ResourceGroup
    properties:
      tags: {surge: "${cluster.agentPoolProfiles[0].upgradeSettings.maxSurge}"}
outputs:
  count: ${cluster.networkProfile.loadBalancerProfile.managedOutboundIPs.count}
  surge: ${reader.tags["surge"]}
  principal: ${cluster.identity.principalId}
  found: ${found.networkProfile.loadBalancerProfile.managedOutboundIPs.count}
variables:
  found:
    fn::invoke:
      function: azure-native:containerservice:getManagedCluster
      arguments: {resourceGroupName: "${group.name}", resourceName: "${cluster.name}"}
"""


def test_reaches_the_outputs_of_a_stored_resource_at_any_depth(yaml_engine: Any, tmp_path: Path) -> None:
    (tmp_path / "Pulumi.yaml").write_text(NESTED)
    yaml_engine("stack init dev", tmp_path)
    yaml_engine("up --yes --skip-preview --stack dev", tmp_path)
    outputs = json.loads(yaml_engine("stack output --json --stack dev", tmp_path).stdout)
    assert (outputs["count"], outputs["surge"], outputs["found"]) == (3, "33%", 3)
    assert outputs["principal"]


def test_refuses_an_output_that_a_stored_resource_does_not_have(yaml_engine: Any, tmp_path: Path) -> None:
    (tmp_path / "Pulumi.yaml").write_text(NESTED.replace("managedOutboundIPs.count", "managedOutboundIPs.number"))
    yaml_engine("stack init dev", tmp_path)
    refused = yaml_engine("up --yes --skip-preview --stack dev", tmp_path, check=False)
    assert refused.returncode
    assert "number does not exist on cluster.networkProfile.loadBalancerProfile.managedOutboundIPs" in refused.stdout


def test_comes_up_and_stays(yaml_engine: Any, tmp_path: Path) -> None:
    (tmp_path / "Pulumi.yaml").write_text(PROGRAM)
    yaml_engine("stack init dev", tmp_path)
    yaml_engine("up --yes --skip-preview --stack dev", tmp_path)
    yaml_engine("up --yes --skip-preview --expect-no-changes --stack dev", tmp_path)
    assert yaml_engine("stack output subnet --stack dev", tmp_path).stdout.strip() == "default"
    assert yaml_engine("stack output location --stack dev", tmp_path).stdout.strip() == "westeurope"
