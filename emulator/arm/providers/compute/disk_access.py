"""Access to the content of a disk or snapshot by a URL, for a time: for downloads, uploads and copies.

The URL opens nothing: an emulated disk has no content.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlencode

from azure_hotpatch.emulator.arm.database.stored import Resource, stamp
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act, Action
from azure_hotpatch.emulator.arm.protocol.bodies import Json, read
from azure_hotpatch.emulator.arm.protocol.errors import ArmError, InvalidParameter, OperationNotAllowed, ValueNotAllowed
from azure_hotpatch.emulator.arm.providers.compute import power

_ACCESS, _DURATION = "access", "durationInSeconds"
_LEVELS = ("None", "Read", "Write")  # azure-mgmt-compute, AccessLevel
_UNTIL, _UPLOADED = "accessUntil", "uploaded"  # hidden members: when access ends, and that an upload is over
_UPLOADS = frozenset({"upload", "uploadpreparedsecure"})


def is_given(tx: Transaction, disk: Resource) -> bool:
    """Whether somebody has access now."""
    until = disk.hidden.get(_UNTIL)
    return until is not None and datetime.fromisoformat(until) > tx.now()


def state(tx: Transaction, disk: Resource, *, attached: bool) -> str:
    """The diskState that Azure shows."""
    given = is_given(tx, disk)
    source = str(read(disk.body, "properties.creationData.createOption")).lower()
    if source in _UPLOADS and not disk.hidden.get(_UPLOADED):
        return "ActiveUpload" if given else "ReadyToUpload"
    if given:
        return "ActiveSAS"
    return "Attached" if attached else "Unattached"


def refuse(tx: Transaction, disk: Resource) -> ArmError | None:
    """Why a disk can neither be attached nor deleted while somebody has access. Wording not published."""
    if not is_given(tx, disk):
        return None
    return OperationNotAllowed(
        f"There is an active shared access signature outstanding for disk {disk.name}. Call EndGetAccess before "
        "attaching or deleting the disk."
    )


def _begin(act: Act) -> None:
    level, seconds = act.body.get(_ACCESS), act.body.get(_DURATION)
    if str(level).lower() not in {one.lower() for one in _LEVELS}:
        raise ValueNotAllowed(level, _ACCESS, _LEVELS)
    if not isinstance(seconds, int) or isinstance(seconds, bool) or seconds < 1:
        raise InvalidParameter(f"Required parameter '{_DURATION}' is missing (null).", _DURATION)
    if str(read(act.resource.body, "properties.networkAccessPolicy")).lower() == "denyall":  # wording not published
        raise OperationNotAllowed(
            f"Access to '{act.resource.name}' cannot be granted because its networkAccessPolicy is 'DenyAll'."
        )
    _refuse_of_running(act)


def _refuse_of_running(act: Act) -> None:
    users = [user for user in act.tx.users(act.resource.id) if "/virtualmachines/" in user.lower()]
    for machine in filter(None, map(act.tx.find, users)):
        if power.state(machine) != power.DEALLOCATED:  # AzureStorageExplorer 5994
            raise OperationNotAllowed(
                f"Access not permitted because disk {act.resource.name} is currently attached to running VM "
                f"{machine.id}."
            )


def _grant(act: Act) -> Json:
    now = act.tx.now()
    until = now + timedelta(seconds=act.body[_DURATION])
    act.resource.hidden[_UNTIL] = stamp(until)
    act.tx.hide(act.resource)
    result = {"accessSAS": _url(act, "abcd", now, until)}
    if act.body.get("getSecureVMGuestStateSAS"):
        result["securityDataAccessSAS"] = _url(act, "vmgs", now, until)
    return result


def _url(act: Act, blob: str, now: datetime, until: datetime) -> str:
    number = hashlib.sha256(f"{act.resource.key}/{blob}".encode()).hexdigest()
    permission = {"write": "w", "read": "r"}.get(str(act.body[_ACCESS]).lower(), "")
    query = {"sv": "2018-03-28", "sr": "b", "si": number[:36], "sig": number[24:], "st": stamp(now), "se": stamp(until)}
    host = f"md-{number[:12]}.blob.storage.azure.net"
    return f"https://{host}/{number[12:24]}/{blob}?{urlencode({**query, 'sp': permission})}"


def _revoke(act: Act) -> None:
    act.resource.hidden.pop(_UNTIL, None)
    act.resource.hidden[_UPLOADED] = True
    act.tx.hide(act.resource)


ACTIONS: Mapping[str, Action] = {
    "beginGetAccess": Action(_grant, _begin, polls=1, remembers=(_ACCESS, _DURATION, "getSecureVMGuestStateSAS")),
    "endGetAccess": Action(_revoke, polls=1),
}
