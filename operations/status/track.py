"""The track of a machine, and whether it has the newest release there; what cannot be proved stays unknown.

Whether a hotpatch changes the build that a machine reports is published nowhere. So a build that is the baseline's is
never called behind for its number alone, and a build that two updates share is decided by the updates that were
installed or are offered, or not at all.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from azure_hotpatch.operations.status.release_history import BUILDS, Line, ReleaseHistory, UpdateLevel


class TrackName(StrEnum):
    """Which updates a machine gets."""

    HOTPATCH = "hotpatch"
    CUMULATIVE = "cumulative"
    FALLEN = "fallen off"  # hotpatch is on, and it gets cumulative updates with restarts
    UNKNOWN = "unknown"


class Standing(StrEnum):
    """Whether a machine has the newest update of its own track."""

    CURRENT = "current"
    BEHIND = "behind"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence of a machine's updates. KB numbers are digits.

    `installed` are the updates of 30 days that are in force; `offered` those of a fresh assessment, None without one;
    `pending` how many critical and security updates it found.
    """

    enrolled: bool
    revision: int | None = None
    installed: frozenset[str] = frozenset()
    offered: frozenset[str] | None = None
    pending: int | None = None
    assessed: date | None = None


@dataclass(frozen=True, slots=True)
class Track:
    """Where a machine stands. `took` or `lacks` is the KB that keeps it off its track, until `returns`.

    `missing` is the update that it is behind by; `reason` says what the words are drawn from.
    """

    name: TrackName
    standing: Standing
    level: UpdateLevel | None = None
    missing: UpdateLevel | None = None
    took: str = ""
    lacks: str = ""
    or_earlier: bool = False  # an update before `took` may have been the first, which Azure has forgotten
    returns: date | None = None
    reason: str = ""

    @property
    def by(self) -> str:
        """Which update keeps a machine off its track, for people; empty where none is known."""
        if self.took:
            return f"took KB{self.took}{' or an earlier one' if self.or_earlier else ''}"
        return f"lacks KB{self.lacks}" if self.lacks else ""


def track_of(evidence: Evidence, record: ReleaseHistory) -> Track:
    """Judge a machine by its build and its updates against the record of its Windows Server."""
    if record.ends or record.baseline is None:
        return _beyond(evidence, record)
    if not evidence.enrolled:
        return _cumulative(evidence, record)
    if evidence.revision is None:
        return _without_build(evidence, record)
    return _enrolled(evidence, evidence.revision, record)


def _cumulative(evidence: Evidence, record: ReleaseHistory) -> Track:
    """A machine without hotpatch has the month's cumulative update, or it is behind."""
    newest, revision = record.newest_cumulative, evidence.revision
    assert newest  # noqa: S101 - a record without a baseline is judged elsewhere
    track = Track(TrackName.CUMULATIVE, Standing.CURRENT, _restarting(record, revision))
    if revision is not None and newest.revision is not None:
        if revision >= newest.revision:
            return replace(track, reason=_newer(record, revision))
        return replace(track, standing=Standing.BEHIND, missing=newest)
    if newest.kb in evidence.installed:
        return replace(track, level=newest, reason=f"KB{newest.kb} was installed")
    return _by_offer(evidence, track, newest)


def _enrolled(evidence: Evidence, revision: int, record: ReleaseHistory) -> Track:
    baseline = record.baseline
    assert baseline  # noqa: S101 - a record without a baseline is judged elsewhere
    if baseline.revision is None:
        return Track(
            TrackName.UNKNOWN, Standing.UNKNOWN, reason=f"the build of the baseline {baseline} is not recorded"
        )
    if revision < baseline.revision:
        return _below(record, revision, baseline)
    if revision == baseline.revision:
        return _on_baseline(evidence, record, baseline)
    lines = {level.line: level for level in record.at(revision) if level in record.later}
    if not lines:
        return _unrecorded(evidence, record, revision)
    if len(lines) > 1:
        return _shared(evidence, record, lines)
    (level,) = lines.values()
    return _off(evidence, record, level) if level.line is Line.CUMULATIVE else _on(evidence, record, level)


