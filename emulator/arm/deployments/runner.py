"""Run a deployment: resource by resource, in the order of their dependencies, with nested deployments."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from azure_hotpatch.emulator.arm.database.planned_ends import NEVER
from azure_hotpatch.emulator.arm.database.stored import stamp
from azure_hotpatch.emulator.arm.deployments import descriptions, places, records, secrets, specification, steps
from azure_hotpatch.emulator.arm.deployments.deployment_client import DeploymentClient
from azure_hotpatch.emulator.arm.deployments.specification import Specification
from azure_hotpatch.emulator.arm.deployments.steps import DeploymentOutcome
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import ArmError, BadRequest, NotEmulated
from azure_hotpatch.emulator.arm.protocol.paths import ResourcePath
from azure_hotpatch.emulator.arm.templates import parameters, program
from azure_hotpatch.emulator.arm.templates.errors import ExpressionError, InvalidTemplate
from azure_hotpatch.emulator.arm.templates.parameters import Given
from azure_hotpatch.emulator.arm.templates.program import CompiledTemplate
from azure_hotpatch.emulator.arm.templates.resources import DEPLOYMENTS, PlannedResource
from azure_hotpatch.emulator.arm.templates.template_budget import TemplateBudget

_MOST_NESTED = 500  # "ARM template deployment what-if operation", limits; here it holds for all of them


@dataclass(slots=True)
class Touched:
    """A resource that was written, as it was before and as the template describes it, without its secrets."""

    id: str
    version: str
    before: Json | None
    described: Json


@dataclass(slots=True)
class DeploymentRun:
    """One deployment with all that are within it. With `watching` it notes what each resource was before."""

    arm: DeploymentClient
    watching: bool = False
    rehearsing: bool = False  # nothing of it stays, and it waits for nothing
    budget: TemplateBudget = field(default_factory=TemplateBudget)
    touched: list[Touched] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    waits: list[str] = field(default_factory=list)  # the ids of what a fault keeps open
    stuck: set[str] = field(default_factory=set)  # and those that stay so for ever, with the deployments around them
    nested: dict[str, Json] = field(default_factory=dict)  # outputs by id in lower case, secure ones among them
    hidden: frozenset[str] = frozenset()  # the secrets of all parameters so far
    count: int = 0

    def read(self, resource_id: str, version: str) -> Json:
        """A resource for reference(); a deployment of this run with all of its outputs."""
        found = self.arm.read(resource_id, version)
        outputs = self.nested.get(resource_id.lower())
        if outputs is not None:
            found["properties"] = {**found["properties"], "outputs": outputs}
        return found

    def act(self, action: str, resource_id: str, version: str, body: Any) -> Any:
        return self.arm.act(action, resource_id, version, body)

    @property
    def stamp(self) -> str:
        return stamp(self.arm.request.tx.now())


def compiled(run: DeploymentRun, path: ResourcePath, asked: Specification) -> CompiledTemplate:
    """The program of a deployment's template; an error in it does not repeat a secret that was given."""
    place = places.surroundings(run.arm.request, path, descriptions.own(path, asked))
    run.hidden |= secrets.given(asked.template, asked.parameters)
    try:
        with _bounded():
            found = program.compiled(asked.template, asked.parameters, place, run.budget)
    except ArmError as error:
        error.message = secrets.masked(error.message, run.hidden)
        raise
    run.hidden |= secrets.known(found.parameters.values())
    return found


def deploy(run: DeploymentRun, deployment_id: str, found: CompiledTemplate) -> DeploymentOutcome:
    """Write a program's resources and evaluate its outputs. Failures are in the outcome; nothing is raised."""
    outcome = DeploymentOutcome()
    failures: list[Json] = []
    missing: set[str] = set()
    for one in found.resources:
        if one.after & missing:
            missing.add(one.key)  # what waits for something that failed is not begun
            continue
        error = _attempt(run, one, found, outcome)
        if error:
            failures.append(error)
        if error or one.id in run.stuck:
            missing.add(one.key)
    stuck = [one.id for one in found.resources if one.id in run.stuck]
    outcome.stuck = bool(stuck)
    if failures or stuck:
        details = failures or [steps.abandoned(resource_id) for resource_id in stuck]
        outcome.error = steps.deployment_failed(deployment_id, details)
    else:
        _outputs(run, found, outcome)
    return outcome


def _attempt(
    run: DeploymentRun, one: PlannedResource, found: CompiledTemplate, outcome: DeploymentOutcome
) -> Json | None:
    """Write one resource; its error, if any."""
    nested = one.type.lower() == DEPLOYMENTS
    try:
        # What a nested deployment wrote before it failed stays; of a resource that is refused nothing does.
        with _bounded(), nullcontext() if nested else run.arm.request.tx.attempt():
            status = _nested(run, one, found) if nested else _write(run, one, found, outcome)
        run.arm.check_end(one.id)
    except (ArmError, ExpressionError) as error:
        refused = _refused(one, error)
        words: Json = secrets.masked(refused.body()["error"], run.hidden)
        outcome.operations.append(steps.failed(one, run.stamp, refused, words))
        return words
    pending = None if run.rehearsing else run.arm.pending(one.id)
    if pending:
        run.waits.append(one.id)
        run.stuck |= {one.id} if pending.until == NEVER else set()
    step = steps.running(one, run.stamp) if pending or one.id in run.stuck else steps.succeeded(one, run.stamp, status)
    outcome.operations.append(step)
    return None


