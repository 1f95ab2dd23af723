"""The key that both ends of a VPN connection share: no GET of the connection shows it, and `sharedkey` does."""

from collections.abc import Mapping

from azure_hotpatch.emulator.arm.database.sealing import digest
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act, Action, Change
from azure_hotpatch.emulator.arm.protocol.bodies import Json, read
from azure_hotpatch.emulator.arm.stored_types.derived_keys import key

TYPE = "Microsoft.Network/connections"
_KEPT = "sharedKey"


def keep(change: Change) -> None:
    """Keep the key of a request, encrypted; one without it leaves what there is."""
    sent = read(change.sent, "properties.sharedKey")
    if isinstance(sent, str) and sent:
        change.tx.keep_secret([digest(sent)])
        change.hidden[_KEPT] = sent


def _shown(act: Act) -> Json:
    return {"value": act.resource.hidden.get(_KEPT) or key(act.resource.id, _KEPT)}


def _set_or_show(act: Act) -> Json:
    """A PUT has the new key as `value`, a GET no body (Virtual Network Gateway Connections, 2024-05-01)."""
    sent = act.body.get("value")
    if isinstance(sent, str) and sent:
        act.tx.keep_secret([digest(sent)])
        act.resource.hidden[_KEPT] = sent
        act.tx.hide(act.resource)
    return _shown(act)


ACTIONS: Mapping[str, Mapping[str, Action]] = {TYPE: {"sharedkey": Action(_set_or_show, methods=("GET", "PUT"))}}
