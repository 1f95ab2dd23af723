"""What an instance of a Uniform scale set takes over from the model of its set."""

import copy
import uuid

from azure_hotpatch.emulator.arm.database.stored import stamp
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change
from azure_hotpatch.emulator.arm.protocol.bodies import Json, fill, items

_TAKEN = ("securityProfile", "diagnosticsProfile", "licenseType", "priority")


def properties(change: Change, number: int) -> Json:
    """The properties of a new instance, as azure-rest-api-specs shows them, without its disk's id."""
    profile = copy.deepcopy(change.properties["virtualMachineProfile"])
    system = profile.get("osProfile") or {}
    prefix = system.pop("computerNamePrefix", change.name)
    found: Json = {
        "latestModelApplied": True,
        "modelDefinitionApplied": "VirtualMachineScaleSet",
        "hardwareProfile": {},
        "storageProfile": profile.get("storageProfile") or {},
        "osProfile": {"computerName": f"{prefix}{number:06d}", **system},
        "networkProfileConfiguration": {"networkInterfaceConfigurations": _interfaces(profile)},
        "vmId": str(uuid.uuid4()),
        "timeCreated": stamp(change.tx.now()),
        **{name: profile[name] for name in _TAKEN if name in profile},
    }
    fill(found["storageProfile"], {"diskControllerType": "SCSI", "dataDisks": []})
    return found


def _interfaces(profile: Json) -> list[Json]:
    return list(items(profile.get("networkProfile") or {}, "networkInterfaceConfigurations"))
