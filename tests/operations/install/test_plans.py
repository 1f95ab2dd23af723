"""What a plan says: what is installed where, what restarts, who is left out, and when each begins and ends."""

from datetime import UTC, datetime, timedelta

import pytest

from azure_hotpatch.operations.install.hours import Hours
from azure_hotpatch.operations.install.order import Order
from azure_hotpatch.operations.install.plan import Plan, why_not_usable
from azure_hotpatch.operations.machine import Installation, PatchSettings
from tests.operations.install.conftest import DOTNET, HOTPATCH, LCU, NOW, machine


def test_a_plan_names_the_updates_that_the_order_takes(plan):
    made = plan([machine("a", (LCU, DOTNET))])
    assert [patch.kb for patch in made.machines[0].patches] == ["5122871"]


@pytest.mark.parametrize(
    ("patches", "order", "restart"),
    [
        ((LCU,), Order(), "yes"),
        ((HOTPATCH,), Order(), "no"),
        ((HOTPATCH, LCU), Order(), "yes"),
        ((DOTNET,), Order(classifications=("Updates",)), "may"),
        ((LCU,), Order(reboot="Never"), "no"),
        ((HOTPATCH,), Order(reboot="Always"), "yes"),
        (None, Order(), "unknown"),
        (None, Order(exclude_restarts=True), "no"),
    ],
)
def test_a_machine_restarts_by_what_it_is_offered_and_by_the_reboot_setting(plan, patches, order, restart):
    assert plan([machine("a", patches)], order).machines[0].restart == restart


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"power": "deallocated"}, "it is deallocated: start it first"),
        ({"settings": PatchSettings(provision_vm_agent=False)}, "it has no VM agent, through which Azure installs"),
        ({"patches": ()}, "it is offered none of the requested updates"),
        ({"installations": (Installation("1", "InProgress", NOW),)}, "an installation is under way"),
    ],
)
def test_a_machine_that_cannot_be_installed_on_is_left_out_with_the_reason(plan, more, reason):
    made = plan([machine("a", **more), machine("b")])
    assert [one.name for one in made.machines] == ["b"]
    assert [(one.name, one.reason) for one in made.skipped] == [("a", reason)]


def test_600_begin_at_once_and_then_200_a_minute_in_each_region(plan):
    regions = ("westeurope", "northeurope")
    made = plan([machine(f"m{n:04}", location=regions[n % 2]) for n in range(2000)])
    for region in regions:
        begins = sorted(one.begins - NOW for one in made.machines if one.location == region)
        assert begins[599] == timedelta()
        assert begins[600] == timedelta(seconds=0.3)
        assert begins[999] == timedelta(minutes=2)


def test_what_is_left_in_the_bucket_counts(plan):
    made = plan([machine(f"m{n}") for n in range(30)], left={"s/westeurope": 10})
    assert max(one.begins for one in made.machines) - NOW == timedelta(seconds=6)


def test_a_ring_begins_when_the_one_before_has_ended_and_soaked(plan):
    made = plan([machine("a"), machine("b")], canary="1", soak="1h")
    canary, rest = made.machines
    assert (canary.ring, rest.ring) == ("canary", "rest")
    assert rest.begins == canary.ends + timedelta(hours=1)


def test_concurrency_makes_machines_wait_for_others_to_end(plan):
    made = plan([machine(f"m{n}") for n in range(4)], maxConcurrency="2")
    assert [one.begins - NOW for one in made.machines] == [timedelta(minutes=minutes) for minutes in (0, 0, 15, 15)]


def test_a_pair_is_never_planned_at_the_same_time(plan):
    one, other = plan([machine("db-1"), machine("db-2")], pairs=[["db-1", "db-2"]]).machines
    assert other.begins >= one.ends


def test_maintenance_hours_move_the_beginning(plan):
    hours = {"from": "22:00", "until": "02:00", "timeZone": "Europe/Berlin"}
    made = plan([machine("a")], hours=hours)
    assert made.machines[0].begins == NOW  # 20:00 UTC is 22:00 in Berlin
    later = plan([machine("a")], hours={**hours, "from": "23:00"})
    assert later.machines[0].begins == NOW + timedelta(hours=1)


def test_a_machine_does_not_begin_in_the_last_half_hour(plan):
    hours = {"from": "12:00", "until": "20:29"}
    made = plan([machine("a")], hours=hours)
    assert made.machines[0].begins == NOW + timedelta(hours=16)
    assert plan([machine("a")], hours={**hours, "until": "20:30"}).machines[0].begins == NOW


def test_the_hour_that_summer_time_takes_does_not_count():
    """On March 29, 2026 two o'clock is followed by three: from 01:45 to 03:10 is 25 minutes."""
    hours = Hours.model_validate({"from": "01:45", "until": "03:10", "timeZone": "Europe/Berlin"})
    assert hours.starts(datetime(2026, 3, 28, 22, tzinfo=UTC)) == datetime(2026, 3, 29, 23, 45, tzinfo=UTC)


def test_a_ring_without_machines_is_noted(plan):
    rings = [{"name": "early", "tags": {"rng": "0"}}, {"name": "all", "names": ["*"]}]
    assert plan([machine("a")], rings=rings).warnings[1:] == ("No machine is in ring early.",)
    assert plan([machine("a")], rings=rings[1:], canary="1").warnings[1:] == ()


@pytest.mark.parametrize(
    ("settings", "note"),
    [
        ({"soak": "1h"}, ("Without a second ring there is no soak.",)),
        (
            {"soak": "1h", "gate": {"vmAgent": True}},
            ("Without a second ring there is no soak and no gate.",),
        ),
        ({"soak": "1h", "gate": {"vmAgent": True}, "canary": "1"}, ()),
        ({"askAfterCanary": True}, ("Without a canary nobody is asked (askAfterCanary).",)),
        ({"askAfterCanary": True, "canary": "1"}, ()),
    ],
)
def test_what_a_wave_never_comes_to_is_noted(plan, settings, note):
    assert plan([machine("a"), machine("b")], **settings).warnings[1:] == note


def test_an_update_that_nobody_is_offered_is_noted(plan):
    offered = Order(kbs=("5122871", "5999999"))
    assert plan([machine("a"), machine("b", ())], offered).warnings[1:] == ("KB5999999 is offered to no machine.",)
    assert "offered" not in " ".join(plan([machine("a", None)], offered).warnings)


def test_it_says_that_availability_first_is_not_followed(plan):
    assert any("availability-first" in warning for warning in plan([machine("a")]).warnings)


def test_a_plan_that_is_kept_is_the_same_when_it_is_read(plan):
    made = plan([machine("a", zone="1", tags={"pair": "x"})], canary="10%", pairTag="pair", soak="1h30m")
    assert Plan.model_validate_json(made.model_dump_json(by_alias=True)) == made


@pytest.mark.parametrize(
    ("hours", "why"), [(1, None), (49, "more than 48 hours ago: plan again"), (-1, "which is in the future")]
)
def test_a_plan_is_not_carried_out_when_it_is_old(plan, hours, why):
    said = why_not_usable(plan([machine("a")]), NOW + timedelta(hours=hours))
    assert said is None if why is None else said.endswith(why)


def test_a_plan_without_machines_is_not_carried_out(plan):
    assert why_not_usable(plan([machine("a", ())]), NOW) == "the plan has no machine to install on"
