"""Microsoft.HybridCompute: Arc machines with their extensions, run commands and licences."""

import copy
import uuid

from azure_hotpatch.emulator.arm.database.stored import Resource, stamp
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change, ResourceType
from azure_hotpatch.emulator.arm.patching import guests
from azure_hotpatch.emulator.arm.protocol.bodies import Json, fill, items, read, write
from azure_hotpatch.emulator.arm.providers import arc_agent, hybrid_patching, run_commands

_MACHINES = "Microsoft.HybridCompute/machines"
_MACHINE_VERSIONS = ("2019-03-18-preview", "2026-12-31")
_PATCHING = "osProfile.windowsConfiguration.patchSettings"


def _prepare_machine(change: Change) -> None:
    # An emulated machine has no agent that would connect; Azure shows the last state that it heard of.
    fill(change.properties, {"status": "Disconnected"})
    fill(change.properties, {"vmId": change.previous.get("vmId") or str(uuid.uuid4())})  # an agent says its own
    change.hidden.setdefault("made", stamp(change.tx.now()))


def _show_machine(tx: Transaction, machine: Resource, shown: Json) -> None:
    """With a machine come its licence, and whether hotpatching that was asked for is on."""
    licence = tx.find(f"{machine.id}/licenseProfiles/default")
    if licence:
        shown["properties"]["licenseProfile"] = licence.body.get("properties", {})
    asked = read(machine.body, f"properties.{_PATCHING}.enableHotpatching")
    if asked is not None:
        shown["properties"] = copy.deepcopy(shown["properties"])
        enrolled = guests.of(tx, machine).enrolled
        state = "Enabled" if enrolled else ("ActionRequired" if asked else "Disabled")
        write(shown["properties"], f"{_PATCHING}.status.hotpatchEnablementStatus", state)


def _prepare_extension(change: Change) -> None:
    fill(change.properties, {"autoUpgradeMinorVersion": False})


def _show_extension(_tx: Transaction, extension: Resource, shown: Json) -> None:
    """What the agent says of an extension; nobody installs one on an emulated machine, and none fails."""
    properties = shown["properties"]
    known = {name: properties[name] for name in ("type", "typeHandlerVersion") if name in properties}
    status = {"code": "success", "level": "Information", "message": f"Extension Message: {extension.name}"}
    shown["properties"]["instanceView"] = {"name": extension.name, **known, "status": status}


def _prepare_licence(change: Change) -> None:
    """Since when a product, and each of its features, is paid for."""
    product = change.properties.get("productProfile")
    if not isinstance(product, dict):
        return
    before = change.previous.get("productProfile") or {}
    old = {one.get("name"): one for one in items(before, "productFeatures")}
    _date(product, before, change)
    for feature in items(product, "productFeatures"):
        _date(feature, old.get(feature.get("name"), {}), change)


def _date(licensed: Json, before: Json, change: Change) -> None:
    on = str(licensed.get("subscriptionStatus")).lower() in {"enable", "enabled"}
    now = stamp(change.tx.now())
    for name, given in (
        ("enrollmentDate", on),
        ("billingStartDate", on),
        ("disenrollmentDate", bool(before) and not on),
    ):
        kept = before.get(name)
        if given or kept:
            licensed[name] = kept or now


TYPES = (
    ResourceType(
        _MACHINES,
        _MACHINE_VERSIONS,
        prepare=_prepare_machine,
        show=_show_machine,
        actions={**hybrid_patching.ACTIONS, **arc_agent.ACTIONS},
        created=200,
        delete_polls=0,
    ),
    ResourceType(
        f"{_MACHINES}/runCommands",
        _MACHINE_VERSIONS,
        prepare=run_commands.prepare,
        show=run_commands.show,
        secrets=run_commands.SECRETS,
        polls=0,
    ),
    ResourceType(
        f"{_MACHINES}/extensions",
        _MACHINE_VERSIONS,
        prepare=_prepare_extension,
        show=_show_extension,
        secrets=("protectedSettings",),
        created=202,
        polls=0,
    ),
    ResourceType(f"{_MACHINES}/licenseProfiles", _MACHINE_VERSIONS, prepare=_prepare_licence, polls=0),
)
