"""Maintenance configurations and their assignments."""

import pytest


@pytest.fixture
def path(provider):
    return provider("Microsoft.Maintenance/maintenanceConfigurations/Nights")


@pytest.fixture
def body(good_schedule):
    return good_schedule


@pytest.fixture
def refused(arm, path, body):
    def put(**more):
        answer = arm.put(path, body, **more)
        assert answer.status_code == 400, answer.text
        return answer.json()["error"]["code"], answer.json()["error"]["message"]

    return put


def test_takes_a_schedule_and_fills_it_in(arm, path, body):
    answer = arm.put(path, body)
    assert answer.status_code == 201
    properties = answer.json()["properties"]
    assert properties["visibility"] == "Custom"
    assert properties["namespace"] == "Microsoft.Maintenance"
    assert properties["maintenanceWindow"]["expirationDateTime"] == "9999-12-31 23:59:59"
    assert arm.put(path, body).status_code == 200


def test_gives_always_back_as_always_reboot(arm, path, body):
    body["properties"]["installPatches"]["rebootSetting"] = "Always"
    assert arm.make(path, body)["properties"]["installPatches"]["rebootSetting"] == "AlwaysReboot"


@pytest.mark.parametrize(
    "recurrence",
    [
        "Day",
        "3Days",
        "Week",
        "2Weeks Saturday,Sunday",
        "Month day1,day15",
        "3Months Last Sunday Offset-3",
        "6Hours",
        "Month Second Tuesday Offset4",
    ],
)
def test_takes_each_form_of_recurrence(arm, path, body, recurrence):
    body["properties"]["maintenanceWindow"]["recurEvery"] = recurrence
    assert arm.put(path, body).status_code == 201


@pytest.mark.parametrize(
    "recurrence",
    [
        "5Hours",
        "Hour",
        "Fortnight",
        "Week Caturday",
        "Month day32",
        "Month Fifth Monday",
        "Month First Monday Offset7",
        "Month Second Tuesday Offset+4",
        "Month day1,day1",
        "0Days",
        "0Hours",
        "0Months First Monday",
        "Week Monday,Monday",
        "Year",
    ],
)
def test_refuses_a_recurrence_that_there_is_not(refused, body, recurrence):
    body["properties"]["maintenanceWindow"]["recurEvery"] = recurrence
    assert refused()[0] == "InvalidMaintenanceWindow"


@pytest.mark.parametrize(
    ("start", "zone", "printed"),
    [
        ("2027-10-03 02:30", "AUS Eastern Standard Time", "10/3/2027 2:30:00 AM"),
        ("2031-03-30 02:00", "W. Europe Standard Time", "3/30/2031 2:00:00 AM"),
        ("2031-03-09 02:59", "eastern standard time", "3/9/2031 2:59:00 AM"),
    ],
)
def test_refuses_a_start_in_the_hour_that_the_clock_skips(refused, body, start, zone, printed):
    body["properties"]["maintenanceWindow"] |= {"startDateTime": start, "timeZone": zone}
    words = f"Error: StartDateTime {printed} of maintenance window is invalid in timezone {zone}."
    assert refused() == ("InvalidMaintenanceWindow", f"Invalid maintenance window. {words}")


@pytest.mark.parametrize(
    ("start", "zone"),
    [
        ("2031-10-26 02:30", "W. Europe Standard Time"),  # the hour that comes twice
        ("2031-03-30 03:00", "W. Europe Standard Time"),
        ("2031-03-30 02:00", "UTC"),
    ],
)
def test_takes_a_start_beside_the_skipped_hour(arm, path, body, start, zone):
    body["properties"]["maintenanceWindow"] |= {"startDateTime": start, "timeZone": zone}
    assert arm.put(path, body).status_code == 201


def test_refuses_the_scope_resource_without_a_scope_below_it(arm, path):
    properties = {"maintenanceScope": "Resource", "extensionProperties": {}, "visibility": "Custom"}
    answer = arm.put(path, {"location": "eastus", "properties": properties, "tags": {}})
    assert answer.status_code == 400
    assert answer.json()["error"]["message"].startswith("Given Maintenance Subscope is not supported")
    properties["extensionProperties"] = {"maintenanceSubScope": "NetworkGatewayMaintenance"}
    assert arm.put(path, {"location": "eastus", "properties": properties}).status_code == 201


@pytest.mark.parametrize("recurrence", ["Month", "2Months"])
def test_refuses_a_bare_month_in_azures_words(refused, body, recurrence):
    body["properties"]["maintenanceWindow"]["recurEvery"] = recurrence
    assert refused() == (
        "InvalidMaintenanceWindow",
        "Invalid maintenance window. Error: Monthly maintenance window is missing day of month or week of month.",
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("duration", "01:29"),
        ("duration", "03:56"),
        ("duration", "PT2H"),
        ("duration", None),
        ("timeZone", "Europe/Berlin"),
        ("timeZone", None),
        ("recurEvery", None),
        ("startDateTime", None),
        ("startDateTime", "2031-02-01T22:00:00Z"),
        ("startDateTime", "2020-01-01 00:00"),
        ("expirationDateTime", "2031-01-01 00:00"),
    ],
)
def test_refuses_a_window_that_is_wrong(refused, body, name, value):
    body["properties"]["maintenanceWindow"][name] = value
    assert refused()[0] == "InvalidMaintenanceWindow"


