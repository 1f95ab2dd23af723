"""An emulated Azure whose clock starts in the past, and machines of any image and mode."""

import copy
from datetime import UTC, datetime

import pytest

from tests.emulator.arm.conftest import Arm

PATCH_SETTINGS = {
    "hotpatch": {"enableHotpatching": True},
    "azure-managed": {"enableHotpatching": False},
    "customer-schedule": {
        "enableHotpatching": False,
        "automaticByPlatformSettings": {"bypassPlatformSafetyChecksOnUserSchedule": True},
    },
}


class Fleet:
    """Machines by name, made of one good machine's body."""

    def __init__(self, arm, group, good_vm, nic_body):
        self.arm, self.group, self._vm, self._nic = arm, group, good_vm, nic_body

    def id(self, name):
        return f"{self.group}/providers/Microsoft.Compute/virtualMachines/{name}"

    def make(self, name, sku="2022-datacenter-azure-edition-core", mode="hotpatch", location="westeurope", **more):
        """A machine of a SKU in a mode; `more` is put into its body, or into its properties where ARM has it there."""
        body = copy.deepcopy(self._vm)
        body["properties"]["storageProfile"]["imageReference"]["sku"] = sku
        body["properties"]["osProfile"]["computerName"] = name
        settings = body["properties"]["osProfile"]["windowsConfiguration"]["patchSettings"]
        settings.pop("automaticByPlatformSettings")
        settings |= PATCH_SETTINGS[mode]
        body["location"] = location
        body["properties"]["storageProfile"]["imageReference"]["version"] = more.pop("version", "latest")
        inside = {key: more.pop(key) for key in ("availabilitySet", "virtualMachineScaleSet") if key in more}
        body |= more
        body["properties"] |= inside
        nic = f"{self.group}/providers/Microsoft.Network/networkInterfaces/{name}"
        self.arm.put(nic, {**self._nic, "location": location}).raise_for_status()
        body["properties"]["networkProfile"] = {"networkInterfaces": [{"id": nic}]}
        self.arm.put(self.id(name), body).raise_for_status()
        return self.id(name)

    def to(self, moment):
        """Move the clock to a moment, in UTC."""
        self.arm.post("/emulator/clock", {"now": f"{moment}+00:00"}).raise_for_status()

    def history(self):
        """What each machine installed: [(day, restarted, build)], without what installed nothing."""
        found = self.arm.get("/emulator/installations").json()["value"]
        return {
            one["id"].rsplit("/", 1)[1]: [
                (run["time"][:10], run["restarted"], run["build"]) for run in one["installations"] if run["patches"]
            ]
            for one in found
        }

    def times(self, *names):
        """When each of some machines installed something, in order of time."""
        found = self.arm.get("/emulator/installations").json()["value"]
        return {
            one["id"].rsplit("/", 1)[1]: [datetime.fromisoformat(run["time"]) for run in one["installations"]]
            for one in found
            if not names or one["id"].rsplit("/", 1)[1] in names
        }

    def tracks(self):
        return {one["id"].rsplit("/", 1)[1]: one for one in self.arm.get("/emulator/tracks").json()["value"]}

    def schedule(self, name, window, classes=("Critical", "Security"), reboot="IfRequired", **patches):
        """A schedule with a window of 3:55 in West Europe, changed by `window`."""
        path = f"{self.group}/providers/Microsoft.Maintenance/maintenanceConfigurations/{name}"
        parameters = {"classificationsToInclude": list(classes), **patches}
        defaults = {"duration": "03:55", "timeZone": "W. Europe Standard Time"}
        body = {
            "location": "westeurope",
            "properties": {
                "maintenanceScope": "InGuestPatch",
                "extensionProperties": {"InGuestPatchMode": "User"},
                "maintenanceWindow": {**defaults, **window},
                "installPatches": {"rebootSetting": reboot, "windowsParameters": parameters},
            },
        }
        answer = self.arm.put(path, body)
        assert answer.status_code in {200, 201}, answer.text
        return path

    def assign(self, scope, schedule, **more):
        path = f"{scope}/providers/Microsoft.Maintenance/configurationAssignments/{schedule.rsplit('/', 1)[1]}"
        body = {"location": "westeurope", "properties": {"maintenanceConfigurationId": schedule, **more}}
        assert self.arm.put(path, body).status_code == 201
        return path


@pytest.fixture
def start():
    """When the emulator's clock starts; a test module sets its own."""
    return datetime(2025, 1, 12, tzinfo=UTC)


@pytest.fixture
def arm(tmp_path, start):
    return Arm(tmp_path / "azure.sqlite", start=start)


@pytest.fixture
def fleet(arm, group, good_vm, nic_body):
    return Fleet(arm, group, good_vm, nic_body)
