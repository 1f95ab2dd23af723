"""`import azure_hotpatch.components` loads no namespace of azure-native that only a rarely used component needs."""

import subprocess
import sys

import pytest

RARE = ("authorization", "azurestackhci", "hybridcompute")


def namespaces_after(program: str) -> set[str]:
    """The namespaces of azure-native whose modules a fresh interpreter has loaded after `program`."""
    ask = f"{program}\nimport sys; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    parts = (name.split(".") for name in done.stdout.split())
    return {part[1] for part in parts if part[0] == "pulumi_azure_native" and len(part) > 2}


def test_the_rare_namespaces_wait_until_they_are_asked_for() -> None:
    assert namespaces_after("import azure_hotpatch.components").isdisjoint(RARE)


def test_a_rare_component_is_imported_when_it_is_named() -> None:
    assert "azurestackhci" in namespaces_after("from azure_hotpatch.components import AzureLocalImage")


def test_an_unknown_name_is_an_attribute_error() -> None:
    import azure_hotpatch.components as components

    with pytest.raises(AttributeError, match="has no attribute 'UniformScaleSet'"):
        components.UniformScaleSet  # noqa: B018 - the access is the test
