"""The status of one machine, with every cause for concern."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from azure_hotpatch.domain.azure.coercion import as_word
from azure_hotpatch.domain.counting import counted
from azure_hotpatch.operations.machine import Installation, Machine, MachineType
from azure_hotpatch.operations.status import assessing, hotpatching, stopped
from azure_hotpatch.operations.status.assessing import Freshness
from azure_hotpatch.operations.status.cause import Cause, FoundCause
from azure_hotpatch.operations.status.hotpatching import Installer, PortalStatus
from azure_hotpatch.operations.status.release_history import CALENDAR, Calendar, Line, ReleaseHistory, record_of
from azure_hotpatch.operations.status.remedy import remedy_of
from azure_hotpatch.operations.status.stopped import StoppedUpdate
from azure_hotpatch.operations.status.track import Evidence, Standing, Track, TrackName, track_of

DAY = timedelta(days=1)
_RUNNING = {"", "running", "connected"}
_NOT_JUDGED = Track(TrackName.UNKNOWN, Standing.UNKNOWN, reason="no build is reported, and the image does not tell")
_OTHER_SYSTEM = Track(TrackName.UNKNOWN, Standing.UNKNOWN, reason="hotpatch is of Windows Server 2022 and 2025")


@dataclass(frozen=True, slots=True)
class Policy:
    """The age limits, of assessments and of releases that a machine may lack; and the updates that are stopped."""

    stale_after: timedelta = 3 * DAY
    grace: timedelta = 0 * DAY
    stops: tuple[StoppedUpdate, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """A machine's status. `unjudged` are the causes that could not be ruled out, for want of evidence."""

    machine: Machine
    word: PortalStatus
    patcher: Installer
    why_not: tuple[str, ...]
    track: Track
    freshness: Freshness
    findings: tuple[FoundCause, ...]
    unjudged: frozenset[Cause]

    @property
    def last(self) -> Installation | None:
        return self.machine.installations[0] if self.machine.installations else None

    @property
    def causes(self) -> frozenset[Cause]:
        return frozenset(finding.cause for finding in self.findings)


def status_of(machine: Machine, now: datetime, calendar: Calendar = CALENDAR, policy: Policy | None = None) -> Status:
    """Judge a machine at a moment by the calendar."""
    policy = policy or Policy()
    freshness = assessing.freshness_of(machine, now, policy.stale_after)
    track = _track(machine, now, calendar)
    word, patcher = hotpatching.word_of(machine), hotpatching.patcher_of(machine)
    why_not = hotpatching.why_not_working(machine)
    bare = Status(machine, word, patcher, why_not, track, freshness, (), frozenset())
    findings = tuple(replace(one, remedy=remedy_of(one.cause, machine)) for one in _findings(bare, now, policy))
    return Status(machine, word, patcher, why_not, track, freshness, findings, _unjudged(bare, policy))


def _track(machine: Machine, now: datetime, calendar: Calendar) -> Track:
    generation = hotpatching.generation_of(machine)
    if generation is None:
        is_other = hotpatching.build_of(machine) is not None or not hotpatching.is_windows(machine)
        return _OTHER_SYSTEM if is_other else _NOT_JUDGED
    record = record_of(generation, now.astimezone(UTC).date(), calendar)
    return track_of(evidence_of(machine, record), record)


def evidence_of(machine: Machine, record: ReleaseHistory) -> Evidence:
    """The evidence of a machine's updates; what was installed after the assessment no longer counts as offered."""
    build, found = hotpatching.build_of(machine), machine.assessment
    told = found if found and as_word(found.status) in {"succeeded", "completedwithwarnings"} else None
    since = frozenset(_in_force(machine, record, told.at if told else None))
    listed = told.patches if told else None
    offered = None if listed is None else frozenset(patch.kb for patch in listed) - since
    return Evidence(
        enrolled=hotpatching.is_enrolled(machine),
        revision=build[1] if build else None,
        installed=frozenset(_in_force(machine, record)) - (offered or frozenset()),
        offered=offered,
        pending=assessing.pending_security(told) if told else None,
        assessed=told.at.date() if told else None,
    )


def _in_force(machine: Machine, record: ReleaseHistory, after: datetime | None = None) -> Iterator[str]:
    """The updates that were installed; but for hotpatches, those that wait for a restart are not in force."""
    waits = bool(machine.assessment and machine.assessment.reboot_pending)
    for run in machine.installations:
        if after and (run.ended or run.started) <= after:
            continue
        held = waits or as_word(run.reboot_status) in {"required", "started", "failed"}
        for patch in run.patches or ():
            level = record.of_kb(patch.kb)
            if as_word(patch.state) == "installed" and (not held or (level and level.line is Line.HOTPATCH)):
                yield patch.kb


