"""A machine's past, from its known installations."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from azure_hotpatch.domain.azure.calendar import Calendar, PatchEvent, Release
from azure_hotpatch.domain.azure.coercion import as_word
from azure_hotpatch.domain.restarts import PatchedMachine
from azure_hotpatch.operations.foresee.lived import InstallationRun, Life, exposed_days, exposures
from azure_hotpatch.operations.machine import Installation, Machine
from azure_hotpatch.operations.report.facts import Past

YEAR = timedelta(days=365)


def installations(machine: Machine, kept: Sequence[Installation]) -> tuple[Installation, ...]:
    """What Azure still knows, and what the journal kept, in order; of two words on a run the one with more updates."""
    both = sorted((*kept, *machine.installations), key=lambda run: len(run.patches or ()))
    found = {run.id: run for run in both}
    return tuple(sorted(found.values(), key=lambda run: (run.started, run.id)))


def past_of(
    patched: PatchedMachine | None,
    runs: Sequence[Installation],
    today: date,
    calendar: Calendar,
    *,
    current: bool,
) -> Past:
    """The last year of a machine; `patched` is None for one that has no hotpatch and is not foreseen.

    `current` says that the machine has the newest update: installations that lack it are not all that there were.
    """
    lived = [_run(run) for run in runs if today - YEAR < run.started.date() <= today]
    if not lived:
        return Past(None, (), (), None, None)
    since, restarts = lived[0].time.date(), tuple(run.time.date() for run in lived if run.restarted)
    if patched is None:
        return Past(since, restarts, (), None, None)
    avoided = tuple(_avoided(patched, lived, calendar))
    found = exposures(Life(patched, since, today, tuple(lived)), calendar)
    # Resource Graph may have a run without its updates, and a restart without an update is none of Windows Update's.
    lacks_some = any(run.restarted and not run.kbs for run in lived)
    if lacks_some or (current and any(one.installed is None for one in found)):
        return Past(since, restarts, avoided, None, None)
    return Past(since, restarts, avoided, exposed_days(found), max((one.days for one in found), default=0))


def _avoided(patched: PatchedMachine, runs: Iterable[InstallationRun], calendar: Calendar) -> Iterable[date]:
    """The days on which a monthly hotpatch came without a restart, once a release."""
    hotpatches = {one.kb: one for one in calendar.monthly(patched.generation) if _is_hotpatch(one)}
    seen: set[str] = set()
    for run in runs:
        for kb in run.kbs:
            if kb in hotpatches and kb not in seen and not run.restarted:
                seen.add(kb)
                yield run.time.date()


def _is_hotpatch(event: PatchEvent) -> bool:
    """Whether the same day has a cumulative update, with which the twin restarts."""
    return event.release is Release.HOTPATCH and bool(event.cumulative_kb)


def _run(run: Installation) -> InstallationRun:
    kbs = tuple(f"KB{patch.kb}" for patch in run.patches or () if patch.kb and as_word(patch.state) == "installed")
    restarted = as_word(run.reboot_status) == "completed"
    return InstallationRun(run.started, kbs, restarted, run.status, window_exceeded=run.window_exceeded)