@pytest.mark.parametrize("duration", ["01:30", "03:55"])
def test_takes_the_shortest_and_the_longest_window(arm, path, body, duration):
    body["properties"]["maintenanceWindow"]["duration"] = duration
    assert arm.put(path, body).status_code == 201


def test_keeps_taking_a_start_that_has_passed_since(arm, path, body):
    arm.make(path, body)
    arm.post("/emulator/clock", {"now": "2032-01-01T00:00:00Z"})
    assert arm.put(path, body).status_code == 200


def test_demands_the_patch_mode_of_a_guest_schedule(refused, body):
    del body["properties"]["extensionProperties"]
    assert refused()[1] == "Extension properties must contain Patch mode"


@pytest.mark.parametrize("name", ["installPatches", "maintenanceWindow"])
def test_demands_patches_and_window_of_a_guest_schedule(refused, body, name):
    del body["properties"][name]
    assert refused()


def test_refuses_the_spelling_that_compute_has_for_a_classification(refused, body):
    body["properties"]["installPatches"]["windowsParameters"]["classificationsToInclude"] = ["UpdateRollUp"]
    assert "UpdateRollUp" in refused()[1]


def test_refuses_guest_patching_in_an_old_version(refused):
    message = "maintenance scope 'InGuestPatch' not supported in '2021-05-01' version"
    assert refused(version="2021-05-01") == ("BadRequest", message)


def test_refuses_a_public_configuration(refused, body):
    body["properties"]["visibility"] = "Public"
    assert refused()[1] == "Public Maintenance Configuration must set correct properties"


def test_refuses_a_scope_that_there_is_not(refused, body):
    body["properties"]["maintenanceScope"] = "Guest"
    assert refused()[0] == "InvalidMaintenanceScope"


def test_refuses_names_that_are_together_too_long(arm, provider, body):
    name = "n" * (128 - len("fleet"))
    answer = arm.put(provider(f"Microsoft.Maintenance/maintenanceConfigurations/{name}"), body)
    assert answer.json()["error"]["code"] == "InvalidMaintenanceConfigurationName"
    shorter = provider(f"Microsoft.Maintenance/maintenanceConfigurations/{name[1:]}")
    assert arm.put(shorter, body).status_code == 201


class TestAssignments:
    @pytest.fixture(autouse=True)
    def _made(self, arm, path, body):
        arm.make(path, body)

    def test_lowers_the_case_of_the_configurations_id_but_not_of_its_name(self, arm, vm, good_vm, path):
        arm.make(vm, good_vm)
        assignment = f"{vm}/providers/Microsoft.Maintenance/configurationAssignments/a"
        made = arm.make(assignment, {"properties": {"maintenanceConfigurationId": path}})
        assert made["id"] == assignment
        assert made["type"] == "Microsoft.Maintenance/configurationAssignments"
        shown = made["properties"]["maintenanceConfigurationId"]
        assert shown.lower() == path.lower()
        assert shown.endswith("/microsoft.maintenance/maintenanceconfigurations/Nights")
        assert made["properties"]["resourceId"] == vm

    @pytest.mark.parametrize("wanted", [None, "/nowhere", "Nights"])
    def test_demands_the_id_of_a_configuration(self, arm, group, wanted):
        assignment = f"{group}/providers/Microsoft.Maintenance/configurationAssignments/a"
        answer = arm.put(
            assignment, {"properties": {"maintenanceConfigurationId": wanted, "filter": {"osTypes": ["Windows"]}}}
        )
        assert answer.json()["error"]["code"] == "InvalidMaintenanceConfigurationId"

    def test_refuses_a_configuration_that_is_not_there(self, arm, group, path):
        assignment = f"{group}/providers/Microsoft.Maintenance/configurationAssignments/a"
        properties = {"maintenanceConfigurationId": path + "x", "filter": {"osTypes": ["Windows"]}}
        assert arm.put(assignment, {"properties": properties}).status_code == 404

    def test_refuses_an_assignment_to_a_machine_that_is_not_there(self, arm, vm, path):
        assignment = f"{vm}/providers/Microsoft.Maintenance/configurationAssignments/a"
        answer = arm.put(assignment, {"properties": {"maintenanceConfigurationId": path}})
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "ResourceNotFound")

    @pytest.mark.parametrize("chosen", [None, {}, {"osTypes": []}])
    def test_demands_something_in_the_filter_of_a_dynamic_scope(self, arm, path, chosen):
        assignment = f"{arm.subscription}/providers/Microsoft.Maintenance/configurationAssignments/a"
        properties = {"maintenanceConfigurationId": path, "filter": chosen}
        assert arm.put(assignment, {"properties": properties}).json()["error"]["code"] == "InvalidFilter"

    def test_lists_the_assignments_of_a_subscription(self, arm, vm, good_vm, path):
        arm.make(vm, good_vm)
        assignment = f"{vm}/providers/Microsoft.Maintenance/configurationAssignments/a"
        arm.make(assignment, {"properties": {"maintenanceConfigurationId": path}})
        everything = f"{arm.subscription}/providers/Microsoft.Maintenance/configurationAssignments"
        assert [one["id"] for one in arm.get(everything).json()["value"]] == [assignment]
        own = f"{vm}/providers/Microsoft.Maintenance/configurationAssignments"
        assert [one["id"] for one in arm.get(own).json()["value"]] == [assignment]