def _findings(status: Status, now: datetime, policy: Policy) -> Iterator[FoundCause]:
    yield from _of_track(status, now, policy)
    yield from _of_assessment(status, now)
    for stop in stopped.pending(status.machine, policy.stops):
        yield FoundCause(Cause.PENDING_STOPPED, f"is offered KB{stop.kb}, which is stopped: {stop.reason}")
    yield from _of_settings(status)
    yield from _of_installation(status)
    yield from _of_power(status)


def _of_track(status: Status, now: datetime, policy: Policy) -> Iterator[FoundCause]:
    track = status.track
    if track.name is TrackName.FALLEN:
        yield FoundCause(Cause.OFF_TRACK, f"{track.by or track.reason}; returns with the baseline of {track.returns}")
    if track.missing and now.date() - track.missing.day >= policy.grace:
        days = (now.date() - track.missing.day).days
        yield FoundCause(Cause.BEHIND, f"lacks {track.missing}, out for {counted(days, 'day')}")
    elif track.standing is Standing.BEHIND and not track.missing:
        yield FoundCause(Cause.BEHIND, track.reason)
    if hotpatching.build_of(status.machine) is None and status.machine.power in {None, "running", "Connected"}:
        yield FoundCause(Cause.BUILD_UNKNOWN, "its agent reports no build")


_BY_FRESHNESS = {
    Freshness.FAILED: Cause.ASSESSMENT_FAILED,
    Freshness.STALE: Cause.ASSESSMENT_STALE,
    Freshness.STUCK: Cause.ASSESSMENT_STUCK,
    Freshness.NEVER: Cause.NEVER_ASSESSED,
    Freshness.NONE_KEPT: Cause.ASSESSMENT_STALE,
    Freshness.UNSUPPORTED: Cause.UNSUPPORTED,
}


def _of_assessment(status: Status, now: datetime) -> Iterator[FoundCause]:
    found, cause = status.machine.assessment, _BY_FRESHNESS.get(status.freshness)
    if cause:
        when = f", {counted((now - found.at).days, 'day')} ago" if found else ""
        yield FoundCause(cause, f"{status.freshness}{when}{f': {found.error}' if found and found.error else ''}")
    if found is None:
        return
    for name, pending in ((Cause.PENDING_CRITICAL, "critical"), (Cause.PENDING_SECURITY, "security")):
        count = assessing.pending(found, pending)
        if count:
            yield FoundCause(name, counted(count, f"{pending} update"))
    if assessing.TOGETHER in found.counts and assessing.pending_security(found):
        yield FoundCause(Cause.PENDING_SECURITY, f"{assessing.pending_security(found)} critical or security updates")
    if found.reboot_pending:
        yield FoundCause(Cause.RESTART_PENDING, "an update waits for a restart")


def _of_settings(status: Status) -> Iterator[FoundCause]:
    machine = status.machine
    if status.patcher is Installer.NOBODY:
        yield FoundCause(Cause.NOBODY_PATCHES, hotpatching.why_not_patched(machine) or "")
    if status.why_not:
        yield FoundCause(Cause.CANNOT_HOTPATCH, "; ".join(status.why_not))
    if machine.agent_ready is False and as_word(machine.power) in _RUNNING:
        yield FoundCause(Cause.AGENT_NOT_READY, "the VM agent is not ready")


def _of_installation(status: Status) -> Iterator[FoundCause]:
    last = status.last
    if last is None:
        return
    if as_word(last.status) in {"failed", "completedwithwarnings"}:
        yield FoundCause(
            Cause.INSTALLATION_FAILED, f"{last.status} on {last.started:%Y-%m-%d}: {last.error or 'no reason'}"
        )
    if last.window_exceeded:
        yield FoundCause(Cause.WINDOW_EXCEEDED, f"the window of {last.started:%Y-%m-%d} was too short")


def _of_power(status: Status) -> Iterator[FoundCause]:
    machine = status.machine
    if machine.power and as_word(machine.power) not in _RUNNING:
        said = "disconnected" if machine.type is MachineType.ARC else machine.power
        yield FoundCause(Cause.OFF, f"it is {said}")


def _unjudged(status: Status, policy: Policy) -> frozenset[Cause]:
    """The causes that cannot be ruled out."""
    found: set[Cause] = set()
    if status.track.name is TrackName.UNKNOWN:
        found.add(Cause.OFF_TRACK)
    if status.track.standing is Standing.UNKNOWN:
        found.add(Cause.BEHIND)
    if status.freshness is not Freshness.FRESH:
        found |= {Cause.PENDING_CRITICAL, Cause.PENDING_SECURITY, Cause.RESTART_PENDING}
        found |= {Cause.PENDING_STOPPED} if policy.stops else set()
    elif status.machine.assessment and assessing.TOGETHER in status.machine.assessment.counts:
        found.add(Cause.PENDING_CRITICAL)
    return frozenset(found)
