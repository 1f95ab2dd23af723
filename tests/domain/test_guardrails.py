"""The policy definitions, evaluated as Azure Policy evaluates a request: what they hit, and what they leave alone."""

import re
from typing import Any

import pytest

from azure_hotpatch.domain.azure.guardrails import definitions, management_group, why_not_scope
from azure_hotpatch.domain.azure.images import DEFAULT_CATALOGUE, WHOLE_CATALOGUE

MACHINE = "Microsoft.Compute/virtualMachines"
SET = "Microsoft.Compute/virtualMachineScaleSets"
CORE = {
    "publisher": "microsoftwindowsserver",
    "offer": "windowsserver",
    "sku": "2022-datacenter-azure-edition-core",
}
LINUX = {"publisher": "Canonical", "offer": "ubuntu-24_04-lts", "sku": "server"}


def profile(image: dict[str, str], hotpatch: bool | None = None, **disk: str) -> dict[str, Any]:
    settings = {} if hotpatch is None else {"patchSettings": {"enableHotpatching": hotpatch}}
    windows = {} if image is LINUX else {"windowsConfiguration": settings}
    return {"storageProfile": {"imageReference": image, "osDisk": disk}, "osProfile": windows}


def a_machine(image: dict[str, str] = CORE, hotpatch: bool | None = None, **disk: str) -> dict[str, Any]:
    return {"type": MACHINE, **profile(image, hotpatch, **disk)}


def a_set(image: dict[str, str] = CORE, hotpatch: bool | None = None, **properties: str) -> dict[str, Any]:
    return {"type": SET, "virtualMachineProfile": profile(image, hotpatch), **properties}


def field(resource: dict[str, Any], alias: str) -> Any:
    """The value of an alias, None where the resource has none."""
    short = {"imagePublisher": "publisher", "imageOffer": "offer", "imageSku": "sku", "imageId": "id"}
    if alias == "type":
        return resource["type"]
    name = alias.removeprefix("Microsoft.Compute/")
    if name in short:
        name = f"{resource['type'].removeprefix('Microsoft.Compute/')}/" + (
            "virtualMachineProfile." if resource["type"] == SET else ""
        )
        name += f"storageProfile.imageReference.{short[alias.removeprefix('Microsoft.Compute/')]}"
    kind, path = name.split("/", 1)
    if f"Microsoft.Compute/{kind}" != resource["type"]:
        return None
    value: Any = resource
    for step in path.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value


def text(value: Any) -> str:
    return str(value).lower() if value is not None else ""


def holds(condition: dict[str, Any], resource: dict[str, Any]) -> bool:
    if "allOf" in condition:
        return all(holds(each, resource) for each in condition["allOf"])
    if "anyOf" in condition:
        return any(holds(each, resource) for each in condition["anyOf"])
    if "not" in condition:
        return not holds(condition["not"], resource)
    value = field(resource, condition["field"])
    [(operator, wanted)] = [(key, each) for key, each in condition.items() if key != "field"]
    return {
        "exists": lambda: (value is not None) is wanted,
        "equals": lambda: value is not None and text(value) == text(wanted),
        "notEquals": lambda: value is None or text(value) != text(wanted),
        "in": lambda: text(value) in [text(each) for each in wanted],
        "like": lambda: re.fullmatch(text(wanted).replace("*", ".*"), text(value)) is not None,
    }[operator]()


def hit(resource: dict[str, Any], catalogue: Any = DEFAULT_CATALOGUE) -> list[str]:
    return [each.name for each in definitions(catalogue) if holds(each.condition, resource)]


@pytest.mark.parametrize("hotpatch", [None, True])
def test_a_machine_of_a_hotpatch_image_is_left_alone(hotpatch: bool | None) -> None:
    assert hit(a_machine(hotpatch=hotpatch)) == []
    assert hit(a_set(hotpatch=hotpatch, orchestrationMode="Flexible")) == []


def test_an_explicit_false_turns_hotpatch_off() -> None:
    assert hit(a_machine(hotpatch=False)) == ["hotpatch-on"]
    assert hit(a_set(hotpatch=False, orchestrationMode="Flexible")) == ["hotpatch-on"]


@pytest.mark.parametrize("sku", ["2022-datacenter-azure-edition", "2022-datacenter-g2", "2019-datacenter"])
def test_another_sku_of_windows_server_is_hit(sku: str) -> None:
    assert hit(a_machine({**CORE, "sku": sku})) == ["hotpatch-images"]


def test_the_images_of_2025_are_hit_unless_they_are_accepted() -> None:
    image = {**CORE, "sku": "2025-Datacenter-Azure-Edition"}
    assert hit(a_machine(image)) == ["hotpatch-images"]
    assert hit(a_machine(image), WHOLE_CATALOGUE) == []


def test_another_publisher_is_hit_where_the_machine_is_windows() -> None:
    image = {"publisher": "MicrosoftSQLServer", "offer": "sql2022-ws2022", "sku": "standard-gen2"}
    assert hit(a_machine(image)) == ["hotpatch-images"]


@pytest.mark.parametrize("key", ["id", "sharedGalleryImageId", "communityGalleryImageId"])
def test_a_custom_image_is_hit(key: str) -> None:
    assert hit(a_machine({key: "/some/image"})) == ["hotpatch-no-custom-image"]
    assert hit(a_set({key: "/some/image"}, orchestrationMode="Flexible")) == ["hotpatch-no-custom-image"]


def test_an_attached_disk_is_hit() -> None:
    machine = {"type": MACHINE, "storageProfile": {"osDisk": {"createOption": "attach", "osType": "Windows"}}}
    assert hit(machine) == ["hotpatch-no-custom-image"]


@pytest.mark.parametrize("mode", [{}, {"orchestrationMode": "Uniform"}])
def test_a_set_that_does_not_say_flexible_is_uniform(mode: dict[str, str]) -> None:
    assert hit(a_set(**mode)) == ["hotpatch-no-uniform-set"]


def test_linux_is_left_alone() -> None:
    assert hit(a_machine(LINUX)) == []
    assert hit(a_set(LINUX)) == []
    assert hit({"type": "Microsoft.Network/virtualNetworks"}) == []


@pytest.mark.parametrize(
    "scope",
    [
        "/subscriptions/s",
        "/subscriptions/s/resourceGroups/g",
        "/providers/Microsoft.Management/managementGroups/m",
    ],
)
def test_policies_are_assigned_at_a_group_a_subscription_or_a_management_group(scope: str) -> None:
    assert why_not_scope(scope) is None
    assert management_group(scope) == ("m" if scope.endswith("/m") else None)


@pytest.mark.parametrize("scope", ["", "s", "/subscriptions/", "/subscriptions/s/resourceGroups/g/providers/x"])
def test_any_other_scope_is_refused(scope: str) -> None:
    assert "is not the id of a resource group" in (why_not_scope(scope) or "")