@contextmanager
def _bounded() -> Iterator[None]:
    """A template may call and nest deeper than the emulator follows; each of the ways to do so has its own limit."""
    try:
        yield
    except RecursionError:
        raise InvalidTemplate("The template's expressions and deployments are nested too deeply") from None


def _refused(one: PlannedResource, error: ArmError | ExpressionError) -> ArmError:
    if isinstance(error, ArmError):
        return error
    return BadRequest(
        f"Unable to process template language expressions for resource '{one.id}'. '{error.message}'",
        code="InvalidTemplate",
    )


def _write(run: DeploymentRun, one: PlannedResource, found: CompiledTemplate, outcome: DeploymentOutcome) -> int:
    before = run.arm.get(one.id, one.version) if run.watching else None
    status = run.arm.put(one.id, one.version, found.body(one, run))
    outcome.written.append(one.id)
    run.written.append(one.id)
    if run.watching:
        run.touched.append(Touched(one.id, one.version, before, _described(run, one, found)))
    return status


def _described(run: DeploymentRun, one: PlannedResource, found: CompiledTemplate) -> Json:
    described = {"apiVersion": one.version, "id": one.id, "name": one.id.rsplit("/", 1)[1], "type": one.type}
    try:
        return {**described, **found.shown_body(one, run)}
    except ExpressionError:
        return described  # it cannot be computed without its secrets


def _outputs(run: DeploymentRun, found: CompiledTemplate, outcome: DeploymentOutcome) -> None:
    if not found.template.get("outputs"):
        return
    try:
        with _bounded():
            outputs = found.outputs(run)
    except ArmError as error:
        outcome.error = secrets.masked(error.body()["error"], run.hidden)
    else:
        outcome.outputs, outcome.shown_outputs = outputs.real, outputs.shown
    outcome.operations.append(steps.outputs(run.stamp, outcome.error))


def _nested(run: DeploymentRun, one: PlannedResource, parent: CompiledTemplate) -> int:
    """A deployment within a deployment; it is kept whether it fails or not, with what it wrote."""
    run.count += 1
    if run.count > _MOST_NESTED:
        raise NotEmulated(f"This Azure emulator carries out {_MOST_NESTED} nested deployments at most in one.")
    request = run.arm.request
    path = places.located(request, one.id)
    asked, outer = _nested_specification(run, one, parent)
    if not path.group and not asked.location:
        raise BadRequest("The location property is required for this definition.", code="LocationRequired")
    if outer:
        place = places.surroundings(request, path, descriptions.own(path, asked))
        found = program.within(asked.template, parent, one, place, run)
    else:
        found = compiled(run, path, asked)
    deployment_id = places.deployment_id(path.scope, path.name)
    known, waits = request.tx.find(deployment_id) is not None, len(run.waits)
    outcome = deploy(run, deployment_id, found)
    kept = descriptions.kept(run, asked, found, outcome)
    records.save(request.tx, deployment_id, outcome.state, kept, waits=run.waits[waits:], ended=True)
    run.nested[deployment_id.lower()] = outcome.outputs
    run.stuck |= {one.id} if outcome.stuck else set()
    if outcome.error and not outcome.stuck:
        raise steps.nested_failed(deployment_id, outcome.error)
    return 200 if known else 201


def _nested_specification(
    run: DeploymentRun, one: PlannedResource, parent: CompiledTemplate
) -> tuple[Specification, bool]:
    """The specification of a nested deployment, and whether its parent evaluates its expressions."""
    raw = one.raw.get("properties")
    if not isinstance(raw, dict):
        raise InvalidTemplate(f"The nested deployment '{one.name}' has no 'properties'")
    specification.check_name(one.name)
    frame = one.running(run)
    options = parent.evaluator.value(raw.get("expressionEvaluationOptions") or {}, frame)
    template = raw.get("template")
    # A template that an expression gives is evaluated already.
    given_whole = isinstance(template, str)
    if given_whole:
        template = parent.evaluator.value(template, frame)
    mode = str(parent.evaluator.value(raw.get("mode", "Incremental"), frame))
    if mode.lower() != "incremental":
        raise InvalidTemplate(f"The nested deployment '{one.name}' must be of mode Incremental")
    asked = Specification(
        mode="Incremental",
        template=specification.template({**raw, "template": template} if template is not None else raw),
        parameters=_given(run, one, parent, raw.get("parameters")),
        location=str(parent.evaluator.value(one.raw.get("location") or "", frame)),
    )
    return asked, not given_whole and str(options.get("scope", "outer")).lower() != "inner"


def _given(run: DeploymentRun, one: PlannedResource, parent: CompiledTemplate, raw: Any) -> dict[str, Given]:
    """The parameters of a nested deployment, and what may be kept of each."""
    frame = one.running(run)
    real = parameters.given(parent.evaluator.value(raw or {}, frame))
    try:
        shown = parameters.given(parent.masked.value(raw or {}, frame))
    except (ArmError, ExpressionError):
        shown = {}  # they cannot be computed without their secrets
    return {name: Given(one.value, shown[name].value if name in shown else None) for name, one in real.items()}
