"""A property is named as the program writes it, by the language of the program."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pulumi_azure_native import compute, maintenance

from azure_hotpatch.policies.spelling import Language, language_of_file, spelled
from tests.policies.machines import BAD_SKU, NATIVE, with_sku
from tests.policies.routes import VM

# `@pulumi.getter(name="provisionVMAgent")` above `def provision_vm_agent(self)`.
GETTER = re.compile(r'@pulumi\.getter\(name="(\w+)"\)\s+def (\w+)\(self\)')


def _respelled(module: Any) -> Iterator[tuple[str, str]]:
    for file in Path(module.__file__).parent.glob("_inputs.py"):
        yield from GETTER.findall(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("module", [compute, maintenance])
def test_python_s_names_are_those_of_the_sdk(module: Any) -> None:
    names = {(name, own) for name, own in _respelled(module)}
    assert len(names) > 10
    wrong = {(name, own, spelled(name, Language.SNAKE)) for name, own in names if spelled(name, Language.SNAKE) != own}
    assert wrong == set()


@pytest.mark.parametrize(
    ("language", "path"),
    [
        (Language.SNAKE, "upgrade_policy.automatic_os_upgrade_policy.enable_automatic_os_upgrade"),
        (Language.CAMEL, "upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade"),
        (Language.PASCAL, "UpgradePolicy.AutomaticOSUpgradePolicy.EnableAutomaticOSUpgrade"),
    ],
)
def test_a_path_is_spelled_by_language(language: Language, path: str) -> None:
    assert spelled("upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade", language) == path


def test_keys_of_a_map_are_spelled_as_they_are() -> None:
    path = "extensionProperties.InGuestPatchMode"
    assert spelled(path, Language.SNAKE) == 'extension_properties["InGuestPatchMode"]'
    assert spelled(path, Language.PASCAL) == 'ExtensionProperties["InGuestPatchMode"]'
    assert spelled(path, Language.CAMEL) == path


def test_a_file_says_its_language() -> None:
    languages = [language_of_file(name) for name in ("src/__main__.py", "index.ts", "main.go", "Program.cs", "x")]
    assert languages == [Language.SNAKE, Language.CAMEL, Language.PASCAL, Language.PASCAL, Language.CAMEL]


def test_the_pack_names_a_property_for_every_language_where_the_programs_is_not_known(pack: Any) -> None:
    (found,) = pack.analyze(VM, with_sku(NATIVE, BAD_SKU))
    own = "(in the program: storageProfile.imageReference.sku; in Python: storage_profile.image_reference.sku)"
    assert own in found.message
