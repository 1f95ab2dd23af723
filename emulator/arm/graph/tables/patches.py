"""patchassessmentresources and patchinstallationresources: summaries of machines and runs, and their patches."""

from collections.abc import Iterator
from functools import lru_cache

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.graph import delay
from azure_hotpatch.emulator.arm.graph.kql.values import moment_text, to_datetime
from azure_hotpatch.emulator.arm.graph.tables.rows import QueryScope, Row, row
from azure_hotpatch.emulator.arm.patching import results
from azure_hotpatch.emulator.arm.protocol.bodies import Json

MACHINES = ("Microsoft.Compute/virtualMachines", "Microsoft.HybridCompute/machines")
_ASSESSMENT, _INSTALLATION, _PATCH = "patchAssessmentResults", "patchInstallationResults", "softwarePatches"
# "Manage updates for customized images": the one word that the emulator has machines for
_READY = {"vmGuestPatchReadiness": {"detectedVMGuestPatchSupportState": "Supported"}}


def assessment_rows(scope: QueryScope) -> Iterator[Row]:
    """One summary a machine, whose id ends in /latest and whose name is the assessment's id, and its patches."""
    now = scope.tx.now()
    for machine in _machines(scope, _ASSESSMENT):
        found = results.assessment(machine, now)
        if found is None:
            continue
        summary = {**found["properties"], "configurationStatus": _READY}
        head = _row(machine, f"{_ASSESSMENT}/latest", _ASSESSMENT, summary)
        yield {**head, "name": summary["assessmentActivityId"]}
        if scope.wants(_type(machine, _ASSESSMENT, _PATCH)):
            yield from _patches(machine, f"{_ASSESSMENT}/latest", _ASSESSMENT, found["softwarePatches"])


def installation_rows(scope: QueryScope) -> Iterator[Row]:
    """One row a run, and its patches."""
    now, seen = scope.tx.now(), delay.horizon(scope.tx)
    for machine in _machines(scope, _INSTALLATION):
        for found in results.installations(scope.tx, machine, now):
            if found["properties"]["lastModifiedDateTime"] > seen:
                continue
            path = f"{_INSTALLATION}/{found['name']}"
            yield _row(machine, path, _INSTALLATION, found["properties"])
            if scope.wants(_type(machine, _INSTALLATION, _PATCH)):
                yield from _patches(machine, path, _INSTALLATION, found["softwarePatches"])


def _machines(scope: QueryScope, results: str) -> Iterator[Resource]:
    """The machines whose results may be in the query's rows."""
    for kind in MACHINES:
        types = (f"{kind}/{results}".lower(), f"{kind}/{results}/{_PATCH}".lower())
        if any(scope.wants(one) for one in types):
            yield from scope.of_types(kind)


def _patches(machine: Resource, path: str, results: str, found: list[Json]) -> Iterator[Row]:
    for patch in found:
        yield _row(machine, f"{path}/{_PATCH}/{patch['patchId']}", f"{results}/{_PATCH}", patch)


def _type(machine: Resource, *steps: str) -> str:
    return "/".join((machine.type, *steps)).lower()


def _row(machine: Resource, path: str, kind: str, properties: Json) -> Row:
    place = {"location": machine.body.get("location")}
    return row(f"{machine.id}/{path}", _type(machine, kind), place, dated(properties))


def dated(properties: Json) -> Json:
    """Times have seven decimals and a Z in Resource Graph."""
    return {name: _moment(value) if name.endswith("DateTime") else value for name, value in properties.items()}


@lru_cache(maxsize=4096)  # the patches of a fleet share their times
def _moment(value: str | None) -> str | None:
    moment = to_datetime(value)
    return moment_text(moment) if moment else value
