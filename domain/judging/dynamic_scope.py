"""Which machines the filter of a dynamic scope picks, as far as that is known before Azure evaluates it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from azure_hotpatch.domain.azure.coercion import as_word
from azure_hotpatch.domain.judging.operating_system import operating_system
from azure_hotpatch.domain.judging.record import Kind, Record, Unknown

VIRTUAL_MACHINES = "microsoft.compute/virtualmachines"
_OPERATORS = ("all", "any")


def picks(scope: Record, machine: Record, images: Iterable[Record] = ()) -> bool | None:
    """Whether the filter of an assignment picks a machine; None where a value that decides it is not known.

    `images` are those that the program makes itself, which say what runs on a machine made from one.
    An absent or empty part of the filter leaves nothing out. Source: "About Dynamic Scoping" (Azure Update Manager).
    """
    if isinstance(scope.peek("filter"), Unknown):
        return None
    return _all(
        (
            _one_of(scope.group or None, _texts(machine.group)),
            _among(scope.peek("filter.resourceTypes"), VIRTUAL_MACHINES),
            _among(scope.peek("filter.resourceGroups"), machine.group or Unknown()),
            _among(scope.peek("filter.locations"), machine.peek("location"), _location),
            _among(scope.peek("filter.osTypes"), operating_system(machine, images) or Unknown()),
            _tagged_member(scope.peek("filter.tagSettings"), machine),
        )
    )


def lacks_operator(scope: Record) -> bool:
    """Whether a filter has several tags and says neither that any of them will do nor that all are needed."""
    settings = scope.peek("filter.tagSettings")
    if not isinstance(settings, Mapping) or isinstance(settings.get("filterOperator"), Unknown):
        return False
    wanted = settings.get("tags")
    several = isinstance(wanted, Mapping) and len(wanted) > 1
    return several and as_word(settings.get("filterOperator")) not in _OPERATORS


def _tagged_member(settings: Any, machine: Record) -> bool | None:
    """As `_tagged`; the machines of a scale set may have other tags than the set, so none is known to be picked."""
    picked = _tagged(settings, machine.peek("tags"))
    by_tags = isinstance(settings, Mapping) and bool(settings.get("tags"))
    return None if picked and by_tags and machine.kind is Kind.SCALE_SET else picked


def _tagged(settings: Any, tags: Any) -> bool | None:
    if isinstance(settings, Unknown):
        return None
    wanted = settings.get("tags") if isinstance(settings, Mapping) else None
    if isinstance(wanted, Unknown):
        return None
    if not isinstance(wanted, Mapping) or not wanted:
        return True
    answers = [_has_tag(tags, name, values) for name, values in wanted.items()]
    every, some = _all(answers), _any(answers)
    # No document says what Azure does without an operator, and tools differ (azurerm sends Any).
    by_operator = dict(zip(_OPERATORS, (every, some), strict=True))
    return by_operator.get(as_word(settings.get("filterOperator")), every if every == some else None)


def _has_tag(tags: Any, name: str, values: Any) -> bool | None:
    if isinstance(tags, Unknown):
        return None
    if not isinstance(tags, Mapping):
        return False
    # The name of a tag has no letter case in Azure; its value has.
    value = next((found for tag, found in tags.items() if tag.lower() == name.lower()), None)
    return False if value is None else _among(values, value, str)


def _among(wanted: Any, value: Any, spelled: Any = as_word) -> bool | None:
    """Whether `value` is among the `wanted`, where an absent or empty list wants everything."""
    if isinstance(wanted, Unknown):
        return None
    if not isinstance(wanted, Sequence) or isinstance(wanted, str) or not wanted:
        return True
    if isinstance(value, Unknown):
        return None
    if any(not isinstance(each, Unknown) and spelled(each) == spelled(value) for each in wanted):
        return True
    return None if any(isinstance(each, Unknown) for each in wanted) else False


def _one_of(wanted: str | None, value: str | None) -> bool | None:
    if wanted is None:
        return True
    return None if value is None else wanted.lower() == value.lower()


def _texts(value: str) -> str | None:
    return value or None


def _location(value: Any) -> str:
    return as_word(value).replace(" ", "")  # "West Europe" is westeurope


def _all(answers: Iterable[bool | None]) -> bool | None:
    """Three-valued AND: False if any value is False, else None if any is unknown, else True."""
    given = list(answers)
    if False in given:
        return False
    return None if None in given else True


def _any(answers: Iterable[bool | None]) -> bool | None:
    given = list(answers)
    if True in given:
        return True
    return None if None in given else False
