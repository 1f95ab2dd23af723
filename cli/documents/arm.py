"""Read ARM's own files: a template, or a what-if result."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from azure_hotpatch.cli.documents.file_records import FileRecords
from azure_hotpatch.cli.documents.parts import ELEMENT, DocumentPart
from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.json_input import parsed_json
from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.policies.reading import LeftOut, Run, template_read, type_and_name, unknown_parameters

_OUTERMOST = re.compile(r"resources(\[\d+\]|\.[^.\[]+)")
_MOST_NOTES = 10
# Changes after which the resource is as it is, or gone; the others have it in `after`.
_NOT_DEPLOYED = frozenset({"delete", "ignore"})


def of_template(
    rest: Sequence[DocumentPart], lines: Mapping[int, int], parameters: Mapping[str, Any] | None, run: Run
) -> FileRecords:
    """A template from its parts; `lines` are those of the parts by their offsets."""
    template: dict[str, Any] = {}
    begins: dict[str, int] = {}  # the line of each resource, by what its records' origin begins with
    for part in rest:
        key, *inner = part.path
        if not inner:
            template[key] = part.value
        elif key == "resources" and inner == [ELEMENT]:
            begins[f"resources[{len(template.setdefault(key, []))}]"] = lines[part.offset]
            template[key].append(part.value)
        elif key == "resources":
            begins[f"resources.{inner[0]}"] = lines[part.offset]
            template.setdefault(key, {})[inner[0]] = part.value
    read = template_read(template, parameters, run)
    notes = list(_left_out(read.left_out))
    located = [(record, _line(record, begins)) for record in read.records]
    return FileRecords(located, _shortened(notes), unknown_parameters(template, parameters or {}))


def built(name: str, rest: Sequence[DocumentPart], parameters: Mapping[str, Any] | None) -> tuple[str, dict[str, Any]]:
    """The template's text and the parameters in what `bicep build-params --stdout` prints; raises Failure."""
    texts = {part.path[0]: part.value for part in rest if len(part.path) == 1}
    template, given = texts.get("templateJson"), texts.get("parametersJson")
    if parameters is not None:
        raise Failure(f"{name} holds a template with its parameters, so that --parameters cannot be given")
    if not isinstance(template, str) or not isinstance(given, str):
        raise Failure(f"{name} holds parameters of a template that is elsewhere; give that template with --parameters")
    values = parsed_json(f"parametersJson of {name}", given.encode())
    return template, values if isinstance(values, dict) else {}


def of_what_if(rest: Sequence[DocumentPart], lines: Mapping[int, int], run: Run) -> FileRecords:
    """The resources of a what-if result, as they will be when the template has been deployed."""
    changes = [part for part in rest if part.path[-2:] == ("changes", ELEMENT) and _is_deployed(part.value)]
    begins = {f"resources[{index}]": lines[part.offset] for index, part in enumerate(changes)}
    read = template_read({"resources": [_resource(part.value) for part in changes]}, run=run)
    return FileRecords([(record, _line(record, begins)) for record in read.records], incomplete=_why_incomplete(rest))


def _why_incomplete(rest: Sequence[DocumentPart]) -> str:
    """Why a what-if result may not hold all that will be deployed, or nothing."""
    values = {part.path[-1]: part.value for part in rest if part.path in (("status",), ("error",))}
    if values.get("error") or str(values.get("status")).lower() != "succeeded":
        return "the what-if did not succeed, so resources may be missing from it"
    return ""


def _is_deployed(change: Any) -> bool:
    return not isinstance(change, dict) or str(change.get("changeType")).lower() not in _NOT_DEPLOYED


def _resource(change: Any) -> Any:
    """The resource of a change, with the whole name that a child's `after` does not have.

    One whose `after` is not there (`--result-format ResourceIdOnly`, an unsupported type) is known by its id alone.
    """
    if not isinstance(change, dict):
        return change
    after, id_ = change.get("after"), change.get("resourceId")
    if not isinstance(id_, str):
        return after
    type_, name = type_and_name(id_)
    whole = {"type": type_, "properties": _HIDDEN} if not isinstance(after, dict) else {"type": type_, **after}
    return {**whole, "name": name, "condition": True}


# An expression that only Azure can read stands for properties that are not shown.
_HIDDEN = "[reference('resource')]"


def _line(record: Record, begins: Mapping[str, int]) -> int:
    """The line of the outermost resource: `resources[1].resources[0]` begins where `resources[1]` does."""
    found = _OUTERMOST.search(record.origin)
    return begins.get(found[0], 1) if found else 1


def _left_out(resources: Sequence[LeftOut]) -> Iterator[str]:
    """A note for each type of what a template's conditions leave out, and for each reason."""
    alike: dict[tuple[str, str], list[str]] = {}
    for each in resources:
        alike.setdefault((each.type, each.why), []).append(each.origin)
    for (type_, why), (first, *others) in alike.items():
        which = f"{first} and {len(others)} more ({type_}) are not judged, each because" if others else ""
        told = which or f"{first} ({type_}) is not judged:"
        yield f"{told} {why} with these parameters; judge it with --parameters under which it is deployed"


def _shortened(notes: list[str]) -> list[str]:
    more = len(notes) - _MOST_NOTES
    return [*notes[:_MOST_NOTES], f"{more} more resources are not judged for the same reason"] if more > 0 else notes
