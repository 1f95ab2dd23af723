"""Whether a machine has the agent that extensions, run commands and patches need."""

from azure_hotpatch.emulator.arm.bodies import read
from azure_hotpatch.emulator.arm.errors import OperationNotAllowed
from azure_hotpatch.emulator.arm.stored import Resource


def check(machine: Resource) -> None:
    """Refuse what an extension would do on a machine that has no agent, or that forbids extensions."""
    profile = read(machine.body, "properties.osProfile") or {}
    agents = [read(profile, f"{system}.provisionVMAgent") for system in ("windowsConfiguration", "linuxConfiguration")]
    if profile.get("allowExtensionOperations") is False or False in agents:
        raise OperationNotAllowed(
            "This operation cannot be performed when extension operations are disallowed. To allow, please ensure VM "
            "Agent is installed on the VM and the osProfile.allowExtensionOperations property is true."
        )
