"""Read the selected machines from Resource Graph: settings, assessment, installations, schedules."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from fnmatch import fnmatchcase

from azure_hotpatch.operations.clients import queries, rows
from azure_hotpatch.operations.clients.graph import Graph
from azure_hotpatch.operations.clients.queries import MOST_IDS, MachineFilter
from azure_hotpatch.operations.machine import Assessment, ImageName, Installation, Machine, MachineType, Patch
from azure_hotpatch.operations.status.schedules import assignment_of, scheduled

# Pages of different queries are asked for at the same time, within one quota.
_AT_ONCE = 4
_HCI_INSTANCE = "/providers/microsoft.azurestackhci/virtualmachineinstances/"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which machines, and how much of each.

    `names` may hold `*`. `kbs` are the updates that tell of a machine's track; with `all_patches` every update of every
    installation is read, for a history.
    """

    selection: MachineFilter = field(default_factory=MachineFilter)
    names: tuple[str, ...] = ()
    kbs: tuple[str, ...] = ()
    all_patches: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read beside the machines, by the lower-case id of a machine, or of a run."""

    assessments: Mapping[str, Assessment]
    offered: Mapping[str, Sequence[Patch]] | None  # None where it was not asked for
    runs: Mapping[str, Sequence[tuple[str, Installation]]]
    installed: Mapping[str, Sequence[Patch]] | None


def read_selected(graph: Graph, wanted: Wanted) -> tuple[Machine, ...]:
    """The machines, by id."""
    found = {one.id.lower(): one for one in _machines(graph, wanted, datetime.now(UTC))}
    if not found:
        return ()
    narrow = tuple(found) if len(found) <= MOST_IDS else ()
    scope = replace(wanted.selection, ids=(), tags=())
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        assessments = pool.submit(_assessments, graph, queries.assessments(scope, narrow))
        runs = pool.submit(_runs, graph, queries.runs(scope, narrow))
        scheduled_machines = pool.submit(_scheduled, graph, list(found.values()))
        offered = pool.submit(_patches, graph, _offered(scope, narrow, wanted), rows.machine_key)
        installed = pool.submit(_patches, graph, _installed(scope, narrow, wanted), rows.run_key)
        images = pool.submit(_azure_local_images, graph, list(found.values()))
        known = _Known(assessments.result(), offered.result(), runs.result(), installed.result())
        return tuple(_complete(one, known, images.result()) for one in scheduled_machines.result())


def _machines(graph: Graph, wanted: Wanted, now: datetime) -> Iterator[Machine]:
    for part in _parts(wanted.selection):
        for row in graph.rows(queries.machines(part)):
            if not wanted.names or any(fnmatchcase(row["name"].lower(), name.lower()) for name in wanted.names):
                yield rows.machine_of(row, now)


def _parts(selection: MachineFilter) -> Iterator[MachineFilter]:
    """The selection in parts that a query can hold."""
    if not selection.ids:
        yield selection
    for start in range(0, len(selection.ids), MOST_IDS):
        yield replace(selection, ids=selection.ids[start : start + MOST_IDS])


def _complete(machine: Machine, known: _Known, images: Mapping[str, ImageName]) -> Machine:
    """The machine with what was read of it."""
    key = machine.id.lower()
    assessment = known.assessments.get(key)
    if assessment and known.offered is not None:
        assessment = replace(assessment, patches=tuple(known.offered.get(key, ())))
    runs = [_with_patches(run_id, run, known) for run_id, run in known.runs.get(key, ())]
    return replace(
        machine,
        image=images.get(key, machine.image),
        assessment=assessment,
        installations=tuple(sorted(runs, key=lambda run: run.started, reverse=True)),
    )


def _with_patches(run_id: str, run: Installation, known: _Known) -> Installation:
    return run if known.installed is None else replace(run, patches=tuple(known.installed.get(run_id, ())))


def _assessments(graph: Graph, query: str) -> dict[str, Assessment]:
    found = ((rows.machine_key(row["id"]), rows.assessment_of(row)) for row in graph.rows(query))
    return {key: assessment for key, assessment in found if assessment}


def _runs(graph: Graph, query: str) -> dict[str, list[tuple[str, Installation]]]:
    found: dict[str, list[tuple[str, Installation]]] = {}
    for row in graph.rows(query):
        run = rows.installation_of(row)
        if run:
            found.setdefault(rows.machine_key(row["id"]), []).append((row["id"].lower(), run))
    return found


def _offered(scope: MachineFilter, narrow: Sequence[str], wanted: Wanted) -> str:
    return queries.offered(scope, narrow, wanted.kbs) if wanted.kbs else ""


def _installed(scope: MachineFilter, narrow: Sequence[str], wanted: Wanted) -> str:
    if wanted.all_patches:
        return queries.installed(scope, narrow)
    return queries.installed(scope, narrow, wanted.kbs) if wanted.kbs else ""


def _patches(graph: Graph, query: str, key: Callable[[str], str]) -> dict[str, list[Patch]] | None:
    """The updates by what they belong to; an update is the same object wherever it is installed."""
    if not query:
        return None
    found: dict[str, list[Patch]] = {}
    shared: dict[Patch, Patch] = {}
    for row in graph.rows(query):
        patch = rows.patch_of(row)
        found.setdefault(key(row["id"]), []).append(shared.setdefault(patch, patch))
    return found


def _scheduled(graph: Graph, machines: Sequence[Machine]) -> tuple[Machine, ...]:
    """The machines with their schedules of the guest; schedules of hosts patch nothing in it."""
    assignments = [one for row in graph.rows(queries.ASSIGNMENTS) if (one := assignment_of(row))]
    if not assignments:
        return tuple(machines)
    guest = {str(row["id"]).lower() for row in graph.rows(queries.GUEST_SCHEDULES)}
    return tuple(scheduled(machines, (one for one in assignments if one.schedule.lower() in guest)))


def _azure_local_images(graph: Graph, machines: Iterable[Machine]) -> dict[str, ImageName]:
    """The marketplace images of machines on Azure Local, whose patches come through their Arc machines."""
    if all(one.type is not MachineType.AZURE_LOCAL for one in machines):
        return {}
    images = {str(row["id"]).lower(): row["identifier"] or {} for row in graph.rows(queries.AZURE_LOCAL_IMAGES)}
    found = {}
    for row in graph.rows(queries.AZURE_LOCAL_INSTANCES):
        image = images.get(str(row["image"] or "").lower())
        if image and image.get("publisher"):
            machine = str(row["id"]).lower().partition(_HCI_INSTANCE)[0]
            found[machine] = ImageName(image["publisher"], image.get("offer") or "", image.get("sku") or "")
    return found
