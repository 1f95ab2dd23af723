"""The record sets of a DNS zone as one list, which its children are not: each kind of record is a type of its own."""

from collections.abc import Mapping

from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act, Action
from azure_hotpatch.emulator.arm.protocol import queries
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.paths import parse_path
from azure_hotpatch.emulator.arm.protocol.queries import Queries

# "Record Sets: List By Dns Zone" (2018-05-01) and "Record Sets: List" of private zones (2024-06-01).
_SUFFIX = "$recordsetnamesuffix"


def _record_sets(act: Act) -> Json:
    asked = {name: value for name, value in act.query.items() if name.lower() != _SUFFIX}
    suffix = next((value for name, value in act.query.items() if name.lower() == _SUFFIX), "").lower()
    zone = len(act.resource.id.split("/"))
    found = [one for one in act.tx.within(act.resource.id) if len(one.id.split("/")) == zone + 2]
    shown = [
        {"id": one.id, "name": one.name, "type": _spelled(one.id), **one.body}
        for one in found
        if "virtualnetworklinks" not in one.type.lower() and one.name.lower().endswith(suffix)
    ]
    return {"value": queries.applied(asked, shown, Queries(), "the record sets of a zone")}


def _spelled(record_set: str) -> str:
    path = parse_path(record_set)
    return path.type if path else ""


_LIST = Action(_record_sets, methods=("GET",))
ACTIONS: Mapping[str, Mapping[str, Action]] = {
    "Microsoft.Network/dnsZones": {"recordsets": _LIST, "all": _LIST},
    "Microsoft.Network/privateDnsZones": {"ALL": _LIST},
}
