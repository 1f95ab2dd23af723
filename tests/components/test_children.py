"""What a component's children are called, and what they were called before."""

import pulumi
from pulumi_azure_native.compute import VirtualMachine

from azure_hotpatch.components.shared.children import lightened

VERSION = pulumi.Alias(type_="azure-native:compute/v20240301:VirtualMachine")
PREVIEW = pulumi.Alias(type_="azure-native:compute/v20160430preview:VirtualMachine")
ADOPTED = pulumi.Alias(name="web", type_="azure-native:compute/v20240301:VirtualMachine", parent="urn:pulumi:parent")
RENAMED = pulumi.Alias(name="old-vm")
URN = "urn:pulumi:prod::shop::azure-native:compute/v20240301:VirtualMachine::web"


def asked(aliases: list[object]) -> pulumi.ResourceTransformationArgs:
    return pulumi.ResourceTransformationArgs(
        resource=VirtualMachine.__new__(VirtualMachine),
        type_="azure-native:compute:VirtualMachine",
        name="web-vm",
        props={"zones": ["1"], "host": None, "identity": None},
        opts=pulumi.ResourceOptions(aliases=aliases),  # type: ignore[arg-type]  # Sequence is invariant there
    )


def test_drops_the_aliases_between_api_versions() -> None:
    assert lightened(asked([VERSION, PREVIEW])).opts.aliases == []


def test_keeps_every_other_alias() -> None:
    given = [ADOPTED, RENAMED, URN]
    assert lightened(asked([VERSION, *given])).opts.aliases == given


def test_keeps_all_aliases_under_a_component_that_was_renamed() -> None:
    assert lightened(asked([VERSION]), renamed=True).opts.aliases == [VERSION]


def test_keeps_the_inputs_that_are_set_and_the_outputs_that_are_read() -> None:
    assert lightened(asked([]), reads=frozenset({"identity"})).props == {"zones": ["1"], "identity": None}
