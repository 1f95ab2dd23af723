"""Assessing and installing patches, and what a schedule does to automatic patching."""

import pytest

CHOICE = {"rebootSetting": "IfRequired", "windowsParameters": {"classificationsToInclude": ["Critical", "Security"]}}


@pytest.fixture
def at(arm):
    """Move the emulator's clock to a day that is still to come."""
    return lambda day: arm.post("/emulator/clock", {"now": f"{day}T12:00:00+00:00"}).raise_for_status()


@pytest.fixture
def machine(arm, vm, good_vm, at):
    """good_vm, made from the image of the baseline of January 2031."""
    at("2031-01-31")
    arm.make(vm, good_vm)
    return vm


@pytest.fixture
def behind(arm, vm, good_vm, at):
    """good_vm on the baseline of January 2031, on the day after the next one."""
    at("2031-01-31")
    arm.make(vm, good_vm)
    arm.act(f"{vm}/deallocate")
    at("2031-04-09")
    arm.act(f"{vm}/start")
    return vm


def security(result):
    [patch] = [one for one in result["availablePatches"] if one["classifications"] == ["Security"]]
    return patch["rebootBehavior"], patch["name"]


def test_offers_nothing_of_the_system_to_a_machine_of_the_newest_image(arm, machine):
    found = arm.act(f"{machine}/assessPatches")
    assert (found["criticalAndSecurityPatchCount"], found["otherPatchCount"]) == (0, 4)


def test_offers_hotpatches_after_a_baseline_and_then_the_next_baseline(arm, machine, at):
    at("2031-02-12")
    behaviour, name = security(arm.act(f"{machine}/assessPatches"))
    assert behaviour == "NeverReboots"
    assert "2031-02 Hotpatch for Windows Server 2022 Datacenter: Azure Edition" in name
    at("2031-04-09")
    behaviour, name = security(arm.act(f"{machine}/assessPatches"))
    assert behaviour == "AlwaysRequiresReboot"
    assert "2031-04 Cumulative Update for Windows Server 2022" in name


def test_offers_no_hotpatch_to_a_machine_that_missed_a_baseline_before_the_next_one(arm, behind, at):
    arm.act(f"{behind}/deallocate")  # so that nothing patches it
    at("2031-05-20")
    arm.act(f"{behind}/start")
    assert security(arm.act(f"{behind}/assessPatches"))[0] == "AlwaysRequiresReboot"
    arm.act(f"{behind}/installPatches", CHOICE)
    at("2031-06-11")
    assert security(arm.act(f"{behind}/assessPatches"))[0] == "AlwaysRequiresReboot"
    at("2031-08-13")  # July's baseline is there by now
    assert security(arm.act(f"{behind}/assessPatches"))[0] == "NeverReboots"


def test_offers_no_hotpatch_to_a_machine_without_it(arm, machine, at):
    settings = {"windowsConfiguration": {"patchSettings": {"enableHotpatching": False}}}
    arm.wait(arm.patch(machine, {"properties": {"osProfile": settings}}))
    at("2031-02-12")
    assert security(arm.act(f"{machine}/assessPatches"))[0] == "AlwaysRequiresReboot"


def test_installs_a_hotpatch_without_a_restart(arm, machine, at):
    at("2031-02-12")
    result = arm.act(f"{machine}/installPatches", CHOICE)
    assert (result["status"], result["rebootStatus"]) == ("Succeeded", "NotNeeded")
    assert (result["installedPatchCount"], result["notSelectedPatchCount"]) == (1, 4)
    left = arm.act(f"{machine}/assessPatches")
    assert left["criticalAndSecurityPatchCount"] == 0
    status = arm.get(f"{machine}/instanceView").json()["patchStatus"]
    assert status["lastPatchInstallationSummary"]["installedPatchCount"] == 1
    assert status["availablePatchSummary"]["otherPatchCount"] == 4


def test_restarts_for_a_baseline(arm, behind):
    assert arm.act(f"{behind}/installPatches", CHOICE)["rebootStatus"] == "Completed"


