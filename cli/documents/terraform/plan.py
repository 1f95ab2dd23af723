"""Read a plan, as `terraform show -json` and `tofu show -json` print a saved one: every resource as it will be."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from azure_hotpatch.cli.documents.damage import Damaged
from azure_hotpatch.cli.documents.file_records import FileRecords
from azure_hotpatch.cli.documents.parts import ELEMENT, DocumentPart
from azure_hotpatch.cli.documents.terraform.actions import actions_of
from azure_hotpatch.cli.documents.terraform.changes import PlannedChange, change_of
from azure_hotpatch.cli.documents.terraform.configuration import PlanConfiguration, member, member_list
from azure_hotpatch.cli.documents.terraform.references import EvaluationScope, References
from azure_hotpatch.cli.documents.terraform.resources import TerraformResource, is_judged, records_of
from azure_hotpatch.cli.documents.terraform.state import resources_of
from azure_hotpatch.cli.documents.terraform.values import UNSEEN, ResourceValues, StatedBlock
from azure_hotpatch.cli.documents.terraform.variables import PlanVariables, expression_at
from azure_hotpatch.domain.counting import counted, first_of
from azure_hotpatch.domain.judging.setter import Setter
from azure_hotpatch.policies.reading import Run
from azure_hotpatch.policies.reading.reading import NOT_SHOWN, Sealed

CHANGES = ("resource_changes", ELEMENT)
_MOST_NAMED = 5
_FAILED = ("fail", "error")  # of a `check` block, a condition or a validation
# Of `plan -refresh-only`, which has no changes: applied, it makes the state what it found in Azure.
_REFRESHED = "the plan lists no resource, as one of -refresh-only: the state as it was refreshed is judged"
# azapi sends it over the body, and Terraform keeps no write-only attribute: only the configuration says that it is set.
_WRITE_ONLY = "sensitive_body"


def of_plan(rest: Sequence[DocumentPart], lines: Mapping[int, int], run: Run) -> FileRecords:
    """The resources that are there when the plan has been applied, changed or not."""
    top = {part.path[0]: part.value for part in rest if len(part.path) == 1}
    listed = [(change_of(part.value), lines[part.offset]) for part in rest if part.path == CHANGES]
    deferred = _deferred(top)
    listed += [(change, 1) for change in deferred]
    changes = [(change, line) for change, line in listed if change.is_current and is_judged(change.type)]
    planned = _Planned(top, [change for change, _ in changes])
    found = [planned.resource(change, line) for change, line in changes if change.will_be]
    found += actions_of(top)
    unlisted = [] if listed else list(resources_of(member(top, "planned_values", "root_module"), 1))
    refreshed = [] if listed or unlisted else list(resources_of(member(top, "prior_state", "values", "root_module"), 1))
    return FileRecords(
        [record for each in (*found, *unlisted, *refreshed) for record in records_of(each, run)],
        notes=[*_notes(top, [change for change, _ in changes]), *([_REFRESHED] if refreshed else ())],
        incomplete=_why_incomplete(top, len(deferred), unlisted or [c for c, _ in changes if c.is_unmarked]),
    )


class _Planned:
    """The changes of a plan, read with its configuration."""

    def __init__(self, top: Mapping[str, Any], changes: Sequence[PlannedChange]) -> None:
        self._configuration = PlanConfiguration(top.get("configuration"))
        self._references = References(self._configuration, (each.instance for each in changes))
        self._variables = PlanVariables(self._configuration, top.get("variables"))

    def resource(self, change: PlannedChange, line: int) -> TerraformResource:
        instance = change.instance
        written = self._configuration.resource(instance.module, instance.type, instance.name)
        if written is None:
            values = ResourceValues(change.unknown, change.sensitive, UNSEEN, lambda _: False)
            return TerraformResource(change.address, change.type, values.of(change.values), line)
        scope = EvaluationScope(instance.module, instance.key, written.get("for_each_expression"))
        stated = StatedBlock(member(written, "expressions"))
        values = ResourceValues(
            change.unknown, change.sensitive, stated, partial(self._references.is_null, scope=scope)
        )
        sources = {name: self._references.sources(each, scope) for name, each in stated.items()}
        read = _with_write_only(values.of(change.values), stated.get(_WRITE_ONLY))

        def setters(path: str) -> Sequence[Setter]:
            return self._variables.setters(expression_at(stated, path), scope)

        return TerraformResource(change.address, change.type, read, line, sources, setters)


def _with_write_only(values: dict[str, Any], stated: Any) -> dict[str, Any]:
    """The values with the secret that lies over the body; `sensitive_body_version` may name all that is in it."""
    if not isinstance(stated, Mapping) or values.get(f"{_WRITE_ONLY}_version"):
        return values
    if "constant_value" not in stated:
        return {**values, _WRITE_ONLY: Sealed(NOT_SHOWN)}
    return values if stated["constant_value"] is None else {**values, _WRITE_ONLY: Sealed(stated["constant_value"])}


def _deferred(top: Mapping[str, Any]) -> list[PlannedChange]:
    """What a later plan will make: its values are judged as far as they are known."""
    written = top.get("deferred_changes") or []
    if not isinstance(written, list):
        raise Damaged("`deferred_changes` is not a list")
    return [change_of(each.get("resource_change") if isinstance(each, Mapping) else None) for each in written]


def _why_incomplete(top: Mapping[str, Any], deferred: int, unmarked: Sequence[Any]) -> str:
    """Why a verdict is not one on everything; `unmarked` is what is without a mark of what is not known."""
    if top.get("errored"):
        return "the plan stopped with an error, so resources may be missing from it"
    if deferred:
        return f"the plan leaves {counted(deferred, 'change')} to a later one: apply it, and check the next plan"
    if top.get("complete", True) is not True:
        return "the plan does not hold all changes (`complete` is false, as with -target): plan again without -target"
    if unmarked:
        return "the plan lacks `resource_changes` or `after_unknown`, which tell what is not known from what is not set"
    return ""


def _notes(top: Mapping[str, Any], changes: Sequence[PlannedChange]) -> Iterator[str]:
    forgotten = [change.address for change in changes if change.is_forgotten]
    if forgotten:
        yield f"not judged, for they leave Terraform's state and stay in Azure: {first_of(forgotten, _MOST_NAMED)}"
    checks = member_list(top, "checks")
    failed = sum(1 for check in checks if isinstance(check, Mapping) and check.get("status") in _FAILED)
    if failed:
        yield f"{counted(failed, 'check')} of the configuration itself failed, of which Terraform only warns"
