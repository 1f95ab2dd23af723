"""Which of the four files a text is, told by its keys, and the records that it holds."""

import json
import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from azure_hotpatch.cli.documents.parts import ELEMENT, Part, Path, parts
from azure_hotpatch.cli.documents.pulumi import Position, position, source_of_resource, source_of_step
from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.policies.reading import Source, records, template_records

PREVIEW = "preview"  # pulumi preview --json
EXPORT = "stack export"  # pulumi stack export
STATE = "state file"  # what a self-managed backend keeps
TEMPLATE = "ARM template"
KINDS = ("`pulumi preview --json`", "`pulumi stack export`", "a Pulumi state file", "an ARM template")
_STATE_VERSIONS = (3, 4)  # apitype.DeploymentSchemaVersionCurrent and …Latest of Pulumi 3.220

_SOURCES: dict[Path, Callable[[Any], tuple[Source, Mapping[str, Any]] | None]] = {
    ("steps", ELEMENT): source_of_step,
    ("deployment", "resources", ELEMENT): source_of_resource,
    ("checkpoint", "latest", "resources", ELEMENT): source_of_resource,
}
_TEMPLATE_RESOURCES = ("resources",)
_LISTS = frozenset(path[:-1] for path in _SOURCES)
_OBJECTS = frozenset(path[:length] for path in _LISTS for length in range(1, len(path)))
_OPENED = {(), _TEMPLATE_RESOURCES} | _LISTS | _OBJECTS

_HINTS = {
    ".bicep": "; build the template first: `bicep build FILE`",
    ".bicepparam": "; build the parameters first: `bicep build-params FILE`",
    ".yaml": "; a Pulumi program is checked by its preview: `pulumi preview --json`",
    ".py": "; a Pulumi program is checked by its preview: `pulumi preview --json`",
    ".tf": "; Terraform's plans are not read",
}
# A comment, which templates may have, or a string, which may hold what looks like one.
_STRING_OR_COMMENT = re.compile(r'"(?:\\.|[^"\\])*"|//[^\n]*|/\*.*?\*/', re.DOTALL)


_OUTERMOST = re.compile(r"resources(\[\d+\]|\.[^.\[]+)")


@dataclass(frozen=True, slots=True)
class Located:
    """A record, the line of the file where its resource begins (1 is the first), and the program's line if known."""

    record: Record
    line: int
    position: Position | None = None


@dataclass(slots=True)
class Document:
    """A file that was read: what it is, the records in it, and what it says of itself that a verdict depends on."""

    name: str
    kind: str
    located: list[Located] = field(default_factory=list)
    incomplete: str = ""  # why a verdict on it is not a verdict on everything, or nothing


def read(name: str, data: bytes, parameters: Mapping[str, Any] | None = None) -> Document:
    """Read a file's bytes, in whichever of UTF-8, UTF-16 and UTF-32 a shell's redirection wrote them.

    `parameters` are those of an ARM template. Raises Failure, one line, for a file that is none of the four.
    """
    text = _decoded(name, data)
    del data  # a large file is held once, not twice
    try:
        return _read(name, text, parameters)
    except json.JSONDecodeError as error:
        bare = _STRING_OR_COMMENT.sub(_blanked, text)
        if bare == text:
            raise Failure(f"{name} is not JSON: {error}{_hint(name)}") from None
    except RecursionError:
        raise Failure(f"{name} is nested deeper than can be read") from None
    except ValueError:  # Python takes no number of more than 4,300 digits
        raise Failure(f"{name} is damaged: it holds a number that is too long to be one") from None
    return read(name, bare.encode(), parameters)


def _decoded(name: str, data: bytes) -> str:
    if not data.strip():
        raise Failure(f"{name} is empty: did the command that wrote it fail?")
    try:
        return data.decode(json.detect_encoding(data))
    except UnicodeDecodeError:
        raise Failure(f"{name} is not text in UTF-8, UTF-16 or UTF-32") from None


def _blanked(found: re.Match[str]) -> str:
    """A comment becomes nothing, but its lines stay, so that the others keep their numbers."""
    return found[0] if found[0][0] == '"' else "\n" * found[0].count("\n")


def _hint(name: str) -> str:
    return next((hint for ending, hint in _HINTS.items() if name.lower().endswith(ending)), "")