def test_leaves_a_baseline_unfinished_that_may_not_restart(arm, behind):
    machine = behind
    assert arm.act(f"{machine}/installPatches", {**CHOICE, "rebootSetting": "Never"})["rebootStatus"] == "Required"
    assert arm.act(f"{machine}/assessPatches")["rebootPending"] is True
    arm.act(f"{machine}/restart")
    assert arm.act(f"{machine}/assessPatches")["rebootPending"] is False


def test_leaves_out_what_restarts_and_what_is_excluded(arm, machine):
    everything = ["Security", "Updates", "UpdateRollUp", "Definition"]
    parameters = {
        "classificationsToInclude": everything,
        "excludeKbsRequiringReboot": True,
        "kbNumbersToExclude": ["KB890830"],
    }
    result = arm.act(f"{machine}/installPatches", {"rebootSetting": "Never", "windowsParameters": parameters})
    installed = [one["kbId"] for one in result["patches"] if one["installationState"] == "Installed"]
    assert installed == ["2267602"]
    assert result["excludedPatchCount"] == 3  # .NET, a driver, and the one that is named


def test_installs_one_update_by_its_number(arm, machine):
    body = {"rebootSetting": "Never", "windowsParameters": {"kbNumbersToInclude": ["890830"]}}
    result = arm.act(f"{machine}/installPatches", body)
    assert result["installedPatchCount"] == 1


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ({}, "rebootSetting"),
        ({**CHOICE, "rebootSetting": "AlwaysReboot"}, "rebootSetting"),
        ({**CHOICE, "maximumDuration": "4h"}, "maximumDuration"),
        ({"rebootSetting": "Never"}, "windowsParameters.classificationsToInclude"),
        (
            {"rebootSetting": "Never", "windowsParameters": {"classificationsToInclude": ["UpdateRollup"]}},
            "windowsParameters.classificationsToInclude",
        ),
    ],
)
def test_refuses_a_wrong_request_to_install(arm, machine, body, target):
    answer = arm.post(f"{machine}/installPatches", body)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "InvalidParameter"
    assert answer.json()["error"]["target"] == target


@pytest.mark.parametrize("action", ["assessPatches", "installPatches"])
def test_refuses_to_patch_a_machine_that_is_off(arm, machine, action):
    arm.act(f"{machine}/powerOff")
    answer = arm.post(f"{machine}/{action}", CHOICE)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "OperationNotAllowed")


def test_gives_the_result_at_the_location_too(arm, machine):
    answer = arm.post(f"{machine}/assessPatches")
    assert answer.status_code == 202
    location = answer.headers["Location"]
    assert arm.get(location).status_code == 202
    assert arm.get(location).json()["status"] == "Succeeded"


class TestAutomaticPatching:
    """What the clock's moves bring to a machine that Azure patches."""

    def restarts(self, arm):
        [machine] = arm.get("/emulator/installations").json()["value"]
        return [(one["time"][:7], one["restarted"]) for one in machine["installations"]]

    @pytest.mark.usefixtures("machine")
    def test_restarts_a_hotpatch_machine_for_baselines_alone(self, arm, at):
        at("2031-07-31")
        assert self.restarts(arm) == [
            ("2031-02", False),
            ("2031-03", False),
            ("2031-04", True),
            ("2031-05", False),
            ("2031-06", False),
            ("2031-07", True),
        ]

    def test_restarts_a_machine_without_hotpatch_every_month(self, arm, machine, at):
        settings = {"windowsConfiguration": {"patchSettings": {"enableHotpatching": False}}}
        arm.wait(arm.patch(machine, {"properties": {"osProfile": settings}}))
        at("2031-03-31")
        assert self.restarts(arm) == [("2031-02", True), ("2031-03", True)]

    def test_makes_each_round_once_however_the_clock_is_moved(self, arm, machine):
        for _ in range(60):
            arm.post("/emulator/clock", {"days": 1})
        assert [month for month, _ in self.restarts(arm)] == ["2031-02", "2031-03"]
        view = arm.get(f"{machine}/instanceView").json()["patchStatus"]
        assert view["lastPatchInstallationSummary"]["startTime"].startswith("2031-03")

    def test_passes_over_a_machine_that_is_off(self, arm, machine, at):
        arm.act(f"{machine}/deallocate")
        at("2031-03-31")
        assert self.restarts(arm) == []

    def test_falls_back_to_restarts_when_a_baseline_may_not_restart(self, arm, machine, at):
        settings = {"patchSettings": {"automaticByPlatformSettings": {"rebootSetting": "Never"}}}
        arm.wait(arm.patch(machine, {"properties": {"osProfile": {"windowsConfiguration": settings}}}))
        at("2031-05-31")
        assert not any(restarted for _, restarted in self.restarts(arm))
        assert arm.act(f"{machine}/assessPatches")["rebootPending"] is True