def _below(record: ReleaseHistory, revision: int, baseline: UpdateLevel) -> Track:
    """Behind the baseline: one restart away while nothing came after it, otherwise off until the next one.

    Microsoft's page on failed hotpatches has such machines back with the latest cumulative update; those that left the
    track in October 2025 came back with the baseline of January. The later day is the one to plan by.
    """
    level = next(iter(record.at(revision)), None)
    if not any(one.monthly for one in record.later):
        return Track(TrackName.HOTPATCH, Standing.BEHIND, level, baseline, reason="the baseline is due, with a restart")
    return Track(
        TrackName.FALLEN,
        Standing.BEHIND,
        level,
        record.newest_cumulative,
        lacks=baseline.kb,
        returns=record.next_baseline,
        reason=f"it lacks the baseline {baseline}, on which hotpatches stand",
    )


def _on_baseline(evidence: Evidence, record: ReleaseHistory, baseline: UpdateLevel) -> Track:
    newest = record.newest_hotpatch
    track = Track(TrackName.HOTPATCH, Standing.CURRENT, baseline)
    if newest is None:
        return track
    if newest.kb in evidence.installed:
        return replace(track, level=newest, reason=f"KB{newest.kb} was installed")
    refused = _refused_hotpatch(evidence, record)
    if refused:
        return refused
    return _by_offer(evidence, track, newest)


def _on(evidence: Evidence, record: ReleaseHistory, level: UpdateLevel) -> Track:
    """On top of the baseline with a hotpatch."""
    newest = record.newest_hotpatch
    refused = _refused_hotpatch(evidence, record)
    if refused:
        return replace(refused, level=level)
    track = Track(TrackName.HOTPATCH, Standing.CURRENT, level)
    if newest and newest.day > level.day and newest.kb not in evidence.installed:
        return replace(track, standing=Standing.BEHIND, missing=newest)
    return track


def _off(evidence: Evidence, record: ReleaseHistory, level: UpdateLevel) -> Track:
    """It took an update with a restart after the baseline."""
    seen = [one for one in record.later if one.line is Line.CUMULATIVE and one.kb in evidence.installed]
    first = min([*seen, level], key=lambda one: one.day)
    newest = record.newest_cumulative
    behind = newest and newest.line is Line.CUMULATIVE and newest.day > level.day
    return Track(
        TrackName.FALLEN,
        Standing.BEHIND if behind else Standing.CURRENT,
        level,
        newest if behind else None,
        took=first.kb,
        returns=record.next_baseline,
        or_earlier=_may_be_earlier(record, first),
        reason=f"it left the track with {first}",
    )


def _may_be_earlier(record: ReleaseHistory, first: UpdateLevel) -> bool:
    """Azure forgets installations after 30 days: what came before is only ruled out where there was nothing."""
    return any(one.line is Line.CUMULATIVE and one.day < first.day for one in record.later)


def _shared(evidence: Evidence, record: ReleaseHistory, lines: dict[Line, UpdateLevel]) -> Track:
    """A build that a hotpatch and a cumulative update share, as 26100.6905 of October 2025."""
    stray, safe = lines[Line.CUMULATIVE], lines[Line.HOTPATCH]
    newer = {one.kb for one in record.later if one.line is Line.HOTPATCH and one.day > safe.day}
    offered = evidence.offered or frozenset()
    if stray.kb in evidence.installed:
        return _off(evidence, record, stray)
    if _refused_hotpatch(evidence, record):
        return replace(_off(evidence, record, stray), reason="it is offered cumulative updates since")
    if safe.kb in evidence.installed or newer & offered:
        return _on(evidence, record, safe)
    why = f"its build is that of KB{safe.kb}, which keeps the track, and of KB{stray.kb}, which leaves it"
    return Track(TrackName.UNKNOWN, Standing.UNKNOWN, returns=None, reason=why)


