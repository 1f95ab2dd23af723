"""Read what Azure's tools print of resources that exist: a resource, a list, the rows of a query, a page of REST."""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from azure_hotpatch.cli.documents.file_records import FileRecords
from azure_hotpatch.cli.documents.parts import ELEMENT, DocumentPart, Path
from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.domain.judging.record import MACHINES, Kind, Record
from azure_hotpatch.policies.reading import NotWhole, Run, is_resource, live_records

LIVE = "resources in Azure"
# Where the rows are: a list of its own, Resource Graph's, a page of the REST API's.
ROWS: tuple[Path, ...] = ((), ("data",), ("Data",), ("value",))
_OF_A_PAGE = frozenset({"value", "nextlink", "count"})
_OF_A_QUERY = frozenset({"count", "totalrecords", "skiptoken", "resulttruncated", "facets", "data"})
NO_SCHEDULES = (
    "no assignment of a maintenance configuration is in it, so a schedule on one of its machines was not seen; "
    "the rows of maintenanceresources have them"
)
WHAT_IF_OF_POWERSHELL = (
    "is a what-if result of PowerShell, which cannot write the resources in it as JSON; "
    "give what `az deployment group what-if --no-pretty-print` prints"
)
_NO_ROW = "has no resource with an id and a type at"
_GIVE = (
    "give what `az vm list`, `az vm show`, `az vmss list`, `az graph query` "
    "or `Get-AzVM | ConvertTo-Json -Depth 20` prints, without --query or Select-Object"
)


def live_kind(name: str, keys: Set[str], rest: Sequence[DocumentPart]) -> str:
    """The kind of a file that a tool of Azure's printed, empty for one of another.

    Raises Failure for what PowerShell cannot write.
    """
    flat = {key.replace("_", "").lower() for key in keys}
    if {"changes", "status"} <= flat and not {"changes", "status"} <= keys:
        raise Failure(f"{name} {WHAT_IF_OF_POWERSHELL}")
    is_list = keys == {ELEMENT} or any(part.path == () and part.value == [] for part in rest)
    is_query = "data" in flat and len(flat) > 1 and flat <= _OF_A_QUERY
    is_page = "value" in keys and flat <= _OF_A_PAGE
    return LIVE if is_list or is_query or is_page or {"id", "type", "name"} <= flat else ""


def of_live(rest: Sequence[DocumentPart], lines: Mapping[int, int], _: Run) -> FileRecords:
    """The records of the rows, each at the line of its row; raises NotWhole."""
    records: list[tuple[Record, int]] = []
    count = 0
    for where, row, line in _rows(rest, lines):
        count += 1
        if not is_resource(row):
            powershell = isinstance(row, dict) and "FullyQualifiedResourceId" in row
            raise NotWhole(WHAT_IF_OF_POWERSHELL if powershell else f"{_NO_ROW} {where}; {_GIVE}")
        records += [(record, line) for record in live_records(row)]
    if not count:
        raise NotWhole("holds no resource: the list or query found none, so there is nothing to judge")
    kinds = {record.kind for record, _ in records}
    notes = [NO_SCHEDULES] if kinds & MACHINES and Kind.MAINTENANCE_ASSIGNMENT not in kinds else []
    return FileRecords(records, notes, incomplete=_why_incomplete(rest, count, bool(records)))


def _rows(rest: Sequence[DocumentPart], lines: Mapping[int, int]) -> Iterator[tuple[str, Any, int]]:
    """Where each row is, the row, and its line; a file that is one resource is put together from its parts."""
    listed = [part for part in rest if part.path[-1:] == (ELEMENT,) and part.path[:-1] in ROWS]
    whole = {part.path[0] for part in rest if part.path} & {"id", "Id"}
    if listed or not whole:
        for index, part in enumerate(listed):
            yield f"{'.'.join(part.path[:-1])}[{index}]", part.value, lines[part.offset]
        return
    row: dict[str, Any] = {}
    for part in rest:
        _put(row, part.path, part.value)
    yield "it", row, 1


def _put(row: dict[str, Any], path: Path, value: Any) -> None:
    *parents, last = path
    holder: Any = row
    for step, below in zip(parents, path[1:], strict=True):
        holder = holder.setdefault(step, [] if below == ELEMENT else {})
    if last == ELEMENT:
        holder.append(value)
    else:
        holder[last] = value


def _why_incomplete(rest: Sequence[DocumentPart], count: int, judged: bool) -> str:
    top = {part.path[0].replace("_", "").lower(): part.value for part in rest if len(part.path) == 1}
    total = top.get("totalrecords")
    if top.get("nextlink"):
        return "the list has more pages (`nextLink`), and they are not in this file"
    if top.get("skiptoken") or (isinstance(total, int) and total > count):
        return f"the query found more than the {count} rows of this file; ask for all with --first and --skip"
    return "" if judged else "none of its resources is a machine, a scale set, a schedule or a policy assignment"
