"""Schedules of the shapes that Azure's REST specifications show; each difference is said beside its example."""

import copy

import pytest

CONFIGURATIONS = {
    # MaintenanceConfigurations_CreateOrUpdateForResource, but for its start, which lies in the past
    "ForResource": {
        "maintenanceScope": "OSImage",
        "maintenanceWindow": {"duration": "05:00", "recurEvery": "Day", "expirationDateTime": "9999-12-31 00:00"},
        "visibility": "Custom",
        "namespace": "Microsoft.Maintenance",
    },
    # …_GuestOSPatchLinux, but for its duration of 5 hours, which the guest's scope does not have
    "GuestOSPatchLinux": {
        "maintenanceScope": "InGuestPatch",
        "extensionProperties": {"InGuestPatchMode": "User"},
        "maintenanceWindow": {"duration": "03:00", "recurEvery": "5Days", "expirationDateTime": "9999-12-31 00:00"},
        "installPatches": {
            "rebootSetting": "IfRequired",
            "linuxParameters": {
                "classificationsToInclude": ["Critical"],
                "packageNameMasksToExclude": ["apt", "http"],
                "packageNameMasksToInclude": ["binutils", "bin"],
            },
        },
    },
    "GuestOSPatchWindows": {
        "maintenanceScope": "InGuestPatch",
        "extensionProperties": {"InGuestPatchMode": "User"},
        "maintenanceWindow": {"duration": "03:00", "recurEvery": "5Days", "expirationDateTime": "9999-12-31 00:00"},
        "installPatches": {
            "rebootSetting": "Never",
            "windowsParameters": {
                "classificationsToInclude": ["Security"],
                "kbNumbersToInclude": ["KB123456"],
                "kbNumbersToExclude": ["KB234567"],
                "excludeKbsRequiringReboot": True,
            },
        },
    },
}


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_makes_a_configuration_as_the_specification_shows(arm, provider, name):
    properties = copy.deepcopy(CONFIGURATIONS[name])
    properties["maintenanceWindow"] |= {"startDateTime": "2031-04-30 08:00", "timeZone": "Pacific Standard Time"}
    body = {"location": "westus2", "properties": properties}
    path = provider("Microsoft.Maintenance/maintenanceConfigurations/configuration1")
    answer = arm.put(path, body, version="2025-10-01-preview")
    assert answer.status_code == 201, answer.text
    shown = arm.get(path).json()["properties"]
    assert {name: shown[name] for name in properties} == properties
    assert arm.put(path, body, version="2025-11-01").status_code == 200


def test_selects_the_machines_of_a_subscription_as_the_specification_shows(arm, provider, good_schedule):
    schedule = provider("Microsoft.Maintenance/maintenanceConfigurations/configuration1")
    arm.make(schedule, good_schedule)
    chosen = {
        "locations": ["Japan East", "UK South"],
        "resourceGroups": ["RG1", "RG2"],
        "resourceTypes": ["Microsoft.HybridCompute/machines", "Microsoft.Compute/virtualMachines"],
        "tagSettings": {"filterOperator": "Any", "tags": {"tag1": ["a", "b"], "tag2": ["c"]}},
    }
    assignment = f"{arm.subscription}/providers/Microsoft.Maintenance/configurationAssignments/scope"
    body = {"properties": {"filter": chosen, "maintenanceConfigurationId": schedule}}
    made = arm.put(assignment, body).json()["properties"]
    assert made["resourceId"] == arm.subscription
    assert made["filter"] == chosen  # as the specification's answer has it
    # The id of the schedule comes back in part in lower case.
    assert made["maintenanceConfigurationId"].lower() == schedule.lower()


def test_cancels_the_maintenance_of_a_schedule_as_the_specification_shows(arm, provider, good_schedule):
    schedule = provider("Microsoft.Maintenance/maintenanceConfigurations/configuration1")
    arm.make(schedule, good_schedule)
    path = f"{schedule}/providers/Microsoft.Maintenance/applyUpdates/20310901121200"
    made = arm.put(path, {"properties": {"status": "Cancel"}}, version="2025-11-01")
    assert made.status_code == 201
    assert made.json()["properties"]["status"] == "Cancelled"
