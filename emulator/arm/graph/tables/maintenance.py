"""maintenanceresources: assignments and platform updates as they are stored, and the runs of schedules."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from azure_hotpatch.emulator.arm.graph import delay
from azure_hotpatch.emulator.arm.graph.tables import extensions
from azure_hotpatch.emulator.arm.graph.tables.patches import MACHINES, dated
from azure_hotpatch.emulator.arm.graph.tables.rows import QueryScope, Row, row
from azure_hotpatch.emulator.arm.patching import results
from azure_hotpatch.emulator.arm.protocol.bodies import Json

_PART = "Microsoft.Maintenance/applyUpdates"
_RUN = "Microsoft.Maintenance/maintenanceConfigurations/applyUpdates"


def rows(scope: QueryScope) -> Iterator[Row]:
    """The stored ones; of a schedule's run one row for each machine's part in it, and one for the whole."""
    yield from extensions.table(*extensions.MAINTENANCE)(scope)
    wants_parts, wants_runs = scope.wants(_PART.lower()), scope.wants(_RUN.lower())
    if not wants_parts and not wants_runs:
        return
    # A run is a row of its schedule's subscription, whichever its machines are in.
    parts = list(_parts(scope, [""] if wants_runs else scope.roots))
    if wants_parts:
        yield from _part_rows(scope, parts)
    if wants_runs:
        yield from _run_rows(scope, [part["properties"] for part in parts])


def _parts(scope: QueryScope, roots: Sequence[str]) -> Iterator[Json]:
    now, seen = scope.tx.now(), delay.horizon(scope.tx)
    machines = (machine for root in roots for kind in MACHINES for machine in scope.tx.within(root, kind))
    for machine in machines:
        for part in results.maintenance_runs(scope.tx, machine, now):
            if part["properties"]["endDateTime"] <= seen:
                yield part


def _part_rows(scope: QueryScope, parts: Sequence[Json]) -> Iterator[Row]:
    for part in parts:
        machine = part["properties"]["resourceId"]
        if _is_within(scope, machine):
            yield row(f"{machine}/providers/{_PART}/{part['name']}", _PART, {}, dated(part["properties"]))


def _run_rows(scope: QueryScope, parts: Sequence[Json]) -> Iterator[Row]:
    found: defaultdict[str, list[Json]] = defaultdict(list)
    for part in parts:
        found[part["correlationId"]].append(part)
    for run, its_parts in sorted(found.items()):
        schedule = its_parts[0]["maintenanceConfigurationId"]
        if _is_within(scope, schedule):
            name = run.rpartition("/")[2]
            yield row(f"{schedule}/applyUpdates/{name}", _RUN, {}, dated(_run(scope, schedule, run, its_parts)))


def _is_within(scope: QueryScope, resource_id: str) -> bool:
    return any(resource_id.lower().startswith(f"{root}/".lower()) for root in scope.roots)


def _run(scope: QueryScope, schedule: str, run: str, parts: Sequence[Json]) -> Json:
    """As the workbooks of Azure Update Manager read a run; `succeeded` and `total` count machines."""
    succeeded = sum(part["status"] == "Succeeded" for part in parts)
    stored = scope.tx.find(schedule)  # None where it was deleted since
    configuration = {
        "id": schedule,
        "name": schedule.rpartition("/")[2],
        "tags": stored.body.get("tags") if stored else None,
        "properties": {"maintenanceScope": parts[0]["maintenanceScope"]},
    }
    return {
        "status": "Succeeded" if succeeded == len(parts) else "Partially succeeded" if succeeded else "Failed",
        "correlationId": run,
        "maintenanceConfigurationId": schedule,
        "maintenanceConfiguration": configuration,
        "resourceUpdateSummary": {"total": len(parts), "succeeded": succeeded},
        "startDateTime": min(part["startDateTime"] for part in parts),
        "endDateTime": max(part["endDateTime"] for part in parts),
    }
