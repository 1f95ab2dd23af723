"""A bad update: what is left out, what is installed instead, and what protection is lost."""

from datetime import UTC, date, datetime

import pytest

from azure_hotpatch.domain.azure.calendar import CALENDAR, PatchEvent, Release, ReleaseSource
from azure_hotpatch.operations.install.advisory import Advisory, Lift, advice, order_with, why_not_lifted
from azure_hotpatch.operations.install.order import Order


@pytest.fixture
def bad():
    """September 2026: Remote Desktop Services hang, and an out-of-band update repairs it."""
    since = datetime(2026, 9, 9, 8, tzinfo=UTC)
    return Advisory(kb="KB5122882", bad_since=since, reason="RDS hangs after the restart", fixes=("KB5129237",))


def test_the_bad_update_is_excluded_and_its_fix_included(bad):
    order = order_with(Order(), [bad])
    assert order.exclude_kbs == ("5122882",)
    assert order.kbs == ("5129237",)


def test_a_bad_update_that_was_asked_for_by_number_is_not_asked_for_any_more(bad):
    assert order_with(Order(kbs=("5122882",)), [bad]).kbs == ("5129237",)


def test_a_fix_that_a_person_excluded_stays_excluded(bad):
    assert order_with(Order(exclude_kbs=("5129237",)), [bad]).kbs == ()


def test_a_fix_that_turned_out_bad_is_not_installed(bad):
    worse = Advisory(kb="5129237", bad_since=bad.bad_since, reason="worse")
    order = order_with(Order(), [bad, worse])
    assert order.exclude_kbs == ("5122882", "5129237")
    assert order.kbs == ()


def test_without_a_bad_update_the_order_is_as_it_was():
    order = Order()
    assert order_with(order, []) is order


def test_it_prefers_the_fix_to_uninstalling_and_says_what_is_lost(bad):
    said = "\n".join(advice(bad, 1, date(2026, 9, 20), CALENDAR))
    assert "the stopped waves had it planned for 1 machine." in said
    assert "Install KB5129237 instead" in said
    assert "nothing need be uninstalled" in said


def test_it_says_which_months_fixes_are_lost():
    bad = Advisory(kb="5070881", bad_since=datetime(2025, 10, 24, tzinfo=UTC), reason="off the track")
    said = "\n".join(advice(bad, 0, date(2025, 11, 1), CALENDAR))
    assert "lacks the security fixes of October 2025" in said
    assert "No fix is named" in said


@pytest.mark.parametrize(
    ("kb", "words"),
    [
        ("5120229", []),  # a hotpatch
        ("5120242", ["KB5120242 restarts every machine with Windows Server 2022", "off it until the next baseline"]),
        ("5122882", ["KB5122882 restarts every machine with Windows Server 2022", "it is a baseline"]),
        ("5070881", ["KB5070881 restarts every machine with Windows Server 2025", "off it until the next baseline"]),
    ],
)
def test_it_says_which_update_restarts_which_machines(kb, words):
    bad = Advisory(kb=kb, bad_since=datetime(2026, 9, 9, tzinfo=UTC), reason="x")
    said = [line for line in advice(bad, 2, date(2026, 9, 20), CALENDAR) if "restarts every machine" in line]
    assert len(said) == bool(words)
    assert all(word in said[0] for word in words)


def test_it_knows_a_month_that_a_person_has_added():
    event = PatchEvent(date(2027, 1, 12), "2025", Release.BASELINE, ReleaseSource("a person"), 9999, "KB5999999")
    bad = Advisory(kb="5999999", bad_since=datetime(2027, 1, 13, tzinfo=UTC), reason="x")
    assert any("in no record of ours" in line for line in advice(bad, 0, date(2027, 1, 14), CALENDAR))
    said = "\n".join(advice(bad, 0, date(2027, 1, 14), CALENDAR.extended((event,))))
    assert "the security fixes of January 2027" in said
    assert "KB5999999 restarts every machine with Windows Server 2025" in said


def test_it_owns_that_an_update_is_not_in_its_record():
    bad = Advisory(kb="9999999", bad_since=datetime(2026, 9, 9, tzinfo=UTC), reason="x")
    assert any("in no record of ours" in line for line in advice(bad, 2, date(2026, 9, 20), CALENDAR))


@pytest.mark.parametrize(
    ("since", "why"),
    [
        (datetime(2026, 9, 9, 8, tzinfo=UTC), "is not after badSince"),
        (datetime(2026, 9, 21, tzinfo=UTC), "is still to come"),
        (datetime(2026, 9, 15, tzinfo=UTC), None),
    ],
)
def test_a_stop_is_lifted_by_a_file_that_is_younger_and_in_force(bad, since, why):
    lift = Lift(kb=bad.kb, lifted_since=since, reason="repaired")
    found = why_not_lifted(lift, bad, datetime(2026, 9, 20, tzinfo=UTC))
    assert found is None if why is None else why in found
    assert "is not stopped" in why_not_lifted(lift, None, datetime(2026, 9, 20, tzinfo=UTC))


def test_a_stop_ends_when_it_expires(bad):
    ends = datetime(2026, 9, 16, tzinfo=UTC)
    limited = bad.model_copy(update={"expires": ends})
    assert limited.holds(datetime(2026, 9, 15, 23, 59, tzinfo=UTC))
    assert not limited.holds(ends)
