"""A machine's instance view: power state, agent, extensions and patching state."""

from datetime import datetime

from azure_hotpatch.emulator.arm.database import planned_ends
from azure_hotpatch.emulator.arm.database.stored import Resource, stamp
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act
from azure_hotpatch.emulator.arm.patching import assessment, guests
from azure_hotpatch.emulator.arm.protocol.bodies import Json, items, read
from azure_hotpatch.emulator.arm.providers.compute import agent, images, orchestration, patching, power
from azure_hotpatch.emulator.arm.providers.compute.orchestration import Orchestration

_EXTENSIONS = "Microsoft.Compute/virtualMachines/extensions"
_STOPPED = (
    "The prerequisites of the schedule that is attached are not met: patchMode must be 'AutomaticByPlatform' and "
    "bypassPlatformSafetyChecksOnUserSchedule must be true. "
    "Neither the schedule nor automatic patching installs updates."
)
_FORBIDDEN = "The Allow Extension Operations check failed: osProfile.allowExtensionOperations must be true."
_NOBODY = "Updates are left to a schedule, and no schedule is attached."


def view(act: Act) -> Json:
    machine, now = act.resource, stamp(act.tx.now())
    found: Json = {
        "computerName": read(machine.body, "properties.osProfile.computerName"),
        "disks": [_disk(disk["name"], now) for disk in _disks(machine)],
        "extensions": [_extension(one) for one in act.tx.within(machine.id, _EXTENSIONS)],
        "statuses": [
            _provisioning(act, now),
            _status(f"PowerState/{power.state(machine)}", f"VM {power.state(machine)}"),
        ],
    }
    if machine.hidden.get(power.GENERALIZED):
        found["statuses"].append(_status("OSState/generalized", "VM generalized"))
    image = read(machine.body, "properties.storageProfile.imageReference") or {}
    if image.get("publisher"):
        found["hyperVGeneration"] = images.hyper_v(image)
    if power.is_running(machine) and agent.is_there(machine):
        ready = _status("ProvisioningState/succeeded", "Ready", now)
        found["vmAgent"] = {"vmAgentVersion": "2.7.41491.1172", "statuses": [ready]}
        found |= _reported(act)
    if "unhealthy" in machine.hidden:
        unhealthy = _status("HealthState/unhealthy", "The VM is reporting itself as unhealthy")
        found["vmHealth"] = {"status": {**unhealthy, "level": "Error"}}
    found["patchStatus"] = _patch_status(act, machine)
    return found


def _provisioning(act: Act, now: str) -> Json:
    state = act.resource.state.lower()
    status = _status(f"ProvisioningState/{state}", f"Provisioning {state}", now)
    error = planned_ends.failure(act.tx, act.resource.key) if state == "failed" else None
    if error is None:
        return status
    return {**status, "code": f"{status['code']}/{error.code}", "level": "Error", "message": error.message}


def _reported(act: Act) -> Json:
    """What the agent reports of the system: its name, and its version with the revision."""
    guest = guests.of(act.tx, act.resource)
    build = guest.packages.build
    if not build:
        return {}
    sku = str(read(act.resource.body, "properties.storageProfile.imageReference.sku")).lower()
    edition = "Datacenter Azure Edition" if "azure-edition" in sku else "Datacenter"
    return {"osName": f"Windows Server {guest.server} {edition}", "osVersion": f"10.0.{build}"}


def _patch_status(act: Act, machine: Resource) -> Json:
    now = act.tx.now()
    under_way = patching.installing(act.tx, machine)
    found: Json = {"configurationStatuses": [_configuration_status(act, machine, now)]}
    if "assessment" in machine.hidden:
        found["availablePatchSummary"] = assessment.summary(machine.hidden["assessment"])
    if under_way:
        found["lastPatchInstallationSummary"] = under_way
    elif "installation" in machine.hidden:
        found["lastPatchInstallationSummary"] = machine.hidden["installation"]
    return found


def _configuration_status(act: Act, machine: Resource, now: datetime) -> Json:
    """Whether what the machine's patch mode requires is ready. Wording not published."""
    found = orchestration.of(act.tx, machine)
    if found is Orchestration.STOPPED:
        return {
            "code": "PatchModeConfigurationState/NotReady",
            "level": "Error",
            "displayStatus": "Not ready",
            "message": _FORBIDDEN if orchestration.forbids_extensions(machine) else _STOPPED,
            "time": stamp(now),
        }
    status = _status("PatchModeConfigurationState/Ready", "Ready", stamp(now))
    return {**status, "message": _NOBODY} if found is Orchestration.NOBODY else status


def _disks(machine: Resource) -> list[Json]:
    storage = machine.body["properties"]["storageProfile"]
    return [disk for disk in (storage.get("osDisk", {}), *items(storage, "dataDisks")) if "name" in disk]


def _disk(name: str, now: str) -> Json:
    return {"name": name, "statuses": [_status("ProvisioningState/succeeded", "Provisioning succeeded", now)]}


def _extension(extension: Resource) -> Json:
    properties = extension.body["properties"]
    return {
        "name": extension.name,
        "type": f"{properties['publisher']}.{properties['type']}",
        "typeHandlerVersion": properties["typeHandlerVersion"],
        "statuses": [_status("ProvisioningState/succeeded", "Provisioning succeeded")],
    }


def _status(code: str, words: str, when: str = "") -> Json:
    status = {"code": code, "level": "Info", "displayStatus": words}
    return {**status, "time": when} if when else status