def _read(name: str, text: str, parameters: Mapping[str, Any] | None) -> Document:
    located: list[Located] = []
    rest: list[Part] = []
    keys: set[str] = set()
    lines: dict[int, int] = {}  # of the parts in `rest`, by offset
    line, counted = 1, 0
    for part in parts(text, _OPENED):
        line, counted = line + text.count("\n", counted, part.offset), part.offset
        keys.update(part.path[:1])
        if part.path not in _SOURCES:
            rest.append(part)
            lines[part.offset] = line
        elif taken := _source(name, part):
            source, state = taken
            located += [Located(record, line, position(state)) for record in records(source)]
    document = Document(name, _kind(name, keys, rest), located)
    _refuse_damage(name, rest)
    _refuse_two_kinds(name, rest)
    if document.kind == TEMPLATE:
        document.located = _of_template(rest, lines, parameters)
    elif document.kind == PREVIEW:
        document.incomplete = _why_incomplete(rest)
    return document


def _source(name: str, part: Part) -> tuple[Source, Mapping[str, Any]] | None:
    try:
        return _SOURCES[part.path](part.value)
    except (AttributeError, KeyError, TypeError):
        where = ".".join(part.path[:-1])
        raise Failure(f"{name} is damaged: an entry of `{where}` is not a resource with a type and a urn") from None


def _refuse_damage(name: str, rest: Sequence[Part]) -> None:
    """What stands where the resources should be and is no list would pass for a file without any."""
    for part in rest:
        held = next((path for path in _LISTS if part.path[: len(path)] == path), None)
        if part.value is None or part.value == ([] if held else {}):
            continue
        if held or part.path in _OBJECTS:
            what = "a list" if held else "an object"
            raise Failure(f"{name} is damaged: `{'.'.join(held or part.path)}` is not {what}")


def _refuse_two_kinds(name: str, rest: Sequence[Part]) -> None:
    """`resources` written twice, as a list and as an object: Azure would take one of them."""
    steps = {part.path[1:2] for part in rest if part.path[:1] == _TEMPLATE_RESOURCES}
    if len(steps) > 1 and {(), (ELEMENT,)} & steps:
        raise Failure(f"{name} is damaged: `resources` is written twice")


def _kind(name: str, keys: Set[str], rest: Sequence[Part]) -> str:
    top = {part.path[0]: part.value for part in rest if len(part.path) == 1}
    schema = str(top.get("$schema", "")).lower()
    if "deploymentparameters.json" in schema:
        raise Failure(f"{name} is a parameters file: give it with --parameters, next to its template")
    if "deploymenttemplate.json" in schema or {"contentVersion", "resources"} <= keys:
        return TEMPLATE
    if keys & {"deployment", "checkpoint"}:
        return _state_kind(name, keys, top)
    if keys & {"steps", "changeSummary", "diagnostics"}:
        return PREVIEW
    found = f"its keys are {', '.join(sorted(keys)[:5])}" if keys else "it has no keys"
    raise Failure(f"{name} is none of {', '.join(KINDS)}: {found}")


def _state_kind(name: str, keys: Set[str], top: Mapping[str, Any]) -> str:
    if top.get("version") not in _STATE_VERSIONS:
        known = " or ".join(map(str, _STATE_VERSIONS))
        raise Failure(f"{name} has version {top.get('version')} of Pulumi's state, and {known} can be read")
    return EXPORT if "deployment" in keys else STATE


def _why_incomplete(rest: Sequence[Part]) -> str:
    """A preview that failed ends early; its messages are not repeated, they are the program's own words."""
    written = next((part.value for part in rest if part.path == ("diagnostics",)), None)
    diagnostics = written if isinstance(written, list) else ()
    errors = sum(1 for each in diagnostics if isinstance(each, dict) and each.get("severity") == "error")
    return (
        f"the preview stopped with {errors} error{'s' * (errors > 1)}, so resources may be missing from it"
        if errors
        else ""
    )


def _of_template(rest: Sequence[Part], lines: Mapping[int, int], parameters: Mapping[str, Any] | None) -> list[Located]:
    template: dict[str, Any] = {}
    begins: dict[str, int] = {}  # the line of each resource, by what its records' origin begins with
    for part in rest:
        key, *inner = part.path
        if not inner:
            template[key] = part.value
        elif inner == [ELEMENT]:
            begins[f"resources[{len(template.setdefault(key, []))}]"] = lines[part.offset]
            template[key].append(part.value)
        else:
            begins[f"resources.{inner[0]}"] = lines[part.offset]
            template.setdefault(key, {})[inner[0]] = part.value
    found = template_records(template, parameters)
    return [Located(record, begins.get(_outermost(record.origin), 1)) for record in found]


def _outermost(origin: str) -> str:
    """`resources[1].resources[0]` -> `resources[1]`"""
    found = _OUTERMOST.search(origin)
    return found[0] if found else ""
