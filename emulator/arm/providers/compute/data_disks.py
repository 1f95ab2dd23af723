"""The action that attaches data disks to a machine and detaches them, without the rest of the machine's body."""

import copy
from typing import Any

from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act, Action, Change
from azure_hotpatch.emulator.arm.protocol.bodies import Json, items
from azure_hotpatch.emulator.arm.protocol.errors import InvalidParameter, ResourceNotFound
from azure_hotpatch.emulator.arm.protocol.paths import parse_path, same, type_and_name
from azure_hotpatch.emulator.arm.providers.compute import disks, machine_disks

_ATTACH, _DETACH = "dataDisksToAttach", "dataDisksToDetach"
_SETTINGS = ("caching", "deleteOption", "writeAcceleratorEnabled")


def _begin(act: Act) -> None:
    _changed(act)


def _finish(act: Act) -> Json:
    """What is attached from now on; the machine's storageProfile, as azure-rest-api-specs shows the answer."""
    act.resource.body = _changed(act).body
    act.tx.save(act.resource)
    found: Json = act.resource.body["properties"]["storageProfile"]
    return found


def _changed(act: Act) -> Change:
    """The machine with other data disks. Raises ArmError for a disk that cannot be attached or detached."""
    if not act.body.get(_ATTACH) and not act.body.get(_DETACH):  # wording not published
        raise InvalidParameter(f"Required parameter '{_ATTACH}' or '{_DETACH}' is missing (null).", _ATTACH)
    body = copy.deepcopy(act.resource.body)
    change = Change(act.resource.id, "", body, {}, act.resource, act.tx)
    storage = body["properties"]["storageProfile"]
    attached = list(items(storage, "dataDisks"))
    for wanted in items(act.body, _DETACH):
        attached.remove(_attached(act, attached, wanted))
    kept = len(attached)
    for wanted in items(act.body, _ATTACH):
        attached.append(_new(act, attached, wanted))
    storage["dataDisks"] = attached
    machine_disks.refuse_shared_lun(storage)
    for disk in attached[kept:]:
        disks.for_machine(change, disk, str(disk.get("name")), machine_disks.EMPTY)
    return change


def _attached(act: Act, attached: list[Json], wanted: Json) -> Json:
    disk_id = _id(wanted, _DETACH)
    found = next((one for one in attached if same(str((one.get("managedDisk") or {}).get("id")), disk_id)), None)
    if found is None:  # wording not published
        raise InvalidParameter(f"Disk '{disk_id}' is not attached to VM '{act.resource.name}'.", f"{_DETACH}.diskId")
    return found


def _new(act: Act, attached: list[Json], wanted: Json) -> Json:
    disk_id = _id(wanted, _ATTACH)
    disk, path = act.tx.find(disk_id), parse_path(disk_id)
    if disk is None:
        raise ResourceNotFound(type_and_name(path) if path else disk_id, path.group if path else "")
    managed: Json = {"id": disk.id}
    if wanted.get("diskEncryptionSet"):
        managed["diskEncryptionSet"] = wanted["diskEncryptionSet"]
    lun = wanted.get("lun", _free_lun(attached))
    kept = {name: wanted[name] for name in _SETTINGS if name in wanted}
    return {
        "lun": lun,
        "createOption": "Attach",
        "caching": "None",
        "toBeDetached": False,
        "managedDisk": managed,
    } | kept


def _free_lun(attached: list[Json]) -> int:
    """The first free one: the service chooses where a request names none (azure-mgmt-compute, DataDisksToAttach)."""
    taken: set[Any] = {one.get("lun") for one in attached}
    return next(lun for lun in range(len(taken) + 1) if lun not in taken)


def _id(wanted: Json, name: str) -> str:
    disk_id = wanted.get("diskId")
    if not isinstance(disk_id, str) or not disk_id:
        raise InvalidParameter(f"Required parameter '{name}.diskId' is missing (null).", f"{name}.diskId")
    return disk_id


ACTION = Action(_finish, _begin, polls=1, remembers=(_ATTACH, _DETACH))
