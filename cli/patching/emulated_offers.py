"""The copies for a rehearsed installation: a machine's build, pending updates and restart, and last installation."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from azure_hotpatch.cli.patching.emulated_machines import MachineCopy, brought
from azure_hotpatch.emulator.arm.database.stored import stamp
from azure_hotpatch.emulator.arm.patching import given_offers
from azure_hotpatch.emulator.arm.patching.guests import Guest
from azure_hotpatch.emulator.arm.providers.compute import power
from azure_hotpatch.emulator.arm.windows_update.patch import PERHAPS
from azure_hotpatch.emulator.arm.windows_update.patch import of as patch_of
from azure_hotpatch.emulator.arm.windows_update.releases import WindowsUpdate, revision
from azure_hotpatch.operations.machine import Installation, Machine, Patch
from azure_hotpatch.operations.status.hotpatching import build_of, generation_of


def copy_of(machine: Machine) -> MachineCopy:
    """The copy of a machine that is to be patched."""
    return MachineCopy(machine, generation_of(machine) or "", partial(_filled, machine))


def _filled(machine: Machine, guest: Guest) -> Iterator[str]:
    """Give the copy what its machine has and lacks; what Azure does not tell of it, and is assumed."""
    for release in _levels(guest, machine):
        guest.packages.add(patch_of(release), release.published, waits=False)
    if machine.power not in (None, power.RUNNING):
        guest.machine.hidden["power"] = machine.power
    assessment = machine.assessment
    if assessment and assessment.reboot_pending:
        guest.packages.ask_for_restart()
    if assessment and assessment.patches is not None:
        given_offers.give(guest.machine, map(_offer, assessment.patches))
    else:
        yield "it is offered what the calendar has, as it was not assessed"
    for last in machine.installations[:1]:
        guest.machine.hidden["installation"] = _summary(last)
    told = build_of(machine)
    if told is None or told[1] is None:
        yield f"its build is {guest.packages.build or 'not known'}, as none is reported"
    elif f"{told[0]}.{told[1]}" != guest.packages.build:
        yield f"its build is {guest.packages.build or 'not known'}, where Azure says {told[0]}.{told[1]}"


def _levels(guest: Guest, machine: Machine) -> Iterator[WindowsUpdate]:
    """The updates of the system that make a machine's build: the baseline, and what is on top of it."""
    top = _top(guest, machine)
    if top is None:
        return
    base = guest.calendar.baseline(top.published)
    if base and base != top:
        yield base
    yield top


def _top(guest: Guest, machine: Machine) -> WindowsUpdate | None:
    """The update of the build that the machine reports, or the last one below it; else what its image came with."""
    told = build_of(machine)
    if told is None or told[1] is None:
        return brought(guest, machine)
    below = [one for one in guest.calendar.releases if one.recorded and one.build and revision(one.build) <= told[1]]
    # Of two with one build the hotpatch, where the machine takes hotpatches.
    return max(below, key=lambda one: (revision(one.build), one.restarts is not guest.enrolled, one.day), default=None)


def _offer(patch: Patch) -> dict[str, Any]:
    return {
        "kb": f"KB{patch.kb}" if patch.kb else "",
        "name": patch.name,
        "classification": next(iter(patch.classifications), "Updates"),
        "reboot": patch.reboot_behavior or PERHAPS,
        "published": patch.published.date().isoformat() if patch.published else "2022-01-01",
    }


def _summary(last: Installation) -> dict[str, Any]:
    """The instance view's lastPatchInstallationSummary, by which a wave knows what was installed since its plan."""
    return {
        "status": last.status,
        "installationActivityId": last.id,
        "startTime": stamp(last.started),
        "lastModifiedTime": stamp(last.ended or last.started),
    }
