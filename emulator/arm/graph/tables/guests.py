"""The power state and the guest system of a machine, as Resource Graph reports them."""

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.patching import guests
from azure_hotpatch.emulator.arm.protocol.bodies import Json, read
from azure_hotpatch.emulator.arm.providers.compute import power
from azure_hotpatch.emulator.arm.windows_update.events import UpdateCatalogue


def instance_view(machine: Resource, known: UpdateCatalogue) -> Json:
    """`extended.instanceView`; the agent reports the operating system, so it is absent while the machine is off."""
    state = power.state(machine)
    found: Json = {
        "hyperVGeneration": "V2",
        "powerState": {"code": f"PowerState/{state}", "displayStatus": f"VM {state}", "level": "Info"},
    }
    if power.is_running(machine):
        found["computerName"] = read(machine.body, "properties.osProfile.computerName")
        found |= _system(machine, known)
    return found


def _system(machine: Resource, known: UpdateCatalogue) -> Json:
    """The name, and the version with the revision, as the instance view of Compute has them."""
    guest = guests.of_virtual_machine(machine, known)
    build = guest.packages.build
    if not build:
        return {}
    sku = str(read(machine.body, "properties.storageProfile.imageReference.sku")).lower()
    edition = "Datacenter Azure Edition" if "azure-edition" in sku else "Datacenter"
    return {"osName": f"Windows Server {guest.server} {edition}", "osVersion": f"10.0.{build}"}
