"""What Azure fills in on a managed disk or a snapshot, whichever way it came to be."""

import uuid
from datetime import datetime
from typing import NamedTuple

from azure_hotpatch.emulator.arm.database.stored import stamp
from azure_hotpatch.emulator.arm.protocol.bodies import Json, fill
from azure_hotpatch.emulator.arm.protocol.errors import InvalidParameter

_GIB = 1 << 30


class SizeStep(NamedTuple):
    """A size of a kind of disk: up to how many GiB, its performance tier, operations and megabytes a second."""

    gib: int
    tier: str
    operations: int
    megabytes: int


# "Azure managed disk types"; only Premium SSD names its steps in `tier`.
_PREMIUM = (
    SizeStep(4, "P1", 120, 25),
    SizeStep(8, "P2", 120, 25),
    SizeStep(16, "P3", 120, 25),
    SizeStep(32, "P4", 120, 25),
    SizeStep(64, "P6", 240, 50),
    SizeStep(128, "P10", 500, 100),
    SizeStep(256, "P15", 1100, 125),
    SizeStep(512, "P20", 2300, 150),
    SizeStep(1024, "P30", 5000, 200),
    SizeStep(2048, "P40", 7500, 250),
    SizeStep(4096, "P50", 7500, 250),
    SizeStep(8192, "P60", 16000, 500),
    SizeStep(16384, "P70", 18000, 750),
    SizeStep(32767, "P80", 20000, 900),
)
_STANDARD_SSD = (
    SizeStep(4096, "", 500, 100),
    SizeStep(8192, "", 2000, 400),
    SizeStep(16384, "", 4000, 600),
    SizeStep(32767, "", 6000, 750),
)
_STANDARD = (SizeStep(4096, "", 500, 60), SizeStep(8192, "", 1300, 300), SizeStep(32767, "", 2000, 500))
_STEPS = {"premium": _PREMIUM, "standardssd": _STANDARD_SSD, "standard": _STANDARD}
_TIERS = {"premium": "Premium", "premiumv2": "Premium", "standard": "Standard", "standardssd": "Standard"}
_INHERITED = ("diskSizeGB", "osType", "hyperVGeneration", "supportedCapabilities", "supportsHibernation")
_DEFAULTS = {
    "properties.encryption.type": "EncryptionAtRestWithPlatformKey",
    "properties.networkAccessPolicy": "AllowAll",
    "properties.publicNetworkAccess": "Enabled",
}


def complete(body: Json, before: Json, now: datetime) -> None:
    """Fill in what a disk and a snapshot have in common; `before` are the properties as they were, or {}."""
    body["sku"]["tier"] = _TIERS.get(_family(body), "Ultra")
    fill(body, _DEFAULTS)
    properties = body["properties"]
    properties["uniqueId"] = before.get("uniqueId") or str(uuid.uuid4())
    properties["timeCreated"] = before.get("timeCreated") or stamp(now)
    if "diskSizeGB" in properties:
        properties["diskSizeBytes"] = properties["diskSizeGB"] * _GIB


def check_tier(body: Json, asked: object, before: Json) -> None:
    """Refuse a performance tier that the disk cannot have: Premium SSD alone has them, none below its size's own.

    `before` are the properties as they were, or {}. The tier that a disk has asks for nothing: the Azure CLI sends a
    disk back as it read it, also where it grows or changes its kind (`az disk update --size-gb`).
    """
    size = body["properties"].get("diskSizeGB")
    steps = [step.tier for step in _STEPS.get(_family(body), ()) if step.tier and size is not None and size <= step.gib]
    if asked and asked not in (before.get("tier"), *steps):  # "Change your performance tier"; wording not published
        raise InvalidParameter(
            f"The value '{asked}' of parameter 'disk.tier' is not allowed for a disk of this kind and size. Allowed "
            f"values are: {', '.join(steps) or 'none'}.",
            "disk.tier",
        )


def complete_performance(body: Json) -> None:
    """Fill in how fast a disk is: by its kind and size, or as a higher tier that was asked for."""
    properties, steps = body["properties"], _STEPS.get(_family(body), ())
    asked, size = properties.pop("tier", None), properties.get("diskSizeGB")
    if size is None:
        return
    enough = [step for step in steps if size <= step.gib]
    for step in [one for one in enough if one.tier and one.tier == asked] or enough[:1]:
        properties |= {"diskIOPSReadWrite": step.operations, "diskMBpsReadWrite": step.megabytes}
        if step.tier:
            properties["tier"] = step.tier


def inherit(properties: Json, source: Json) -> None:
    """Take over what a copy has of the disk or snapshot that it is made of, whose properties are `source`."""
    fill(properties, {name: source[name] for name in _INHERITED if name in source})
    if "uniqueId" in source:
        properties["creationData"]["sourceUniqueId"] = source["uniqueId"]


def _family(body: Json) -> str:
    """`premium`, `premiumv2`, `standard`, `standardssd` or `ultrassd`, of a name such as Premium_LRS."""
    return str(body["sku"]["name"]).split("_")[0].lower()
