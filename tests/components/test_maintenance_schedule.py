"""A window of the customer's own: what it consists of, whom it patches, and whom it never takes."""

from typing import Any

import pulumi
import pytest

from azure_hotpatch.components import ArgumentsRefusedError, MaintenanceSchedule

MACHINE = "/subscriptions/s/resourceGroups/erp/providers/Microsoft.Compute/virtualMachines/erp-01"
GOOD: dict[str, Any] = {
    "resource_group_name": "fleet",
    "start": "2027-01-16 02:00",
    "recurrence": "saturdayAfterPatchTuesday",
}
EVERYTHING: dict[str, Any] = {
    **GOOD,
    "location": "westeurope",
    "configuration_name": "window",
    "duration": "03:55",
    "time_zone": "W. Europe Standard Time",
    "expires": "2030-01-01 00:00",
    "classifications": ["Critical", "Security"],
    "kbs_to_include": ["KB5034129"],
    "kbs_to_exclude": ["5041160"],
    "exclude_kbs_requiring_reboot": False,
    "reboot_setting": "IfRequired",
    "machines": {"erp-01": {"virtual_machine_id": MACHINE, "patching_mode": "customerManagedSchedule"}},
    "dynamic_scope": {
        "resource_groups": ["erp"],
        "locations": ["westeurope"],
        "tags": {"patching": ["window"]},
        "tag_operator": "Any",
    },
    "tags": {"team": "erp"},
}


def schedule(args: dict[str, Any]) -> MaintenanceSchedule:
    return MaintenanceSchedule("erp", args)  # type: ignore[arg-type]  # what a program passes, right or wrong


def by_name(resources: list[Any]) -> dict[str, Any]:
    return {resource.name: resource.inputs for resource in resources}


@pytest.mark.parametrize("args", [GOOD, EVERYTHING], ids=["defaults", "everything"])
def test_keeps_every_rule(register: Any, violations: Any, args: dict[str, Any]) -> None:
    assert violations(register(lambda: schedule(args))) == []


def test_states_scope_and_patch_mode(register: Any) -> None:
    inputs = by_name(register(lambda: schedule(GOOD)))["erp-window"]
    assert inputs["maintenanceScope"] == "InGuestPatch"
    assert inputs["extensionProperties"] == {"InGuestPatchMode": "User"}
    assert inputs["recurEvery"] == "1Month Second Tuesday Offset4"
    assert inputs["installPatches"]["windowsParameters"]["classificationsToInclude"] == [
        "Critical",
        "Security",
        "UpdateRollup",
    ]


def test_assigns_a_machine_by_its_id(register: Any) -> None:
    inputs = by_name(register(lambda: schedule(EVERYTHING)))["erp-erp-01"]
    assert (inputs["resourceGroupName"], inputs["resourceName"]) == ("erp", "erp-01")
    assert (inputs["providerName"], inputs["resourceType"]) == ("Microsoft.Compute", "virtualMachines")


def test_assigns_what_a_dynamic_scope_finds(register: Any) -> None:
    inputs = by_name(register(lambda: schedule(EVERYTHING)))["erp-scope"]
    assert inputs["filter"] == {
        "resourceTypes": ["Microsoft.Compute/virtualMachines"],
        "osTypes": ["Windows"],
        "resourceGroups": ["erp"],
        "locations": ["westeurope"],
        "tagSettings": {"tags": {"patching": ["window"]}, "filterOperator": "Any"},
    }


def test_refuses_a_machine_with_hotpatch_and_says_the_choice() -> None:
    machines = {"web": {"virtual_machine_id": MACHINE, "patching_mode": "hotpatch"}}
    with pytest.raises(ArgumentsRefusedError) as refused:
        schedule({**GOOD, "machines": machines})
    assert "machines.web.patching_mode" in str(refused.value)
    assert "a machine with hotpatch takes no schedule" in str(refused.value)
    assert "or the machine left out" in str(refused.value)


def test_refuses_a_machine_whose_mode_is_known_later(register: Any) -> None:
    def build() -> MaintenanceSchedule:
        later = {"virtual_machine_id": MACHINE, "patching_mode": pulumi.Output.from_input("hotpatch")}
        return schedule({**GOOD, "machines": {"web": later}})

    with pytest.raises(ArgumentsRefusedError, match="a machine with hotpatch takes no schedule"):
        register(build)


@pytest.mark.parametrize(
    ("argument", "value", "why"),
    [
        ("start", "2027-01-16", "is not written YYYY-MM-DD hh:mm"),
        ("start", "2027-01-16 23:50", "starts between 23:45 and midnight"),
        ("recurrence", "Month", "Month"),
        ("duration", "04:00", "is not from 01:30 to 03:55"),
        ("time_zone", "Europe/Berlin", "Windows"),
        ("expires", "2026-01-01 00:00", "is not after the start"),
        ("classifications", ["Drivers"], "Drivers"),
        ("classifications", [], "neither a classification nor a KB number"),
        ("kbs_to_include", ["KB"], "KB"),
        ("reboot_setting", "NeverReboot", "NeverReboot"),
        ("machines", {"web": {"virtual_machine_id": MACHINE}}, "patching_mode: is missing"),
        ("machines", {"web": {"virtual_machine_id": "web", "patching_mode": "paused"}}, "is not the id of"),
        ("dynamic_scope", {"tag_operator": "None"}, "unknown value"),
        ("dynamic_scope", {"tag": {}}, "did you mean: tags"),
        ("machine", {}, "did you mean: machines"),
    ],
)
def test_refuses_what_azure_would_refuse(argument: str, value: Any, why: str) -> None:
    with pytest.raises(ArgumentsRefusedError) as refused:
        schedule({**GOOD, argument: value})
    assert argument in str(refused.value)
    assert why in str(refused.value)


def test_refuses_a_window_for_baselines_that_starts_between_them() -> None:
    with pytest.raises(ArgumentsRefusedError, match="is not in a month of a planned"):
        schedule({**GOOD, "recurrence": "saturdayAfterBaseline", "start": "2027-02-13 02:00"})
