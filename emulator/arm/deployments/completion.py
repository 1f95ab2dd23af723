"""Complete mode: delete the resources of the group that the template does not describe."""

from collections.abc import Iterable

from azure_hotpatch.emulator.arm import providers
from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.deployments import secrets, steps
from azure_hotpatch.emulator.arm.deployments.runner import DeploymentRun
from azure_hotpatch.emulator.arm.deployments.steps import DeploymentOutcome
from azure_hotpatch.emulator.arm.lifecycle.resource_type import ResourceType
from azure_hotpatch.emulator.arm.lifecycle.shapes import shown
from azure_hotpatch.emulator.arm.protocol.errors import ArmError
from azure_hotpatch.emulator.arm.protocol.paths import parse_path


def left_over(tx: Transaction, scope: str, written: Iterable[str]) -> list[Resource]:
    """The resources of a group that have a place of their own, and that a deployment did not write.

    What belongs to another resource, as a machine's OS disk does, is kept or deleted with that one.
    """
    kept = {one.lower() for one in written}
    return [one for one in tx.within(scope) if one.key not in kept and _is_tracked(one) and not _is_managed(tx, one)]


def _is_tracked(one: Resource) -> bool:
    path = parse_path(one.id)
    return bool(path and len(path.types) == 1 and "location" in one.body and providers.of(one))


def _is_managed(tx: Transaction, one: Resource) -> bool:
    return "managedBy" in shown(tx, one, _kind(one))


def prune(run: DeploymentRun, deployment_id: str, scope: str, outcome: DeploymentOutcome) -> None:
    """Delete what is left over, what others use after these others; what cannot be deleted fails the deployment."""
    tx = run.arm.request.tx
    while gone := [one for one in left_over(tx, scope, run.written) if _delete(run, one) is None]:
        outcome.operations += [steps.removed(one.id, _type(one), run.stamp, None) for one in gone]
    failures = []
    for one in left_over(tx, scope, run.written):
        error = _delete(run, one)
        if error:
            failures.append(secrets.masked(error.body()["error"], run.hidden))
            outcome.operations.append(steps.removed(one.id, _type(one), run.stamp, failures[-1]))
    if failures:
        outcome.error = steps.deployment_failed(deployment_id, failures)


def _delete(run: DeploymentRun, one: Resource) -> ArmError | None:
    kind = _kind(one)
    try:
        with run.arm.request.tx.attempt():
            run.arm.delete(one.id, kind.versions[1])
    except ArmError as error:
        return error
    return None


def _kind(one: Resource) -> ResourceType:
    return providers.of(one) or providers.get(one.type)


def _type(one: Resource) -> str:
    return _kind(one).name
