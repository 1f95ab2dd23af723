"""Scripts in the guest: those of this project and the commands of servicing are understood, others are not run."""

import pytest

from azure_hotpatch.components.azure_local_virtual_machine.guest_scripts import (
    enable_hotpatch_script,
    windows_update_script,
)
from azure_hotpatch.domain.azure import windows_update

BASELINE = "Package_for_RollupFix~31bf3856ad364e35~amd64~~20348.3091.1.0"


@pytest.fixture
def machine(fleet):
    """On the hotpatch of February 2025."""
    made = fleet.make("web-1")
    fleet.to("2025-02-26T00:00:00")
    assert fleet.tracks()["web-1"]["build"] == "20348.3148"
    return made


@pytest.fixture
def run(arm, machine):
    """Run lines on the machine by the action runCommand: what they printed, and what went wrong."""

    def act(*script):
        result = arm.act(f"{machine}/runCommand", {"commandId": "RunPowerShellScript", "script": list(script)})
        return tuple(one["message"] for one in result["value"])

    return act


def test_lists_what_is_installed(run):
    printed, _ = run("Get-HotFix")
    assert [word for word in printed.split() if word.startswith("KB")] == ["KB5044281", "KB5049983", "KB5052106"]
    assert "2/18/2025" in printed
    printed, _ = run("dism /online /get-packages /format:table")
    assert BASELINE in printed
    assert "Package_for_KB5052106~31bf3856ad364e35~amd64~~20348.3148.1.0" in printed


def test_a_hotpatch_that_is_rolled_back_is_gone_after_the_restart_and_offered_again(arm, fleet, machine, run):
    printed, wrong = run("$name = 'KB5052106'", "dism.exe /online /remove-package /packagename:$name /quiet /norestart")
    assert "Restart Windows" in printed
    assert wrong == ""
    assert fleet.tracks()["web-1"]["rebootPending"] is True
    run("Restart-Computer -Force")
    standing = fleet.tracks()["web-1"]
    assert (standing["build"], standing["track"], standing["rebootPending"]) == ("20348.3091", "hotpatch", False)
    offered = arm.act(f"{machine}/assessPatches")["availablePatches"]
    assert "5052106" in {one["kbId"] for one in offered}


def test_a_cumulative_update_is_rolled_back_to_the_one_before(fleet, arm):
    machine = fleet.make("m", mode="azure-managed")
    fleet.to("2025-02-26T00:00:00")
    script = (
        "Get-WindowsPackage -Online | Where-Object PackageName -like '*20348.3207*' | Remove-WindowsPackage -Online"
    )
    arm.act(f"{machine}/runCommand", {"commandId": "RunPowerShellScript", "script": [script, "shutdown /r /t 0"]})
    assert fleet.tracks()["m"]["build"] == "20348.3091"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("dism /online /remove-package /packagename:Package_for_KB1", "0x800f080c"),
        ("dism /online /remove-package /packagename:20348.2762", "0x800f0825"),
        ("wusa /uninstall /kb:5049983 /quiet", "could not be uninstalled"),
        ("wusa windows10.0-kb5049983-x64.msu /quiet /norestart", "not applicable"),
        ("Get-HotFix -Id KB5000000", "Cannot find the requested hotfix"),
    ],
)
def test_what_does_not_work_in_windows_fails_here(run, line, words):
    assert words in run(line)[1]


@pytest.mark.parametrize("script", ["Remove-Item C:\\ -Recurse", "Get-HotFix\nWrite-Output $env:SECRET", ""])
def test_a_script_that_is_not_understood_is_not_run_and_not_kept(arm, machine, script, tmp_path):
    answer = arm.act(f"{machine}/runCommand", {"commandId": "RunPowerShellScript", "script": [script]})
    assert {one["displayStatus"] for one in answer["value"]} == {"Not run"}
    assert "was not run" in answer["value"][1]["message"]
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("azure.sqlite*"))
    assert b"env:SECRET" not in kept
    assert b"Recurse" not in kept


