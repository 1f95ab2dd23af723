"""A refusal says what its author changes: the type, the setting or the property, in words that exist there."""

from datetime import date
from typing import Any

import pytest

from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.judge import judge, judge_links
from azure_hotpatch.policies.config import parse_config
from azure_hotpatch.policies.reading import Source, records
from tests.policies.machines import NATIVE, SET, with_sku
from tests.policies.routes import VM
from tests.policies.variations import put

TODAY = date(2026, 6, 1)
VMSS = "azure-native:compute:VirtualMachineScaleSet"
CLASSIC = "azure:compute/windowsVirtualMachine:WindowsVirtualMachine"
UNIFORM = (
    "azure:compute/windowsVirtualMachineScaleSet:WindowsVirtualMachineScaleSet",
    "azure:compute/linuxVirtualMachineScaleSet:LinuxVirtualMachineScaleSet",
    "azure:compute/scaleSet:ScaleSet",
)


def found(rule: str, token: str, props: Any, settings: Any = None) -> Finding:
    config = parse_config({"hotpatch": settings or {}})
    read = records(Source(token, "web", "urn", props))
    rules = [each for each in config.rules if each.id == rule]
    (finding,) = [
        *judge(read[0], rules, config.context(TODAY)),
        *(each for _, each in judge_links(read, rules, config.context(TODAY))),
    ]
    return finding


def _with(machine: Any, holder: str, **values: Any) -> dict[str, Any]:
    """The machine with more values in an object of its storage profile."""
    return put(machine, ("storageProfile", holder), lambda held: {**held, **values})


@pytest.mark.parametrize("token", UNIFORM)
def test_a_type_that_is_uniform_by_nature_is_told_the_type_to_use(token: str) -> None:
    finding = found("HP003", token, {"sku": "Standard_D2s_v5"})
    assert finding.path == ""
    assert finding.found == token
    assert finding.remedy.startswith("Use OrchestratedVirtualMachineScaleSet ")


def test_a_set_that_says_its_mode_is_told_the_property() -> None:
    finding = found("HP003", VMSS, {**SET, "orchestrationMode": "Uniform"})
    assert (finding.path, finding.allowed) == ("orchestrationMode", "Flexible")


def test_an_image_of_a_generation_that_is_not_declared_is_told_the_setting() -> None:
    finding = found("HP001", VM, with_sku(NATIVE, "2025-Datacenter-Azure-Edition"))
    assert 'Set generation to "2025" in the stack\'s setting azure-hotpatch:images' in finding.remedy
    refused = {"refusedImages": ["2022-Datacenter-Azure-Edition-Core"]}
    finding = found("HP001", VM, with_sku(NATIVE, "2022-Datacenter-Azure-Edition-Core"), refused)
    assert "hotpatch.refusedImages" in finding.remedy
    assert "image means a new machine" in found("HP001", VM, with_sku(NATIVE, "2019-Datacenter")).remedy


def test_a_disk_of_one_s_own_beside_a_triple_is_told_which_to_remove() -> None:
    uri = "https://account.example/images/golden.vhd"
    finding = found("HP012", VM, _with(NATIVE, "osDisk", image={"uri": uri}))
    assert finding.remedy.endswith("remove storageProfile.osDisk.image.uri.")
    finding = found("HP012", VM, _with(NATIVE, "imageReference", id="golden"))
    assert finding.remedy.endswith("remove storageProfile.imageReference.id.")


def test_a_default_of_the_provider_is_shown_as_one() -> None:
    image = {"sourceImageReference": NATIVE["storageProfile"]["imageReference"]}
    assert found("HP004", CLASSIC, image).found == "nothing, for which the provider sends false"
    assert found("HP004", CLASSIC, {**image, "hotpatchingEnabled": False}).found == "false"


def test_a_health_extension_for_linux_is_told_its_type() -> None:
    health = {"name": "h", "publisher": "Microsoft.ManagedServices", "type": "ApplicationHealthLinux"}
    extensions = put(SET, ("virtualMachineProfile", "extensionProfile", "extensions"), lambda _: [health])
    finding = found("HP019", VMSS, extensions)
    assert (finding.found, finding.remedy) == (
        "ApplicationHealthLinux",
        "Set the extension's type to ApplicationHealthWindows.",
    )


def test_a_window_in_azurerm_s_words_is_told_azurerm_s_property() -> None:
    finding = found("HP027", "azure:maintenance/configuration:Configuration", {"scope": "InGuestPatch"})
    assert finding.remedy.startswith("Set inGuestUserPatchMode to User")


@pytest.mark.parametrize("in_template", [False, True])
def test_a_package_of_an_application_is_named(in_template: bool) -> None:
    app = {"packageFileUri": "https://example.com/a.zip", "lockLevel": "None"}
    token, props = "azure-native:solutions:ApplicationDefinition", app
    if in_template:
        resource = {"type": "Microsoft.Solutions/applicationDefinitions", "name": "a", "properties": app}
        token, props = "azure-native:resources:Deployment", {"properties": {"template": {"resources": [resource]}}}
    finding = found("HP038", token, props)
    assert "packageFileUri" in finding.message
    assert finding.remedy.startswith("Declare its contents as resources, or as a template")


def test_a_value_that_a_parameter_leaves_open_names_the_parameter() -> None:
    reference = "[parameters('skus')[copyIndex()]]"
    machine = {
        "type": "Microsoft.Compute/virtualMachines",
        "name": "web",
        "apiVersion": "2024-11-01",
        "copy": {"name": "each", "count": 2},
        "properties": with_sku(NATIVE, reference),
    }
    template = {"parameters": {"skus": {"type": "array"}}, "resources": [machine]}
    finding = found("HP001", "azure-native:resources:Deployment", {"properties": {"template": template}})
    assert "'skus'" in finding.message


@pytest.mark.parametrize(("value", "shown"), [(False, "false"), (True, "true"), (1, "1"), ([True], "[true]")])
def test_a_value_is_shown_as_json_spells_it(value: Any, shown: str) -> None:
    (record,) = records(Source(VM, "web", "urn", {**NATIVE, "plan": value}))
    assert record.shown("plan") == shown
