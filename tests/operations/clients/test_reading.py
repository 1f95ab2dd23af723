"""A fleet read from Resource Graph and instance views by Microsoft's clients, over the wire."""

import pytest

from azure_hotpatch.operations.clients import reading
from azure_hotpatch.operations.clients.graph import Graph
from azure_hotpatch.operations.clients.queries import MachineFilter
from azure_hotpatch.operations.clients.reading import Views
from azure_hotpatch.operations.clients.targets import Wanted
from azure_hotpatch.operations.status.assessing import Freshness
from azure_hotpatch.operations.status.cause import Cause
from azure_hotpatch.operations.status.release_history import CALENDAR
from azure_hotpatch.operations.status.status import Policy, status_of
from azure_hotpatch.operations.status.track import Standing
from tests.operations import estate

KBS = reading.kbs_of(CALENDAR, estate.END)


@pytest.fixture
def read(connect):
    """The fleet of a selection: read(names=("web-*",))."""

    def asked(selection=None, *, views=Views.STALE, subscriptions=(estate.SUBSCRIPTION,), **more):
        wanted = Wanted(selection or MachineFilter(), kbs=KBS, **more)
        connection = connect()
        with Graph(connection, subscriptions) as graph:
            return reading.read_fleet(graph, connection, wanted, views, estate.END, Policy())

    return asked


@pytest.fixture
def statuses(read):
    return {one.name: status_of(one, estate.END) for one in read().machines}


def test_judges_tracks_as_the_emulator_has_them(statuses, azure):
    """The emulator shares no code with the judgement. Of a machine that is off no build is known, and so no track."""
    named = {name: str(one.track.name) for name, one in statuses.items()}
    assert named.pop("off-1") == "unknown"
    assert named == {name: one["track"] for name, one in azure.tracks().items() if name != "off-1"}
    returns = {name: one.track.returns.isoformat() for name, one in statuses.items() if one.track.returns}
    expected = {name: one["until"] for name, one in azure.tracks().items() if "until" in one and name != "off-1"}
    assert returns == expected


def test_names_the_update_that_took_a_machine_off_the_track(statuses, azure):
    stray = statuses["stray-1"].track
    assert azure.tracks()["stray-1"]["fallenBy"] == f"KB{estate.STRAY}"
    assert stray.or_earlier  # Azure has forgotten October's installation
    assert stray.took != estate.STRAY
    assert statuses["blocked-1"].track.lacks == "5066835"


def test_tells_who_patches_and_who_is_behind(statuses):
    patchers = {name: str(one.patcher) for name, one in statuses.items()}
    assert {name for name, who in patchers.items() if who == "nobody"} == {"blocked-1", "stopped-1", "hand-1"}
    assert patchers["planned-1"] == "a schedule"
    assert statuses["planned-1"].machine.schedules
    behind = {name for name, one in statuses.items() if one.track.standing is Standing.BEHIND}
    assert behind == {"blocked-1", "stopped-1", "hand-1", "arc-1"}


def test_tells_machines_apart_that_were_never_assessed(statuses):
    assert statuses["hand-1"].freshness is Freshness.NEVER  # its instance view was asked
    assert statuses["arc-1"].freshness is Freshness.NONE_KEPT
    assert statuses["web-1"].freshness is Freshness.FRESH
    assert Cause.OFF in statuses["off-1"].causes


def test_asks_the_instance_view_of_what_is_stale_alone(read):
    fleet = read()
    assert fleet.views == 2
    assert {one.name for one in fleet.machines if one.viewed} == {"hand-1", "off-1"}
    assert read(views=Views.NONE).views == 0
    every = read(views=Views.ALL)
    assert {one.type for one in every.machines if not one.viewed} == {"Microsoft.HybridCompute/machines"}


def test_reads_members_of_a_set_without_its_own_view(read):
    (member,) = read(MachineFilter(ids=(f"{estate.COMPUTE}/virtualMachineScaleSets/SET-1",)), views=Views.ALL).machines
    assert member.name == "set-1_0"
    assert member.agent_ready


@pytest.mark.parametrize(
    ("selection", "more", "expected"),
    [
        (MachineFilter(tags=(("ring", "two"),)), {}, {"web-2"}),
        (MachineFilter(groups=("FLEET",)), {"names": ("WEB-*",)}, {"web-1", "web-2"}),
        (MachineFilter(ids=(f"{estate.COMPUTE}/virtualMachines/sql-1",)), {}, {"sql-1"}),
        (MachineFilter(groups=("other",)), {}, set()),
        (MachineFilter(tags=(("ring", 'x" or name != "'),)), {}, set()),
    ],
)
def test_reads_the_machines_that_are_meant(read, selection, more, expected):
    assert {one.name for one in read(selection, **more).machines} == expected


def test_reads_a_subscription_that_has_none(read):
    assert read(subscriptions=("99999999-2222-3333-4444-555555555555",)).machines == ()


def test_reads_every_update_of_a_history(read):
    (machine,) = read(names=("web-1",), all_patches=True).machines
    kbs = {patch.kb for run in machine.installations for patch in run.patches}
    assert "5072014" in kbs
    assert len(kbs) > 1
