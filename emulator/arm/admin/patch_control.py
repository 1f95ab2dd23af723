"""The emulator's own routes for patches, outside ARM's namespace: tracks, installations and the event file."""

import json

from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.http import Reply, Request, listing
from azure_hotpatch.emulator.arm.patching.guests import ARC_MACHINES, EVENTS, VIRTUAL_MACHINES, Guest
from azure_hotpatch.emulator.arm.patching.installation import RECORD
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.rounds.estate import EstateMachine, load
from azure_hotpatch.emulator.arm.windows_update import events
from azure_hotpatch.emulator.arm.windows_update.tracks import OfferedTrack


def history(request: Request) -> Reply:
    """What was installed on each machine since it was made, by whom, and whether it restarted.

    Azure itself forgets after 30 days, and never knew what a guest installed by itself.
    """
    tx = request.tx
    machines = [*tx.within("", VIRTUAL_MACHINES), *tx.within("", ARC_MACHINES)]
    found = (
        {"id": one.id, "installations": list(map(_installation, tx.recorded(one.key, RECORD)))} for one in machines
    )
    return listing(found)


def tracks(request: Request) -> Reply:
    """Each machine's build, track and who patches it; who fell off the hotpatch track, by which update, until when."""
    now = request.tx.now()
    return listing(_standing(one, one.guest.track(now)) for one in load(request.tx).members if one.guest.windows)


def get_events(request: Request) -> Reply:
    return Reply(200, json.loads(_events(request.tx)))


def put_events(request: Request) -> Reply:
    """Take an event file in place of the last one: releases that are to come, and updates that go wrong."""
    set_events(request.tx, events.check(request.body))
    return get_events(request)


def set_events(tx: Transaction, wanted: events.EventFile) -> None:
    tx.record(*EVENTS, "", json.dumps(wanted, sort_keys=True))


def _events(tx: Transaction) -> str:
    return str(next(iter(tx.recorded(*EVENTS)), "{}"))


def _installation(one: Json) -> Json:
    installed = (patch["name"] for patch in one["patches"] if patch["installationState"] == "Installed")
    return {
        "time": one["startDateTime"],
        "patches": list(installed),
        "restarted": one["rebootStatus"] == "Completed",
        "status": one["status"],
        "startedBy": one["startedBy"],
        "build": one["build"],
        "maintenanceRunId": one.get("maintenanceRunId", ""),
        "windowExceeded": one["maintenanceWindowExceeded"],
    }


def _standing(member: EstateMachine, track: OfferedTrack) -> Json:
    guest: Guest = member.guest
    standing: Json = {
        "id": guest.machine.id,
        "build": guest.packages.build,
        "track": track.name,
        "patchedBy": member.by.value,
        "rebootPending": guest.packages.reboot_pending,
        "healthy": "unhealthy" not in guest.machine.hidden,
    }
    if track.by:
        standing |= {"fallenBy": track.by, "until": track.until.isoformat() if track.until else None}
    return standing