def test_a_managed_run_command_says_what_came_of_it(arm, machine):
    command = f"{machine}/runCommands/list"
    arm.make(command, {"location": "westeurope", "properties": {"source": {"script": "Get-HotFix"}}})
    view = arm.get(command, expand="instanceView").json()["properties"]["instanceView"]
    assert (view["executionState"], view["exitCode"]) == ("Succeeded", 0)
    assert "KB5052106" in view["output"]
    arm.make(command, {"location": "westeurope", "properties": {"source": {"script": "Do-Something"}}})
    view = arm.get(command, expand="instanceView").json()["properties"]["instanceView"]
    assert view["executionState"] == "Unknown"
    assert "not run" in view["error"]


class TestAzureLocal:
    """Machines on Azure Local, which their own Windows Update client patches."""

    @pytest.fixture
    def local(self, arm, provider):
        """An instance on Azure Local of a SKU that is hotpatched, as an Arc machine."""
        location = {"type": "CustomLocation", "name": f"{arm.subscription}/customLocations/site"}
        image = provider("Microsoft.AzureStackHCI/marketplaceGalleryImages/core")
        identifier = {"publisher": "microsoftwindowsserver", "offer": "windowsserver"}
        sku = {"sku": "2022-datacenter-azure-edition-core"}
        properties = {"osType": "Windows", "identifier": {**identifier, **sku}}
        arm.make(image, {"location": "westeurope", "extendedLocation": location, "properties": properties})
        machine = provider("Microsoft.HybridCompute/machines/local-1")
        arm.make(machine, {"location": "westeurope", "kind": "HCI"}, version="2024-07-10")
        instance = f"{machine}/providers/Microsoft.AzureStackHCI/virtualMachineInstances/default"
        storage = {"storageProfile": {"imageReference": {"id": image}}}
        arm.make(instance, {"extendedLocation": location, "properties": storage}, version="2024-01-01")
        return machine

    def say(self, arm, machine, script):
        command = f"{machine}/runCommands/updates"
        body = {"location": "westeurope", "properties": {"source": {"script": script}}}
        arm.make(command, body, version="2024-07-10")
        return arm.get(command, version="2024-07-10").json()["properties"]["instanceView"]

    @pytest.mark.usefixtures("local")
    def test_nobody_updates_a_machine_that_was_told_nothing(self, fleet):
        fleet.to("2025-03-01T00:00:00")
        assert fleet.history()["local-1"] == []

    def test_the_client_installs_when_its_policy_says(self, arm, fleet, local):
        values = windows_update.group_policy(
            "downloadAndSchedule", "Saturday", 4, no_restart_with_logged_on_users=False
        )
        view = self.say(arm, local, windows_update_script(values))
        assert view["executionState"] == "Succeeded"
        assert "AUOptions" in view["output"]
        fleet.to("2025-03-01T00:00:00")
        assert fleet.history()["local-1"] == [
            ("2025-01-18", True, "20348.3091"),
            ("2025-02-15", True, "20348.3148"),  # the hotpatch does not restart, but .NET's update does
        ]

    def test_a_client_that_is_turned_off_or_asks_another_server_installs_nothing(self, arm, fleet, local):
        self.say(arm, local, windows_update_script(windows_update.sconfig("manual")))
        fleet.to("2025-02-01T00:00:00")
        self.say(arm, local, windows_update_script(windows_update.update_server("https://wsus.contoso.com:8531")))
        fleet.to("2025-03-01T00:00:00")
        assert fleet.history()["local-1"] == []

    def test_the_script_that_enrols_is_understood(self, arm, local):
        view = self.say(arm, local, enable_hotpatch_script())
        assert (view["executionState"], view["error"]) == ("Succeeded", "")
        assert "KB5003508" in self.say(arm, local, "Get-HotFix -Id KB5003508")["output"]
