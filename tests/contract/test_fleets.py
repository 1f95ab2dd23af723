"""On random fleets the pack and the emulated Azure agree: what is accepted comes up and is patched as declared."""

import pytest

from azure_hotpatch.domain.rules import RULES
from azure_hotpatch.emulator.arm.providers.compute import machine_origin
from tests.contract.fleets.comparison import Found, compare
from tests.contract.fleets.generated import fleet
from tests.contract.fleets.single import fleet_of, put

SAMPLE = 16  # of the 2,000 of `python -m bench fleets`
BYPASS = "osProfile.windowsConfiguration.patchSettings.automaticByPlatformSettings"


@pytest.fixture(scope="module")
def found() -> Found:
    total = Found()
    for number in range(SAMPLE):
        total.add(compare(fleet(number)))
    return total


def test_the_pack_and_azure_agree_on_a_sample(found: Found) -> None:
    assert found.differences == []


def test_the_sample_has_right_and_wrong_fleets_in_every_mode(found: Found) -> None:
    counts = found.counts
    assert SAMPLE / 4 < counts["fleets accepted"] < SAMPLE
    assert counts["created by Azure"] < counts["resources judged"]
    assert {"hotpatch", "azureManaged", "customerManagedSchedule", "paused"} <= set(found.lives)


def test_a_fleet_is_the_same_each_time() -> None:
    assert fleet(7) == fleet(7)
    assert fleet(7) != fleet(8)


def test_a_rule_that_the_pack_lacks_is_noticed() -> None:
    spoiled = fleet_of(put(f"{BYPASS}.bypassPlatformSafetyChecksOnUserSchedule", True))
    assert compare(spoiled).differences == []
    (found,) = compare(spoiled, [rule for rule in RULES if rule.id not in {"HP007", "HP024"}]).differences
    assert found.kind == "accepted by the pack, refused by Azure"
    assert "Hotpatch updates require platform safety checks" in found.azure


def test_a_refusal_that_azure_lacks_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    spoiled = fleet_of(put("virtualMachineScaleSet.id", "uniform"))
    assert compare(spoiled).differences == []
    monkeypatch.setattr(machine_origin, "_check_set", lambda _change: None)
    (found,) = compare(spoiled).differences
    assert (found.kind, found.rules) == ("refused by the pack, right in Azure", ("HP022",))
