"""What an Arc machine's agent is asked: the machine's addresses, and newer versions of its extensions."""

from collections.abc import Mapping

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act, Action
from azure_hotpatch.emulator.arm.protocol.bodies import Json, read
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest, NotFound

_TARGETS = "extensionTargets"


def _network_profile(act: Act) -> Json:
    """The addresses that the agent reported; none of a machine whose agent reported nothing."""
    found = read(act.resource.body, "properties.networkProfile")
    return found if isinstance(found, dict) else {"networkInterfaces": []}


def _begin_upgrade(act: Act) -> None:
    targets = act.body.get(_TARGETS)
    if not isinstance(targets, dict) or not targets:  # wording not published
        raise BadRequest(f"The property '{_TARGETS}' is required.", code="InvalidRequestContent")
    for name in targets:
        if _extension(act, name) is None:  # wording not published
            raise NotFound(f"The extension '{name}' is not installed on machine '{act.resource.name}'.")


def _upgrade(act: Act) -> None:
    for name, target in act.body[_TARGETS].items():
        extension = _extension(act, name)
        if extension and (target or {}).get("targetVersion"):
            extension.body["properties"]["typeHandlerVersion"] = target["targetVersion"]
            act.tx.save(extension)


def _extension(act: Act, wanted: str) -> Resource | None:
    """The extension with a publisher and a type, as `Microsoft.Compute.CustomScriptExtension` names them."""
    for one in act.tx.within(act.resource.id, f"{act.resource.type}/extensions"):
        named = ".".join(str(one.body["properties"].get(name)) for name in ("publisher", "type"))
        if named.lower() == wanted.lower():
            return one
    return None


ACTIONS: Mapping[str, Action] = {
    "networkProfile": Action(_network_profile, methods=("GET",)),
    "upgradeExtensions": Action(_upgrade, _begin_upgrade, polls=1, remembers=(_TARGETS,)),
}
