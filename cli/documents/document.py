"""A file that is checked: its kind, and the records in it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from azure_hotpatch.cli.documents import arm, preview
from azure_hotpatch.cli.documents.azure import LIVE, of_live
from azure_hotpatch.cli.documents.damage import Damaged
from azure_hotpatch.cli.documents.file_records import FileRecords
from azure_hotpatch.cli.documents.kinds import (
    BUILT,
    OPENED,
    PREVIEW,
    STATES,
    STEPS,
    TEMPLATE,
    WHAT_IF,
    kind_of,
    refuse_damage,
    refuse_two_kinds,
)
from azure_hotpatch.cli.documents.parts import ELEMENT, DocumentPart, Path, parts
from azure_hotpatch.cli.documents.pulumi import Position, position, source_of_resource, source_of_step
from azure_hotpatch.cli.documents.terraform.formats import PLAN, refuse_binary
from azure_hotpatch.cli.documents.terraform.formats import STATE as TERRAFORM_STATE
from azure_hotpatch.cli.documents.terraform.plan import of_plan
from azure_hotpatch.cli.documents.terraform.state import of_state
from azure_hotpatch.cli.documents.text import hint, strict
from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.json_input import decoded
from azure_hotpatch.domain.judging.record import Kind, Record
from azure_hotpatch.policies.reading import NotWhole, Run, Source, records

_SOURCES: dict[Path, Callable[[Any], tuple[Source, Mapping[str, Any]] | None]] = {
    (*STEPS, ELEMENT): source_of_step,
    **dict.fromkeys(((*path, ELEMENT) for path in STATES), source_of_resource),
}
# Kinds whose resources are read when the whole file is known, which says what they are.
_WHOLE: Mapping[str, Callable[[Sequence[DocumentPart], Mapping[int, int], Run], FileRecords]] = {
    WHAT_IF: arm.of_what_if,
    LIVE: of_live,
    PLAN: of_plan,
    TERRAFORM_STATE: of_state,
}
NOTHING_JUDGED = (
    "nothing was judged: no machine, scale set, schedule or policy assignment of Azure is in it; "
    "make sure that it is the file that was meant"
)


@dataclass(frozen=True, slots=True)
class Located:
    """A record, the line of the file where its resource begins (1 is the first), and the program's line if known."""

    record: Record
    line: int
    position: Position | None = None


@dataclass(slots=True)
class Document:
    """A parsed file: its kind, the records in it, and what limits a verdict on it."""

    name: str
    kind: str
    located: list[Located] = field(default_factory=list)
    incomplete: str = ""  # why a verdict on it is not a verdict on everything, or nothing
    config: Mapping[str, str] = field(default_factory=dict)  # of the stack, where the file has it
    notes: list[str] = field(default_factory=list)  # what was not judged, though the file is whole
    misspelt: Mapping[str, str] = field(default_factory=dict)  # parameters that its template does not have; see Found

    @property
    def schedules_seen(self) -> bool:
        """Whether a machine without a schedule in it has none: of what runs in Azure, a list has machines alone."""
        return self.kind != LIVE or any(each.record.kind is Kind.MAINTENANCE_ASSIGNMENT for each in self.located)


def read_document(
    name: str, data: bytes, parameters: Mapping[str, Any] | None = None, run: Run | None = None
) -> Document:
    """Read a file's bytes, in whichever of UTF-8, UTF-16 and UTF-32 a shell's redirection wrote them.

    `parameters` are those of an ARM template, and `run` is what all templates that are read together may cost.
    Raises Failure, one line, for a file that cannot be checked.
    """
    refuse_binary(name, data)
    text = decoded(name, data)
    del data  # a large file is held once, not twice
    try:
        return _read(name, text, parameters, run or Run())
    except json.JSONDecodeError as error:
        as_json = strict(text)
        if as_json == text:
            raise Failure(f"{name} is not JSON: {error}{hint(name, text)}") from None
    except RecursionError:
        raise Failure(f"{name} is nested deeper than can be read") from None
    except ValueError:  # Python takes no number of more than 4,300 digits
        raise Failure(f"{name} is damaged: it holds a number that is too long to be one") from None
    return read_document(name, as_json.encode(), parameters, run)


def _read(name: str, text: str, parameters: Mapping[str, Any] | None, run: Run) -> Document:
    located: list[Located] = []
    rest: list[DocumentPart] = []
    keys: set[str] = set()
    lines: dict[int, int] = {}  # of the parts in `rest`, by offset
    line, counted, steps = 1, 0, 0
    for part in parts(text, OPENED):
        line, counted = line + text.count("\n", counted, part.offset), part.offset
        keys.update(part.path[:1])
        steps += part.path == (*STEPS, ELEMENT)
        if part.path not in _SOURCES:
            rest.append(part)
            lines[part.offset] = line
        elif taken := _source(name, part):
            source, state = taken
            located += [Located(record, line, position(state)) for record in records(replace(source, run=run))]
    document = Document(name, kind_of(name, keys, rest), located)
    if document.kind == BUILT:
        return _read(name, *arm.built(name, rest, parameters), run)
    refuse_damage(name, rest)
    refuse_two_kinds(name, rest)
    if document.kind == TEMPLATE:
        _take(document, arm.of_template(rest, lines, parameters, run))
    elif document.kind in _WHOLE:
        _take_whole(document, rest, lines, run)
    elif document.kind == PREVIEW:
        document.incomplete = preview.why_incomplete(rest, steps)
        document.config = preview.stack_config(rest)
    if not document.located:
        document.notes.append(NOTHING_JUDGED)
    return document


def _take_whole(document: Document, rest: Sequence[DocumentPart], lines: Mapping[int, int], run: Run) -> None:
    try:
        _take(document, _WHOLE[document.kind](rest, lines, run))
    except Damaged as damage:
        raise Failure(f"{document.name} is damaged: {damage}; write it again with the command that made it") from None
    except NotWhole as lacking:
        raise Failure(f"{document.name} {lacking}") from None


def _take(document: Document, found: FileRecords) -> None:
    document.located = [Located(record, line) for record, line in found.records]
    document.notes = found.notes
    document.incomplete = found.incomplete
    document.misspelt = found.misspelt


def _source(name: str, part: DocumentPart) -> tuple[Source, Mapping[str, Any]] | None:
    try:
        return _SOURCES[part.path](part.value)
    except Damaged as damage:
        raise Failure(f"{name} is damaged: {damage}; write it again with the command that made it") from None
    except (AttributeError, KeyError, TypeError):
        where = ".".join(part.path[:-1])
        raise Failure(f"{name} is damaged: an entry of `{where}` is not a resource with a type and a urn") from None
