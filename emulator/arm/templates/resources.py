"""The resources that a template describes: children, copies and conditions expanded, each with its id."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.templates import ids, loops
from azure_hotpatch.emulator.arm.templates.deployment_target import DeploymentTarget
from azure_hotpatch.emulator.arm.templates.errors import RESOURCES, ExpressionError, InvalidTemplate
from azure_hotpatch.emulator.arm.templates.evaluator import DeploymentRuntime, EvaluationFrame, Evaluator

MOST = 800  # "ARM template best practices", template limits

GROUPS = "microsoft.resources/resourcegroups"
DEPLOYMENTS = "microsoft.resources/deployments"
# What a resource of a template has beside what is sent to its provider.
_OWN = frozenset(
    {
        *("apiversion", "comments", "condition", "copy", "dependson", "existing", "import", "metadata", "name"),
        *("resourcegroup", "resources", "scope", "subscriptionid", "type", "@options"),
    }
)


@dataclass(slots=True)
class PlannedResource:
    """A resource that a template describes, with what is known of it before the deployment runs."""

    id: str
    type: str
    name: str
    version: str
    raw: Json
    frame: EvaluationFrame
    symbol: str = ""  # "vm", or "vms[0]" of a loop; "" in a template without symbolic names
    loop: str = ""  # the name of its copy loop, in lower case
    index: int = 0
    batch: int = 0  # how many of a serial loop run at once; 0 in a parallel one
    condition: bool = True
    existing: bool = False
    after: set[str] = field(default_factory=set)  # keys of what it waits for

    @property
    def key(self) -> str:
        """The key of a resource in a template; an existing one may have the key of a deployed one."""
        return f"{self.symbol.lower()}:{self.id.lower()}" if self.existing else self.id.lower()

    def running(self, runtime: DeploymentRuntime) -> EvaluationFrame:
        """Where its expressions are evaluated once the deployment runs."""
        return replace(self.frame, runtime=runtime)

    def body(self, evaluator: Evaluator, runtime: DeploymentRuntime) -> Json:
        """What is sent to its provider."""
        found: Json = evaluator.value(self.sent(), self.running(runtime))
        return found

    def sent(self) -> Json:
        """The parts whose expressions are the template's own: not those of a nested template that stands for itself."""
        kept = {name: value for name, value in self.raw.items() if name.lower() not in _OWN}
        inside = kept.get("properties")
        if self.type.lower() != DEPLOYMENTS or not isinstance(inside, dict) or not _is_inner(inside):
            return kept
        return {**kept, "properties": {name: value for name, value in inside.items() if name != "template"}}


def _is_inner(deployment: Json) -> bool:
    options = deployment.get("expressionEvaluationOptions")
    return isinstance(options, dict) and str(options.get("scope", "")).lower() == "inner"


def declared_names(raw: Any) -> frozenset[str]:
    """The symbols and the names of loops of a template, in lower case."""
    found: set[str] = set()
    for symbol, one in raw.items() if isinstance(raw, dict) else (("", one) for one in raw):
        loop = one.get("copy") if isinstance(one, dict) else None
        found |= {symbol.lower(), str(loop.get("name", "")).lower() if isinstance(loop, dict) else ""}
        if isinstance(one, dict) and isinstance(one.get("resources"), dict | list):
            found |= declared_names(one["resources"])
    return frozenset(found - {""})


@dataclass(frozen=True, slots=True)
class _Parent:
    type: str = ""
    name: str = ""
    frame: EvaluationFrame = field(default_factory=EvaluationFrame)
    condition: bool = True


def planned(raw: Any, evaluator: Evaluator, place: DeploymentTarget, frame: EvaluationFrame) -> list[PlannedResource]:
    """Every resource of a template, the conditional ones that are not deployed among them."""
    found = list(_all(raw, evaluator, place, _Parent(frame=frame)))
    real = [one for one in found if not one.existing]
    if len(real) > MOST:
        raise InvalidTemplate(
            f"The number of template resources limit exceeded. Limit: '{MOST}' and actual: '{len(real)}'"
        )
    _check_distinct(real)
    return found


def _all(raw: Any, evaluator: Evaluator, place: DeploymentTarget, parent: _Parent) -> Iterator[PlannedResource]:
    named = raw.items() if isinstance(raw, dict) else (("", one) for one in raw if raw)
    for symbol, one in named:
        if not isinstance(one, dict):
            raise InvalidTemplate("A member of the template's 'resources' is not an object", "parse")
        for copy in _copies(symbol, one, evaluator, parent):
            resource = _resource(copy, one, evaluator, place, parent)
            yield resource
            inner = _Parent(resource.type, resource.name, resource.frame, resource.condition)
            yield from _all(one.get("resources") or [], evaluator, place, inner)


@dataclass(frozen=True, slots=True)
class _Copy:
    """One of the resources that a loop makes, or the only one."""

    symbol: str
    frame: EvaluationFrame
    loop: str = ""
    index: int = 0
    batch: int = 0


