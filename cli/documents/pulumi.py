"""Read resources from a preview or a state of Pulumi, with the program's line that created each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from azure_hotpatch.cli.documents.damage import Damaged
from azure_hotpatch.policies.reading import Source, concerns

# Steps after which the resource is no longer there ("discard": a resource that was only read).
_GONE = frozenset({"delete", "delete-replaced", "discard", "discard-replaced", "remove-pending-replace"})
# resource.SecretSig of Pulumi's SDK: an object with this key is one value, encrypted.
_SECRET = "4dabf18193072939515e22adb298388d"  # noqa: S105 - the mark of a secret, not one


@dataclass(frozen=True, slots=True)
class Position:
    """A line of the program, in a file below the project's folder."""

    file: str
    line: int


def source_of_step(step: Mapping[str, Any]) -> tuple[Source, Mapping[str, Any]] | None:
    """A step of `pulumi preview --json`: the inputs, or what was read where there are none."""
    state = step.get("newState")
    if state is None or step["op"] in _GONE or not concerns(state["type"]):
        return None
    return _source(state, _object(state, "inputs") or _object(state, "outputs")), state


def source_of_resource(state: Mapping[str, Any]) -> tuple[Source, Mapping[str, Any]] | None:
    """A resource of a state: what Azure returned, and the inputs where Azure does not return them."""
    if state.get("delete") or not concerns(state["type"]):  # "delete": replaced, and not deleted yet
        return None
    return _source(state, _laid_over(_object(state, "inputs"), _object(state, "outputs"))), state


def position(state: Mapping[str, Any]) -> Position | None:
    """The innermost line of the program, not of a library, that made the resource; None where Pulumi kept none."""
    trace = state.get("stackTrace")
    frames = [state, *(trace if isinstance(trace, list) else ())]
    places = (frame.get("sourcePosition") for frame in frames if isinstance(frame, Mapping))
    return next(filter(None, map(_in_project, places)), None)


def _in_project(uri: Any) -> Position | None:
    path, _, place = (uri if isinstance(uri, str) else "").removeprefix("project:///").partition("#")
    line = place.partition(",")[0]
    if not path or path.startswith(("/", "../", "file:")) or not line.isdecimal():
        return None
    return Position(path.encode("utf-8", "replace").decode(), int(line))  # JSON may hold half a character


def _source(state: Mapping[str, Any], props: Mapping[str, Any]) -> Source:
    urn = state["urn"]
    return Source(
        token=state["type"],
        name=urn.rpartition("::")[2],
        urn=urn,
        props=props,
        ignore_changes=_strings(state.get("ignoreChanges"), urn, "ignoreChanges"),
        depends_on=_dependencies(state.get("propertyDependencies"), urn),
    )


def _object(state: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    written = state.get(name)
    if written is None or isinstance(written, dict):
        return written or {}
    raise Damaged(f"`{name}` of {state['urn']} is not an object")


def _strings(written: Any, urn: str, name: str) -> Sequence[str]:
    values = written or ()
    if isinstance(values, list | tuple) and all(isinstance(value, str) for value in values):
        return values
    raise Damaged(f"`{name}` of {urn} is not a list of strings")


def _dependencies(written: Any, urn: str) -> Mapping[str, Sequence[str]]:
    values = written or {}
    if not isinstance(values, dict):
        raise Damaged(f"`propertyDependencies` of {urn} is not an object")
    return {name: _strings(urns, urn, f"propertyDependencies.{name}") for name, urns in values.items()}


def _laid_over(under: Mapping[str, Any], over: Mapping[str, Any]) -> Mapping[str, Any]:
    """`over`, with what it lacks from `under`."""
    if not under or _SECRET in over or _SECRET in under:
        return over or under
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        merged[key] = _laid_over(below, value) if isinstance(value, dict) and isinstance(below, dict) else value
    return merged
