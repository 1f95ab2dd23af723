"""Five thousand machines with made-up histories: every track and cause is named, and none that is not so."""

from collections import Counter

import pytest

from azure_hotpatch.operations.status.release_history import record_of
from azure_hotpatch.operations.status.track import Standing, TrackName, track_of
from tests.operations.status.histories import histories

MACHINES = 5000


def judged(**seen):
    for one in histories(MACHINES, seed=20261129):
        yield one, track_of(one.evidence(**seen), record_of(one.generation, one.today))


def expected_name(one):
    if not one.enrolled:
        return TrackName.CUMULATIVE
    return TrackName.FALLEN if one.is_off else TrackName.HOTPATCH


def why_false(one, track):
    """What of a judgement is not so; nothing where it is right, or says that it does not know."""
    if track.name not in {expected_name(one), TrackName.UNKNOWN}:
        return f"named {track.name}, is {expected_name(one)}"
    if track.standing is not Standing.UNKNOWN and (track.standing is Standing.BEHIND) != bool(one.missing):
        return f"{track.standing}, lacks {one.missing or 'nothing'}"
    if track.missing and f"KB{track.missing.kb}" != one.missing:
        return f"lacks {one.missing}, not KB{track.missing.kb}"
    if track.took and track.took not in one.took:
        return f"took {one.took}, not {track.took}"
    if track.took and not track.or_earlier and track.took != one.took[0]:
        return f"took {one.took[0]} first, not {track.took}"
    if track.lacks and (one.due is None or f"KB{track.lacks}" != one.due.kb):
        return f"lacks {one.due}, not {track.lacks}"
    return None


def test_the_histories_have_every_fate():
    fates = Counter((expected_name(one), bool(one.missing), bool(one.took)) for one in histories(MACHINES, 20261129))
    assert len(fates) >= 8
    assert min(fates.values()) >= 20, fates


def test_with_all_evidence_every_cause_is_named_and_none_is_false():
    wrong, unknown = [], Counter()
    for one, track in judged():
        if reason := why_false(one, track):
            wrong.append((one, reason))
        if track.name is TrackName.UNKNOWN or track.standing is Standing.UNKNOWN:
            unknown[track.reason] += 1
    assert not wrong, (len(wrong), wrong[0])
    assert sum(unknown.values()) <= MACHINES * 0.01, unknown.most_common(5)  # builds that two updates share
    assert all("that of KB" in reason for reason in unknown), unknown


@pytest.mark.parametrize("hidden", ["build", "installations", "assessed"])
def test_without_some_evidence_less_is_known_and_nothing_is_false(hidden):
    wrong = [(one, reason) for one, track in judged(**{hidden: False}) if (reason := why_false(one, track))]
    assert not wrong, (len(wrong), wrong[0])


def test_with_the_build_alone_nothing_is_false():
    alone = {"installations": False, "assessed": False}
    wrong = [(one, reason) for one, track in judged(**alone) if (reason := why_false(one, track))]
    assert not wrong, (len(wrong), wrong[0])
