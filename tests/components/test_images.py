"""An image as an argument: its name, or the object of a Python program, which no component parses again."""

import re
from typing import Any

import pulumi
import pytest

from azure_hotpatch.components import ArgumentsRefusedError, AzureLocalVirtualMachine, HotpatchVirtualMachine
from azure_hotpatch.domain.azure import image_names
from azure_hotpatch.domain.azure.image_names import named_image
from azure_hotpatch.domain.azure.images import OFFER, PUBLISHER, Image
from tests.components.conftest import Register
from tests.components.test_azure_local_virtual_machine import from_iso
from tests.components.test_hotpatch_virtual_machine import GOOD

VERSION = "20348.2966.241205"
CORE = named_image("2022-core")
PINNED = named_image("2022-core", VERSION)


def reference(register: Register, args: dict[str, Any]) -> Any:
    made = register(lambda: HotpatchVirtualMachine("web", {**GOOD, **args}))  # type: ignore[typeddict-item]  # any args
    return next(each for each in made if each.type.endswith(":VirtualMachine")).inputs["storageProfile"]


@pytest.mark.parametrize(
    ("given", "version"),
    [(PINNED, None), (CORE, VERSION), (PINNED, "20348.1.240101")],
    ids=["its own version", "the version beside it", "its own before the one beside it"],
)
def test_an_object_makes_what_its_name_makes(given: Image, version: str | None, register: Register) -> None:
    by_name = reference(register, {"image": "2022-core", "image_version": VERSION})
    assert reference(register, {"image": given, "image_version": version}) == by_name
    assert reference(register, {"image": pulumi.Output.from_input(given), "image_version": version}) == by_name


def test_an_object_is_not_parsed(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    def parsed(name: str) -> Any:
        raise AssertionError(f"{name!r} is parsed")

    monkeypatch.setattr(image_names, "read_image", parsed)
    assert reference(register, {"image": PINNED, "os_disk_size_gb": 256})["imageReference"]["version"] == VERSION
    with pytest.raises(AssertionError, match="'2022-core' is parsed"):
        reference(register, {"image": "2022-core"})


@pytest.mark.parametrize(
    ("image", "why"),
    [
        (Image(PUBLISHER, OFFER, "2022-datacenter"), "SKU '2022-datacenter' is not hotpatchable"),
        (Image("Canonical", OFFER, CORE.sku), "publisher 'Canonical' is not 'MicrosoftWindowsServer'"),
        (Image(PUBLISHER, OFFER, CORE.sku, "newest"), "'newest' is not an image version"),
        (named_image("2025-core"), "did you mean: image_generation 2025"),
    ],
)
def test_an_object_is_refused_as_its_name_is(image: Image, why: str) -> None:
    name = f"{image}:{image.version}".removesuffix(":latest")
    with pytest.raises(ArgumentsRefusedError, match=re.escape(why)) as of_object:
        HotpatchVirtualMachine("web", {**GOOD, "image": image})  # type: ignore[typeddict-item]  # wrong on purpose
    with pytest.raises(ArgumentsRefusedError, match=re.escape(why)) as of_name:
        HotpatchVirtualMachine("web", {**GOOD, "image": name})  # type: ignore[typeddict-item]  # wrong on purpose
    assert str(of_object.value) == str(of_name.value)


def test_another_object_is_no_image() -> None:
    with pytest.raises(ArgumentsRefusedError, match="image: is not a string"):
        HotpatchVirtualMachine("web", {**GOOD, "image": object()})  # type: ignore[typeddict-item]  # wrong on purpose


def test_an_object_beside_an_image_from_an_iso_is_refused_by_its_name() -> None:
    with pytest.raises(ArgumentsRefusedError) as refused:
        AzureLocalVirtualMachine("edge", {**from_iso(), "image": CORE})  # type: ignore[typeddict-item]  # wrong on purpose
    assert f"value: '{CORE}'" in str(refused.value)
