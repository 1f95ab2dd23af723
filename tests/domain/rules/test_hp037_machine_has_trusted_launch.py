"""HP037: a 2025 machine is advised to have Trusted Launch."""

from typing import Any

import pytest

SKU = {"storageProfile.imageReference.sku": "2025-datacenter-azure-edition-core"}
SECURITY = "securityProfile"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (f"{SECURITY}.securityType", None),
        (f"{SECURITY}.securityType", "Standard"),
        (f"{SECURITY}.uefiSettings.secureBootEnabled", False),
        (f"{SECURITY}.uefiSettings.vTpmEnabled", None),
    ],
)
def test_advises_what_is_missing(path: str, value: Any, vm: Any, ask: Any) -> None:
    (finding,) = ask("HP037", vm(SKU | {path: value}))
    assert finding.path == path


def test_accepts_trusted_launch_and_a_confidential_machine(vm: Any, ask: Any) -> None:
    assert ask("HP037", vm(SKU)) == []
    assert ask("HP037", vm(SKU | {f"{SECURITY}.securityType": "confidentialVM"})) == []


def test_says_nothing_of_2022(vm: Any, ask: Any) -> None:
    assert ask("HP037", vm({SECURITY: None})) == []
