"""Where an interface is: its machine, its subnet and its network."""

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act
from azure_hotpatch.emulator.arm.protocol.bodies import items, read
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest


def refuse_unattached(act: Act) -> None:
    """Refuse where no machine runs with the interface ("Diagnose a virtual machine routing problem")."""
    users = [user for user in act.tx.users(act.resource.id) if "/virtualmachines/" in user.lower()]
    machine = act.tx.find(users[0]) if users else None
    if machine is None or machine.hidden.get("power", "running") != "running":  # code and wording not published
        raise BadRequest(
            f"Network interface {act.resource.id} must be attached to a running virtual machine.",
            code="NetworkInterfaceNotAttachedToRunningVirtualMachine",
        )


def subnet_of(act: Act) -> Resource | None:
    """The subnet of the interface's first configuration."""
    first = next(items(act.resource.body["properties"], "ipConfigurations"), {})
    return act.tx.find(str(read(first, "properties.subnet.id")))


def network_of(act: Act) -> Resource | None:
    subnet = subnet_of(act)
    return act.tx.find(subnet.id.rsplit("/", 2)[0]) if subnet else None
