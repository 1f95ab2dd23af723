"""Whether a machine has the VM agent, which extensions, run commands and patches need."""

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.protocol.bodies import read
from azure_hotpatch.emulator.arm.protocol.errors import OperationNotAllowed


def check(machine: Resource) -> None:
    """Refuse what an extension would do on a machine that has no agent, or that forbids extensions."""
    allowed = read(machine.body, "properties.osProfile.allowExtensionOperations")
    if allowed is False or not is_there(machine):
        raise OperationNotAllowed(
            "This operation cannot be performed when extension operations are disallowed. To allow, please ensure VM "
            "Agent is installed on the VM and the osProfile.allowExtensionOperations property is true."
        )


def is_there(machine: Resource) -> bool:
    """Whether the machine was made with the agent."""
    profile = read(machine.body, "properties.osProfile") or {}
    systems = ("windowsConfiguration", "linuxConfiguration")
    return all(read(profile, f"{system}.provisionVMAgent") is not False for system in systems)
