"""A world in which every type that is emulated has a resource: the rows of the clients' table of types."""

from typing import Any

from tests.emulator.arm.conftest import Arm
from tests.emulator.clients.conftest import kinds

GROUP = f"{Arm.subscription}/resourceGroups/fleet"
MACHINE = f"{GROUP}/providers/Microsoft.Compute/virtualMachines/web-1"


def world() -> tuple[Arm, list[tuple[str, str, Any]]]:
    """An emulated Azure in memory, and of each row the type, the path and what was put there, if anything was."""
    arm = Arm(":memory:")
    arm.put(GROUP, {"location": "westeurope"})
    rows = [(kind["type"], path_of(kind), kind.get("body")) for kind in kinds()]
    for _, path, body in rows:
        if body is not None:
            arm.make(path, body)
    return arm, rows


def path_of(kind: dict[str, Any]) -> str:
    """The id of a row of the clients' table of types, whose key is what its client's methods take."""
    key, (namespace, *steps) = kind["key"], kind["type"].split("/")
    if "version" in kind:
        return str(key[0])
    scopes = {
        "configuration_assignments": MACHINE,
        "configuration_assignments_for_subscriptions": Arm.subscription,
        "configuration_assignments_for_resource_group": GROUP,
    }
    scope = scopes.get(kind["operations"].partition(".")[2], GROUP)
    if namespace == "Microsoft.Authorization":
        scope = key[0] if len(key) > 1 else Arm.subscription
        return f"{scope}/providers/{kind['type']}/{key[-1]}"
    if len(steps) == 1:
        return f"{scope}/providers/{kind['type']}/{key[-1]}"
    names = [*key[1:], "default"]  # there is one licence profile, and its client does not name it
    return f"{scope}/providers/{namespace}" + "".join(
        f"/{step}/{name}" for step, name in zip(steps, names, strict=False)
    )
