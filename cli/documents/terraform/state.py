"""Read a state, as `terraform show -json` prints it, or the planned values of a plan, which have the same form."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from azure_hotpatch.cli.documents.damage import Damaged
from azure_hotpatch.cli.documents.file_records import FileRecords
from azure_hotpatch.cli.documents.parts import ELEMENT, DocumentPart, Path
from azure_hotpatch.cli.documents.terraform.configuration import member_list
from azure_hotpatch.cli.documents.terraform.resources import TerraformResource, is_judged, is_managed, records_of
from azure_hotpatch.cli.documents.terraform.values import UNSEEN, ResourceValues, sensitive_marks
from azure_hotpatch.policies.reading import Run

_ROOT: Path = ("values", "root_module")


def of_state(rest: Sequence[DocumentPart], lines: Mapping[int, int], run: Run) -> FileRecords:
    """The resources of a state, of all its modules."""
    found: list[TerraformResource] = []
    for part in rest:
        line = lines[part.offset]
        if part.path == (*_ROOT, "resources", ELEMENT):
            found += _resource(part.value, line)
        elif part.path == (*_ROOT, "child_modules", ELEMENT):
            found += resources_of(part.value, line)
    return FileRecords([record for each in found for record in records_of(each, run)])


def resources_of(module: Any, line: int) -> Iterator[TerraformResource]:
    """The resources of a module and of the modules in it that are judged."""
    open_modules = [module]
    while open_modules:
        each = open_modules.pop()
        if not isinstance(each, Mapping):
            raise Damaged("a module is not an object")
        for name in ("resources", "child_modules"):
            if not isinstance(each.get(name, []), list):
                raise Damaged(f"`{name}` of a module is not a list")
        for resource in member_list(each, "resources"):
            yield from _resource(resource, line)
        open_modules += member_list(each, "child_modules")


def _resource(written: Any, line: int) -> Iterator[TerraformResource]:
    if not isinstance(written, Mapping) or not all(isinstance(written.get(name), str) for name in ("address", "type")):
        raise Damaged("a resource has no address and type")
    address, type_, values = written["address"], written["type"], written.get("values")
    if not is_managed(written) or isinstance(written.get("deposed_key"), str) or not is_judged(type_):
        return
    if not isinstance(values, Mapping):
        raise Damaged(f"`values` of {address} is not an object")
    sensitive = sensitive_marks(written.get("sensitive_values"))
    yield TerraformResource(address, type_, ResourceValues(None, sensitive, UNSEEN, _never).of(values), line)


def _never(_: Any) -> bool:
    return False