class TestSchedules:
    @pytest.fixture
    def schedule(self, arm, provider, good_schedule):
        path = provider("Microsoft.Maintenance/maintenanceConfigurations/nights")
        arm.make(path, good_schedule)
        return path

    def configuration(self, arm, machine):
        [status] = arm.get(f"{machine}/instanceView").json()["patchStatus"]["configurationStatuses"]
        return status["level"], status["displayStatus"]

    def bypass(self, arm, machine):
        settings = {
            "enableHotpatching": False,
            "automaticByPlatformSettings": {"bypassPlatformSafetyChecksOnUserSchedule": True},
        }
        body = {"properties": {"osProfile": {"windowsConfiguration": {"patchSettings": settings}}}}
        arm.wait(arm.patch(machine, body))

    def assign(self, arm, scope, schedule, **more):
        path = f"{scope}/providers/Microsoft.Maintenance/configurationAssignments/nights"
        body = {"location": "westeurope", "properties": {"maintenanceConfigurationId": schedule, **more}}
        answer = arm.put(path, body)
        assert answer.status_code == 201, answer.text
        return path

    def test_stops_automatic_patching_of_a_machine_without_the_bypass(self, arm, machine, schedule):
        assert self.configuration(arm, machine) == ("Info", "Ready")
        path = self.assign(arm, machine, schedule)
        assert self.configuration(arm, machine) == ("Error", "Not ready")
        arm.remove(path)
        assert self.configuration(arm, machine) == ("Info", "Ready")

    def test_leaves_nobody_to_patch_a_machine_with_a_schedule_and_hotpatch(self, arm, machine, schedule, at):
        self.assign(arm, machine, schedule)
        at("2031-04-30")
        assert arm.get("/emulator/installations").json()["value"][0]["installations"] == []

    def test_runs_on_a_machine_with_the_bypass(self, arm, machine, schedule):
        self.bypass(arm, machine)
        self.assign(arm, machine, schedule)
        assert self.configuration(arm, machine) == ("Info", "Ready")

    @pytest.mark.parametrize(
        ("chosen", "stopped"),
        [
            ({"locations": ["West Europe"]}, True),
            ({"locations": ["northeurope"]}, False),
            ({"resourceTypes": ["Microsoft.Compute/virtualMachines"], "osTypes": ["Windows"]}, True),
            ({"osTypes": ["Linux"]}, False),
            ({"resourceGroups": ["FLEET"]}, True),
            ({"tagSettings": {"tags": {"ring": ["a", "b"]}}}, True),
            ({"tagSettings": {"tags": {"ring": ["c"]}}}, False),
            ({"tagSettings": {"tags": {"ring": ["a"], "owner": ["x"]}, "filterOperator": "All"}}, False),
            ({"tagSettings": {"tags": {"ring": ["a"], "owner": ["x"]}, "filterOperator": "Any"}}, True),
        ],
    )
    @pytest.mark.parametrize("scope", ["group", "subscription"])
    def test_reaches_a_machine_by_a_dynamic_scope(self, arm, machine, schedule, group, chosen, stopped, scope):
        arm.patch(machine, {"tags": {"ring": "a"}})
        self.assign(arm, group if scope == "group" else arm.subscription, schedule, filter=chosen)
        assert self.configuration(arm, machine)[0] == ("Error" if stopped else "Info")
