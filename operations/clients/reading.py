"""Read a fleet: from Resource Graph first, then the instance views of machines whose rows are old."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from azure_hotpatch.domain.counting import first_of
from azure_hotpatch.operations.clients import instance_views, targets
from azure_hotpatch.operations.clients.connection import Connection
from azure_hotpatch.operations.clients.graph import Graph
from azure_hotpatch.operations.clients.targets import Wanted
from azure_hotpatch.operations.machine import Machine, MachineType
from azure_hotpatch.operations.status import assessing, hotpatching
from azure_hotpatch.operations.status.assessing import Freshness
from azure_hotpatch.operations.status.release_history import BUILDS, Calendar, ReleaseHistory
from azure_hotpatch.operations.status.status import Policy

_WORTH_NOTHING = frozenset(Freshness) - {Freshness.FRESH, Freshness.RUNNING}

_MOST_NAMES = 10  # in a note; in the JSON every machine has `viewed`


class Views(StrEnum):
    """For which virtual machines the instance view is asked."""

    STALE = "stale"
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class FleetReading:
    """The machines by id, notes for the user, and the number of requests."""

    machines: tuple[Machine, ...]
    notes: tuple[str, ...]
    queries: int
    views: int


def read_fleet(
    graph: Graph,
    connection: Connection,
    wanted: Wanted,
    views: Views,
    now: datetime,
    policy: Policy,
    progress: Callable[[str], None] = lambda _: None,
) -> FleetReading:
    """Read the machines; a machine of which nothing else is known keeps what Resource Graph says."""
    progress("asking Resource Graph")
    machines = targets.read_selected(graph, wanted)
    asked = [one for one in machines if _is_asked(one, views, now, policy)]
    if asked:
        progress(f"asking {len(asked)} of {len(machines)} machines for their instance views")
    seen, refused = instance_views.viewed(connection, asked)
    notes = [*graph.notes, *_refusals(refused)]
    return FleetReading(tuple(seen.get(one.id, one) for one in machines), tuple(notes), graph.queries, len(asked))


def kbs_of(calendar: Calendar, now: datetime) -> tuple[str, ...]:
    """The updates that tell of a machine's track: those that came after the baselines of today."""
    records = (ReleaseHistory(generation, now.date(), calendar) for generation in BUILDS)
    return tuple(dict.fromkeys(level.kb for record in records for level in record.later if level.kb))


def _is_asked(machine: Machine, views: Views, now: datetime, policy: Policy) -> bool:
    if machine.type is not MachineType.VIRTUAL_MACHINE or views is Views.NONE:
        return False
    if views is Views.ALL:
        return True
    lacks_build = machine.power == "running" and hotpatching.build_of(machine) is None
    return lacks_build or assessing.freshness_of(machine, now, policy.stale_after) in _WORTH_NOTHING


def _refusals(refused: dict[str, str]) -> Iterable[str]:
    """One sentence a reason, whatever the number of machines."""
    for reason in dict.fromkeys(refused.values()):
        names = [one.rpartition("/")[2] for one, why in refused.items() if why == reason]
        yield f"the instance view of {first_of(names, _MOST_NAMES)} was not given: {reason}"
