"""The copies for a rehearsed roll back: the packages that a machine has, and what is assumed of them."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import partial

from azure_hotpatch.cli.patching.emulated_machines import MachineCopy, brought
from azure_hotpatch.emulator.arm.patching.guests import Guest
from azure_hotpatch.emulator.arm.windows_update.patch import of as patch_of
from azure_hotpatch.emulator.arm.windows_update.releases import WindowsUpdate
from azure_hotpatch.operations.machine import Installation, Machine
from azure_hotpatch.operations.rollback.affected_machines import AffectedMachine, Carrying
from azure_hotpatch.operations.rollback.plan import MachineRollback
from azure_hotpatch.operations.status.hotpatching import build_of

_WAITS = ("required", "failed")  # what an installation says of its restart when none came


def copy_of(planned: MachineRollback) -> MachineCopy:
    """The copy of a machine that carries the update."""
    generation = planned.carrier.record.generation if planned.carrier else ""
    return MachineCopy(planned.machine, generation, partial(_packages, planned))


def _packages(planned: MachineRollback, guest: Guest) -> Iterator[str]:
    """Put on what the machine has, in order; what Azure does not tell of it, and is assumed."""
    carrier = planned.carrier
    if carrier is None:
        return
    bad = guest.calendar.find(f"KB{carrier.level.kb}")
    if bad is None:
        yield f"the emulated Windows Update has no KB{carrier.level.kb} for it, and the copy no packages"
        return
    born = brought(guest, planned.machine)
    runs = {one: run for run in reversed(planned.machine.installations) for one in _installed(guest, run)}
    waiting = _pending(planned.machine)
    below = _below(guest, born, bad)
    later = [one for one in {*below, *runs, bad} if born is None or one.order > born.order]
    for release in sorted([*([born] if born else []), *later], key=lambda one: one.order):
        at = runs[release].started if release in runs else release.published
        waits = waiting is not None and runs.get(release) is waiting and release.restarts
        guest.packages.add(patch_of(release), at, waits=waits)
    if waiting and not guest.packages.waiting:
        guest.packages.ask_for_restart()
    yield from _assumptions(guest, planned, carrier, born, [one for one in below if one not in runs])


def _below(guest: Guest, born: WindowsUpdate | None, bad: WindowsUpdate) -> list[WindowsUpdate]:
    """The baselines between the image and the update; of an image that is not known the last one."""
    before = guest.calendar.baseline(bad.published - timedelta(minutes=1))
    if born is None:
        return [before] if before else []
    between = guest.calendar.between(born.published, bad.published - timedelta(minutes=1))
    return [one for one in between if one.kind.value == "baseline"]


def _installed(guest: Guest, run: Installation) -> Iterator[WindowsUpdate]:
    states = ((guest.calendar.find(f"KB{patch.kb}"), patch.state.lower()) for patch in run.patches or ())
    return (release for release, state in states if release and state == "installed")


def _pending(machine: Machine) -> Installation | None:
    """The last installation, where it asked for a restart that nothing says has come."""
    last, assessment = next(iter(machine.installations), None), machine.assessment
    if last is None or last.reboot_status.lower() not in _WAITS:
        return None
    if assessment and assessment.reboot_pending is False and assessment.at > (last.ended or last.started):
        return None
    return last


def _assumptions(
    guest: Guest,
    planned: MachineRollback,
    carrier: AffectedMachine,
    born: WindowsUpdate | None,
    taken: Iterable[WindowsUpdate],
) -> Iterator[str]:
    if carrier.carrying is Carrying.UNKNOWN:
        yield f"KB{carrier.level.kb} is on it, which is not known: {carrier.evidence}"
    if born is None and planned.removal:
        yield "the image did not bring the update: its build is not known, and what it brought cannot be uninstalled"
    if builds := [one.build for one in taken]:
        yield f"the baselines below the update are on it, by the calendar: {', '.join(builds)}"
    if _pending(planned.machine):
        yield "a restart is pending: the last installation asked for one, and nothing says that it came"
    told = build_of(planned.machine)
    if told and told[1] and f"{told[0]}.{told[1]}" != guest.packages.build:
        yield f"the build is {guest.packages.build or 'not known'}, where Azure says {told[0]}.{told[1]}"