def _refused_hotpatch(evidence: Evidence, record: ReleaseHistory) -> Track | None:
    """A machine that is offered a month's cumulative update in place of its hotpatch is not on the track."""
    found = [one for one in record.later if one.monthly and one.line is Line.CUMULATIVE]
    offered = next((one for one in reversed(found) if one.kb in (evidence.offered or ())), None)
    if offered is None:
        return None
    return Track(
        TrackName.FALLEN,
        Standing.BEHIND,
        missing=offered,
        returns=record.next_baseline,
        reason=f"it is offered KB{offered.kb}, the cumulative update, and not the hotpatch of that day",
    )


def _without_build(evidence: Evidence, record: ReleaseHistory) -> Track:
    """Judge by the updates alone: those that were installed, and those that are offered."""
    refused = _refused_hotpatch(evidence, record)
    if refused:
        return refused
    known = [one for one in record.later if one.kb in evidence.installed]
    stray = next((one for one in reversed(known) if one.line is Line.CUMULATIVE), None)
    if stray:
        return _off(evidence, record, stray)
    newest = record.newest_hotpatch
    if known:
        return _on(evidence, record, known[-1])
    if newest and newest.kb in (evidence.offered or ()):
        return Track(TrackName.HOTPATCH, Standing.BEHIND, missing=newest, reason=f"it is offered KB{newest.kb}")
    return Track(TrackName.UNKNOWN, Standing.UNKNOWN, reason="no build is reported")


def _unrecorded(evidence: Evidence, record: ReleaseHistory, revision: int) -> Track:
    refused = _refused_hotpatch(evidence, record)
    why = _newer(record, revision) or f"build {BUILDS[record.generation]}.{revision} is in no record"
    return refused or Track(TrackName.UNKNOWN, Standing.UNKNOWN, reason=why)


def _beyond(evidence: Evidence, record: ReleaseHistory) -> Track:
    """A month has passed whose release is not recorded: only an assessment can tell."""
    name = TrackName.UNKNOWN if evidence.enrolled else TrackName.CUMULATIVE
    level = _restarting(record, evidence.revision)
    since = f"the calendar's record ends on {record.ends}" if record.ends else "the calendar begins later"
    if evidence.pending is None or evidence.assessed is None:
        return Track(name, Standing.UNKNOWN, level, reason=since)
    standing = Standing.BEHIND if evidence.pending else Standing.CURRENT
    said = "updates are offered" if evidence.pending else "nothing is offered"
    return Track(name, standing, level, reason=f"{since}; by the assessment of {evidence.assessed} {said}")


def _by_offer(evidence: Evidence, track: Track, newest: UpdateLevel) -> Track:
    """Behind if the newest update is offered, current if nothing is, in an assessment that can know of it."""
    if evidence.offered is not None and newest.kb in evidence.offered:
        return replace(track, standing=Standing.BEHIND, missing=newest, reason=f"it is offered KB{newest.kb}")
    if evidence.pending == 0 and evidence.assessed is not None and evidence.assessed > newest.day:
        return replace(track, reason=f"the assessment of {evidence.assessed} offers nothing")
    why = f"whether it has {newest} is not known: no assessment since, and the build does not tell"
    return replace(track, standing=Standing.UNKNOWN, reason=why)


def _restarting(record: ReleaseHistory, revision: int | None) -> UpdateLevel | None:
    """The update with that revision, the one with a restart where two share it."""
    found = record.at(revision) if revision is not None else ()
    return next((one for one in found if one.line is not Line.HOTPATCH), next(iter(found), None))


def _newer(record: ReleaseHistory, revision: int) -> str:
    return f"its build is newer than the record, which ends at {record.highest}" if revision > record.highest else ""
