"""An export becomes what is there: schedules as tools write them, and addresses that are taken."""

import pytest

SCHEDULE = "Microsoft.Maintenance/maintenanceConfigurations/saturdays"
WINDOW = {"startDateTime": "2031-02-01 22:00", "timeZone": "UTC", "recurEvery": "1Day", "duration": "02:00"}
GUEST = {"maintenanceScope": "InGuestPatch", "installPatches": {"windowsParameters": {}}}


def seeded(arm, *rows):
    answer = arm.post("/emulator/seed", list(rows)).json()
    assert answer["skipped"] == []


@pytest.fixture
def interface(provider, subnet):
    """An interface as Azure answers it, with the second free address of its subnet."""
    properties = {"privateIPAddress": "10.0.0.5", "privateIPAllocationMethod": "Dynamic", "subnet": {"id": subnet}}
    return {
        "id": provider("Microsoft.Network/networkInterfaces/real"),
        "type": "Microsoft.Network/networkInterfaces",
        "location": "westeurope",
        "properties": {"ipConfigurations": [{"name": "one", "properties": properties}]},
    }


@pytest.mark.parametrize(
    "properties",
    [
        {**GUEST, "maintenanceWindow": WINDOW},
        {**GUEST, **WINDOW},  # as the CLI and the SDK have it
        GUEST,
        {**GUEST, "maintenanceWindow": {"startDateTime": "2031-02-01 22:00"}},
    ],
    ids=["without an end", "flattened", "without a window", "with half a window"],
)
def test_time_passes_over_a_schedule_that_lacks_something(arm, provider, good_vm, vm, properties):
    settings = good_vm["properties"]["osProfile"]["windowsConfiguration"]["patchSettings"]
    settings["enableHotpatching"] = False
    settings["automaticByPlatformSettings"]["bypassPlatformSafetyChecksOnUserSchedule"] = True
    arm.make(vm, good_vm)
    flattened = "maintenanceWindow" not in properties
    row = {"id": provider(SCHEDULE), "type": SCHEDULE.rpartition("/")[0], "location": "westeurope"}
    seeded(arm, {**row, **properties} if flattened else {**row, "properties": properties})
    assignment = {"properties": {"maintenanceConfigurationId": provider(SCHEDULE), "resourceId": vm}}
    arm.make(
        f"{vm}/providers/Microsoft.Maintenance/configurationAssignments/a", {"location": "westeurope", **assignment}
    )
    assert arm.post("/emulator/clock", {"now": "2031-03-10"}).status_code == 200
    (machine,) = arm.get("/emulator/installations").json()["value"]
    assert bool(machine["installations"]) == ("recurEvery" in {**properties, **properties.get("maintenanceWindow", {})})


def test_a_seeded_interface_keeps_its_address(arm, provider, interface, nic_body):
    seeded(arm, interface)
    made = [arm.make(provider(f"Microsoft.Network/networkInterfaces/n{number}"), nic_body) for number in range(2)]
    found = [one["properties"]["ipConfigurations"][0]["properties"]["privateIPAddress"] for one in made]
    assert found == ["10.0.0.4", "10.0.0.6"]


def test_the_address_of_a_seeded_interface_is_free_when_it_is_deleted(arm, interface, provider, nic_body):
    seeded(arm, interface)
    arm.remove(interface["id"])
    nic_body["properties"]["ipConfigurations"][0]["properties"] |= {
        "privateIPAllocationMethod": "Static",
        "privateIPAddress": "10.0.0.5",
    }
    arm.make(provider("Microsoft.Network/networkInterfaces/n"), nic_body)


def test_an_address_of_another_kind_is_left_alone(arm, interface):
    interface["properties"]["ipConfigurations"][0]["properties"]["privateIPAddress"] = "fd00::5"
    seeded(arm, interface)
