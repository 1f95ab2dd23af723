"""What the emulated Azure makes of a fleet: each resource through its app in this process, then a year of its clock."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from azure_hotpatch.emulator.arm.app import create_app
from azure_hotpatch.emulator.provider import catalogue
from azure_hotpatch.emulator.provider.arm_client import ArmClient, ArmRefusedError
from azure_hotpatch.emulator.provider.lifecycle import Lifecycle
from azure_hotpatch.emulator.provider.transport import Send, embedded
from tests.contract.fleets.generated import ROOT, SUBSCRIPTION, Declared, Fleet
from tests.contract.fleets.machines import GALLERY, GOLDEN

_NETWORK = {
    "properties": {
        "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
        "subnets": [{"name": "machines", "properties": {"addressPrefix": "10.0.0.0/16"}}],
    },
}
_DISK = {"osType": "Windows", "osState": "Generalized", "blobUri": "https://images.blob.core.windows.net/vhds/os.vhd"}
_DEFINITION = {
    "osType": "Windows",
    "osState": "Generalized",
    "hyperVGeneration": "V2",
    "identifier": {"publisher": "contoso", "offer": "windows", "sku": "golden"},
}
_SOURCE = {"storageProfile": {"source": {"id": GOLDEN}}}
# What every fleet finds: a group, a network, and images that somebody made.
_BASE: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (ROOT.removesuffix("/providers"), "2024-03-01", {}),
    (f"{ROOT}/Microsoft.Network/virtualNetworks/net", "2024-05-01", _NETWORK),
    (
        GOLDEN,
        "2024-11-01",
        {"properties": {"hyperVGeneration": "V2", "storageProfile": {"osDisk": _DISK}}},
    ),
    (GALLERY.rsplit("/", 4)[0], "2024-03-03", {"properties": {}}),
    (GALLERY.rsplit("/", 2)[0], "2024-03-03", {"properties": _DEFINITION}),
    (GALLERY, "2024-03-03", {"properties": _SOURCE}),
)


@dataclass(frozen=True)
class Installed:
    """One installation on a machine: when, which updates, whether it restarted, and the build after it."""

    time: datetime
    kbs: tuple[str, ...]
    restarted: bool


@dataclass
class Machine:
    """How a machine stood after its year."""

    id: str
    linux: bool
    patched_by: str  # azure, schedule, nobody, stopped, guest
    track: str
    installed: list[Installed] = field(default_factory=list)

    @property
    def restarts(self) -> list[Installed]:
        return [one for one in self.installed if one.restarted]


@dataclass
class Life:
    """What Azure refused of a fleet, by URN-less name, and how the machines that came up lived."""

    refused: dict[str, str] = field(default_factory=dict)  # id -> message
    skipped: set[str] = field(default_factory=set)  # what hangs on something that was refused
    created: list[str] = field(default_factory=list)
    machines: dict[str, Machine] = field(default_factory=dict)  # by id, in lower case


def lived(fleet: Fleet) -> Life:
    """The life of a fleet, from its creation to a year later."""
    return asyncio.run(_lived(fleet))


async def _lived(fleet: Fleet) -> Life:
    send = embedded(lambda: create_app(":memory:", start=fleet.start))
    arm = ArmClient(send)
    for path, version, body in _BASE:
        await arm.put(path, version, {"location": fleet.location, **body})
    life, lifecycle = Life(), Lifecycle(arm, SUBSCRIPTION)
    for resource in fleet.resources:
        await _create(lifecycle, resource, life)
    if any("/virtualMachine" in one for one in life.created):
        await _live(send, fleet, life)
    return life


async def _create(lifecycle: Lifecycle, resource: Declared, life: Life) -> None:
    if any(gone in _ids_in(resource.props) or resource.id.startswith(f"{gone}/") for gone in life.refused):
        life.skipped.add(resource.id)
        return
    try:
        await lifecycle.create(catalogue.resource(resource.token), resource.props)
    except ArmRefusedError as error:
        life.refused[resource.id] = str(error)
    else:
        life.created.append(resource.id)


async def _live(send: Send, fleet: Fleet, life: Life) -> None:
    await _asked(send, "POST", "/emulator/clock", {"now": fleet.end.isoformat()})
    stands = await _asked(send, "GET", "/emulator/tracks")
    for one in stands["value"]:
        life.machines[one["id"].lower()] = Machine(one["id"], False, one["patchedBy"], one["track"])
    history = await _asked(send, "GET", "/emulator/installations")
    for one in history["value"]:
        known = life.machines.setdefault(one["id"].lower(), Machine(one["id"], True, "", ""))
        known.installed = [_installed(run) for run in one["installations"] if run["patches"]]


def _installed(run: dict[str, Any]) -> Installed:
    words = (word.strip("()") for name in run["patches"] for word in name.split())
    kbs = tuple(word for word in words if word.startswith("KB"))
    return Installed(datetime.fromisoformat(run["time"]), kbs, run["restarted"])


async def _asked(send: Send, method: str, path: str, body: Any = None) -> Any:
    answer = await send(method, path, {}, body, {})
    assert answer.status == 200, answer.body
    return answer.body


def _ids_in(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {found for each in value.values() for found in _ids_in(each)}
    if isinstance(value, list):
        return {found for each in value for found in _ids_in(each)}
    return {value} if isinstance(value, str) and value.startswith("/subscriptions/") else set()
