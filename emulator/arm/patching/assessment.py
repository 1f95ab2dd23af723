"""Assess a machine: which updates it lacks at a moment; the result is kept until the next assessment."""

import uuid
from collections import Counter
from datetime import datetime

from azure_hotpatch.emulator.arm.database.stored import stamp
from azure_hotpatch.emulator.arm.patching.guests import Guest
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.windows_update.patch import SECURITY, assessed

# azure-mgmt-hybridcompute, AvailablePatchCountByClassification
CLASSES = ("critical", "security", "updateRollup", "featurePack", "servicePack", "definition", "tools", "updates")


def assess(guest: Guest, now: datetime, by: str = "Platform") -> Json:
    """Assess a machine; the result, which is also kept in the machine's hidden data, which the caller saves.

    `patches` are as assessPatches lists them.
    """
    found = guest.offered(now)
    security = sum(patch.classification in SECURITY for patch in found)
    kept = {
        "assessmentActivityId": str(uuid.uuid5(uuid.NAMESPACE_OID, f"assessment {guest.machine.key} {now}")),
        "rebootPending": guest.packages.reboot_pending,
        "criticalAndSecurityPatchCount": security,
        "otherPatchCount": len(found) - security,
        "time": stamp(now),
        "startedBy": by,
        "patches": [assessed(patch) for patch in found],
    }
    guest.machine.hidden["assessment"] = kept
    return kept


def summary(kept: Json) -> Json:
    """availablePatchSummary of the instance view."""
    return {"status": "Succeeded", **counted(kept), "startTime": kept["time"], "lastModifiedTime": kept["time"]}


def counted(kept: Json) -> Json:
    """The id and the counts, which every shape of an assessment has."""
    names = ("assessmentActivityId", "rebootPending", "criticalAndSecurityPatchCount", "otherPatchCount")
    return {name: kept[name] for name in names}


def by_classification(kept: Json) -> Json:
    """How many patches there are of each classification; every key is there."""
    counts = Counter(patch["classifications"][0].lower() for patch in kept["patches"])
    return {name: counts[name.lower()] for name in CLASSES}
