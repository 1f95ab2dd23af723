"""The schedules of a machine: assigned by name, or by the filter of a dynamic scope."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from azure_hotpatch.domain.azure.coercion import as_word
from azure_hotpatch.operations.machine import Machine

_ASSIGNMENTS = "/providers/microsoft.maintenance/configurationassignments/"
# Its resources' type in a filter is that of Compute or of Arc.
_TYPES = {"/microsoft.compute/virtualmachines/", "/microsoft.hybridcompute/machines/"}


@dataclass(frozen=True, slots=True)
class Assignment:
    """An assignment of a schedule. `scope` is a machine's id, a group's or a subscription's, in lower case."""

    schedule: str
    scope: str
    filter: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_dynamic(self) -> bool:
        return not any(kind in f"{self.scope}/" for kind in _TYPES)


def assignment_of(row: Mapping[str, Any]) -> Assignment | None:
    """An assignment out of a row of `maintenanceresources`; None where it has no configuration."""
    scope = str(row["id"]).lower().partition(_ASSIGNMENTS)[0]
    schedule, found = row.get("configuration"), row.get("filter")
    return Assignment(schedule, scope, found if isinstance(found, Mapping) else {}) if schedule else None


def scheduled(machines: Iterable[Machine], assignments: Iterable[Assignment]) -> Iterator[Machine]:
    """The machines with the ids of their schedules, in any order of assignments.

    Azure evaluates a dynamic scope when its schedule runs, so that its members are in no table.
    """
    known = tuple(assignments)
    dynamic = tuple(one for one in known if one.is_dynamic)
    by_machine: dict[str, list[str]] = {}
    for one in known:
        if not one.is_dynamic:
            by_machine.setdefault(one.scope, []).append(one.schedule)
    for machine in machines:
        found = [*by_machine.get(machine.id.lower(), ()), *(one.schedule for one in dynamic if _has(one, machine))]
        yield replace(machine, schedules=tuple(dict.fromkeys(found))) if found else machine


def _has(assignment: Assignment, machine: Machine) -> bool:
    asked = assignment.filter
    below = f"{machine.id.lower()}/".startswith(f"{assignment.scope}/")
    if not below or not _any_of(asked.get("resourceGroups"), machine.resource_group):
        return False
    kind = "/".join(machine.id.split("/")[6:8])
    return (
        _any_of(asked.get("resourceTypes"), kind)
        and _any_of(asked.get("osTypes"), machine.os_type or "Windows")
        and _any_of(map(_place, asked.get("locations") or ()), _place(machine.location))
        and _tagged(asked.get("tagSettings") or {}, machine.tags)
    )


def _any_of(allowed: Iterable[Any] | None, value: str) -> bool:
    """Whether a value is allowed; nothing given allows all."""
    words = [as_word(one) for one in allowed or ()]
    return not words or as_word(value) in words


def _place(name: str) -> str:
    return name.replace(" ", "").lower()


def _tagged(asked: Mapping[str, Any], tags: Mapping[str, str]) -> bool:
    """Any of the tags, or all. Without an operator it is Any, as azurerm has it; Azure's own is published nowhere."""
    own = {as_word(name): value for name, value in tags.items()}
    hits = [as_word(name) in own and _any_of(values, own[as_word(name)]) for name, values in _tags_of(asked)]
    return not hits or (all(hits) if as_word(asked.get("filterOperator")) == "all" else any(hits))


def _tags_of(asked: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    found = asked.get("tags")
    return found.items() if isinstance(found, Mapping) else ()
