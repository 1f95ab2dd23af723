"""A state, as `terraform show -json` prints it: nothing is unknown, and what is not there is empty."""

import json
from typing import Any

import pytest

from tests.cli.terraform.plans import GROUP, LINUX, PASSWORD, WINDOWS, kept, machine, state

DISK = f"{GROUP}/providers/Microsoft.Compute/disks/web_OsDisk_1"
SET = "azurerm_orchestrated_virtual_machine_scale_set"


def test_the_disk_that_azurerm_notes_of_each_machine_is_no_attached_one(check: Any, write: Any) -> None:
    good = kept(machine(os_managed_disk_id=DISK, source_image_id="", reboot_setting=""))
    outcome = check(write("s.json", state(good)))
    assert (outcome.code, outcome.findings) == (0, [])
    attached = kept(machine(os_managed_disk_id=DISK, source_image_reference=[], source_image_id=""))
    assert ("HP010", "violation") in check(write("s.json", state(attached))).findings


def test_machines_of_nested_modules_are_judged_by_their_addresses(check: Any, hotpatch: Any, write: Any) -> None:
    address = f'module.a["x.y"].module.b[0].{WINDOWS}.vm["k"]'
    inner: dict[str, Any] = {
        "address": 'module.a["x.y"].module.b[0]',
        "resources": [kept(machine(), address) | {"address": address}],
    }
    inner["resources"][0]["values"]["hotpatching_enabled"] = False
    name = write("s.json", state(modules=[{"address": 'module.a["x.y"]', "child_modules": [inner]}]))
    assert check(name).findings == [("HP004", "violation")]
    assert address in hotpatch("check", name).out


def test_a_secret_of_a_state_is_not_shown(hotpatch: Any, write: Any) -> None:
    name = write("s.json", state(kept(machine(patch_mode=PASSWORD), sensitive={"patch_mode": True})))
    for form in ("text", "json", "sarif"):
        assert PASSWORD not in hotpatch("check", name, f"--format={form}").out


def test_an_absent_block_is_empty(check: Any, write: Any) -> None:
    legacy: dict[str, Any] = {
        "name": "l",
        "os_profile_windows_config": [],
        "os_profile_linux_config": [{"ssh_keys": []}],
    }
    profile = [{"windows_configuration": [], "linux_configuration": [{"admin_username": "ops"}]}]
    linux: dict[str, Any] = {
        "name": "s",
        "sku_name": "Standard_D2s_v5",
        "platform_fault_domain_count": 1,
        "os_profile": profile,
    }
    linux["source_image_reference"] = [{"publisher": "Canonical", "offer": "u", "sku": "1", "version": "1"}]
    bare_set: dict[str, Any] = {
        "name": "s",
        "sku_name": "",
        "os_profile": [],
        "network_api_version": "2020-11-01",
        "extension": [],
    }
    bare_set |= {"platform_fault_domain_count": 1, "zones": []}
    resources = [
        kept(legacy, "azurerm_virtual_machine.l", {}),
        kept(linux, f"{SET}.l", {}),
        kept(bare_set, f"{SET}.e", {}),
        kept({"name": "u", "size": "Standard_B1s"}, f"{LINUX}.u", {}),
    ]
    assert check(write("s.json", state(*resources))).findings == []


@pytest.mark.parametrize("mark", [{"deposed_key": "abcd1234"}, {"mode": "data"}])
def test_what_is_not_the_current_object_is_not_judged(mark: Any, check: Any, write: Any) -> None:
    assert check(write("s.json", state(kept(machine(hotpatching_enabled=False)) | mark))).findings == []


def test_a_tainted_machine_is_still_there(check: Any, write: Any) -> None:
    assert check(write("s.json", state(kept(machine(hotpatching_enabled=False)) | {"tainted": True}))).code == 1


def test_a_state_before_the_first_apply_says_that_nothing_was_judged(hotpatch: Any, write: Any) -> None:
    outcome = hotpatch("check", write("s.json", {"format_version": "1.0"}))
    assert (outcome.code, "nothing was judged" in outcome.out) == (0, True)


@pytest.mark.parametrize(
    "values",
    [
        5,
        {"root_module": 5},
        {"root_module": {"resources": {"a": 1}}},
        {"root_module": {"resources": [5]}},
        {"root_module": {"resources": [{"address": "a", "type": WINDOWS, "values": 5}]}},
        {"root_module": {"child_modules": [5]}},
        {"root_module": {"child_modules": [{"resources": 5}]}},
        {"root_module": {"child_modules": [{"child_modules": {"a": 1}}]}},
    ],
)
def test_a_damaged_state_is_never_clean(values: Any, check: Any, write: Any) -> None:
    outcome = check(write("s.json", {"format_version": "1.0", "terraform_version": "1.11.4", "values": values}))
    assert (outcome.code, "s.json is damaged" in outcome.err) == (3, True)


def test_machines_of_one_name_in_two_subscriptions_are_told_apart_by_their_ids(check: Any, write: Any) -> None:
    own, other = (
        f"/subscriptions/{number}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/web" for number in "12"
    )
    window = "/subscriptions/1/resourceGroups/rg/providers/Microsoft.Maintenance/maintenanceConfigurations/m"
    assignment = {"virtual_machine_id": other.lower(), "maintenance_configuration_id": window}
    outcome = check(
        write(
            "s.json",
            state(
                kept(machine(id=own), f"{WINDOWS}.one"),
                kept(machine(id=other), f"{WINDOWS}.two"),
                kept(assignment, "azurerm_maintenance_assignment_virtual_machine.a", {}),
            ),
        )
    )
    found = json.loads(outcome.out)["findings"]
    assert [each["resource"]["name"] for each in found if each["rule"] == "HP023"] == [f"{WINDOWS}.two"]