def _copies(symbol: str, raw: Json, evaluator: Evaluator, parent: _Parent) -> Iterator[_Copy]:
    loop = raw.get("copy")
    if not isinstance(loop, dict):
        yield _Copy(symbol, parent.frame)
        return
    name = str(loop.get("name", ""))
    with _saying(raw):
        times = loops.count(evaluator, loop, parent.frame)
        serial = str(loop.get("mode", "")).lower() == "serial"
        batch = evaluator.value(loop.get("batchSize", 1), parent.frame) if serial else 0
    for at in range(times):
        frame = parent.frame.inside(name, at, own=True)
        yield _Copy(f"{symbol}[{at}]" if symbol else "", frame, name.lower(), at, int(batch))


class _saying:  # noqa: N801 - it reads as a statement
    """Raise an expression's error as the refusal of the resource that it is in."""

    def __init__(self, raw: Json) -> None:
        self._name = raw.get("name", "")

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: Any, error: Any, _trace: Any) -> None:
        if isinstance(error, ExpressionError):
            raise InvalidTemplate(f"The template resource '{self._name}' is not valid: {error.message}") from None


def _resource(
    copy: _Copy, raw: Json, evaluator: Evaluator, place: DeploymentTarget, parent: _Parent
) -> PlannedResource:
    with _saying(raw):
        condition = evaluator.value(raw.get("condition", True), copy.frame)
        if not isinstance(condition, bool):
            raise ExpressionError(f"its 'condition' must be a boolean. {RESOURCES}")
        deployed = condition and parent.condition
        existing = raw.get("existing") is True
        try:
            kind, name, version, resource_id = _named(copy, raw, evaluator, place, parent)
        except ExpressionError:
            if deployed and not existing:
                raise
            # Its name often depends on what its condition checks; an existing one may be read by nobody.
            kind, name, version = (str(raw.get(member, "")) for member in ("type", "name", "apiVersion"))
            resource_id = f"not deployed: {copy.symbol or name}[{copy.index}]"
    at = (copy.frame, copy.symbol, copy.loop, copy.index, copy.batch)
    return PlannedResource(resource_id, kind, name, version, raw, *at, deployed, existing)


def _named(
    copy: _Copy, raw: Json, evaluator: Evaluator, place: DeploymentTarget, parent: _Parent
) -> tuple[str, str, str, str]:
    """The type, name, api-version and id of a resource."""

    def text(member: str) -> str:
        found = evaluator.value(raw.get(member), copy.frame)
        if not isinstance(found, str) or not found:
            raise ExpressionError(f"its property '{member}' must be a string that is not empty. {RESOURCES}")
        return found

    kind, name, version = text("type"), text("name"), text("apiVersion")
    if parent.type:
        kind, name = _below(kind, name, parent)
    return kind, name, version, _id(kind, name, raw, copy.frame, evaluator, place)


def _below(kind: str, name: str, parent: _Parent) -> tuple[str, str]:
    """The full type and name of a resource that stands within another one."""
    if kind.lower().startswith(f"{parent.type.lower()}/"):
        return kind, name
    if kind.split("/")[0].count("."):  # a full type that is no child's: it is taken as it is
        return kind, name
    return f"{parent.type}/{kind}", f"{parent.name}/{name}"


def _id(kind: str, name: str, raw: Json, frame: EvaluationFrame, evaluator: Evaluator, place: DeploymentTarget) -> str:
    names = name.split("/")
    if kind.count("/") != len(names) or not all(names):
        raise ExpressionError(
            f"The template resource '{name}' for type '{kind}' has incorrect segment lengths. A nested resource type "
            "must have identical number of segments as its resource name. A root resource type must have segment "
            f"length one greater than its resource name. {RESOURCES}"
        )
    base = _base(kind, raw, frame, evaluator, place)
    if kind.lower() == GROUPS:
        return f"{base}/resourceGroups/{name}"
    return base + ids.path(kind, names)


def _base(kind: str, raw: Json, frame: EvaluationFrame, evaluator: Evaluator, place: DeploymentTarget) -> str:
    """The scope that a resource is deployed to: the template's own, or the one that it names."""
    given = {
        member: evaluator.value(raw[member], frame)
        for member in ("scope", "subscriptionId", "resourceGroup")
        if raw.get(member) is not None
    }
    if "scope" in given:
        return _scope(str(given["scope"]), place)
    subscription = given.get("subscriptionId", place.subscription_id)
    group = given.get("resourceGroup", place.group_name if "subscriptionId" not in given else "")
    if kind.lower() == GROUPS or ("subscriptionId" in given and not group):
        return f"/subscriptions/{subscription}"
    return f"/subscriptions/{subscription}/resourceGroups/{group}" if group else place.scope


def _scope(scope: str, place: DeploymentTarget) -> str:
    """A scope as it may be written: an id, "/" for the tenant, a management group, a resource of the same group."""
    if scope.startswith("/"):
        return scope.rstrip("/")
    # A management group is nobody's part; another resource is looked for where the template is deployed to.
    above = "" if scope.lower().startswith("microsoft.management/") else place.scope
    return f"{above}/providers/{scope}"


def _check_distinct(found: list[PlannedResource]) -> None:
    seen: set[str] = set()
    for one in found:
        # Two with the same key, only one of which is deployed, are how a template expresses a choice.
        if one.condition and one.key in seen:
            raise InvalidTemplate(
                f"The resource '{one.type}/{one.name}' is defined multiple times in a template. {RESOURCES}"
            )
        if one.condition:
            seen.add(one.key)
