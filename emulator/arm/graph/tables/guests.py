"""What Resource Graph knows of a machine's power and of the system that runs in it."""

from azure_hotpatch.emulator.arm.bodies import Json, read
from azure_hotpatch.emulator.arm.providers.compute import images, patches, power
from azure_hotpatch.emulator.arm.stored import Resource


def instance_view(machine: Resource) -> Json:
    """`extended.instanceView`; the system is told by the agent, and so is absent while the machine is off."""
    state = power.state(machine)
    found: Json = {
        "hyperVGeneration": "V2",
        "powerState": {"code": f"PowerState/{state}", "displayStatus": f"VM {state}", "level": "Info"},
    }
    if power.is_running(machine):
        found["computerName"] = read(machine.body, "properties.osProfile.computerName")
        found |= _system(machine)
    return found


def _system(machine: Resource) -> Json:
    image = patches.image_of(machine)
    generation = images.generation(image)
    if not patches.is_windows(machine) or not generation:
        return {}
    edition = "Datacenter Azure Edition" if "azure-edition" in str(image.get("sku", "")).lower() else "Datacenter"
    return {"osName": f"Windows Server {generation} {edition}"}
