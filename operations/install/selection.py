"""Select machines by group, tag and name."""

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from azure_hotpatch.operations.install.plan import ALL
from azure_hotpatch.operations.machine import Machine

_WILDCARDS = frozenset("*?[")  # of fnmatch


@dataclass(frozen=True, slots=True)
class Selection:
    """The user's criteria; a machine must match each kind that is given, and one value of each."""

    groups: tuple[str, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()  # patterns: "web-*"

    def __str__(self) -> str:
        """ "group=fleet tag=ring=0 name=web-*", or ALL."""
        parts = [f"group={group}" for group in self.groups]
        parts += [f"tag={name}={value}" for name, value in self.tags]
        parts += [f"name={name}" for name in self.names]
        return " ".join(parts) or ALL

    @property
    def whole_groups(self) -> tuple[str, ...]:
        """The groups by name, once each; empty where there is none, or one of them is a pattern."""
        names = tuple({group.lower(): group for group in self.groups}.values())
        return () if any(set(name) & _WILDCARDS for name in names) else names

    def takes(self, machine: Machine) -> bool:
        tags = {name.lower(): value for name, value in machine.tags.items()}
        return (
            _one_of(self.groups, machine.resource_group)
            and all(tags.get(name.lower()) == value for name, value in self.tags)
            and _one_of(self.names, machine.name)
        )


def unmatched(selection: Selection, machines: Sequence[Machine]) -> list[str]:
    """Criteria that match no machine: most likely misspelled."""
    found = [f"group={one}" for one in selection.groups if not any(_one_of((one,), m.resource_group) for m in machines)]
    found += [f"name={one}" for one in selection.names if not any(_one_of((one,), m.name) for m in machines)]
    return found


def _one_of(patterns: Sequence[str], value: str) -> bool:
    return not patterns or any(fnmatchcase(value.lower(), pattern.lower()) for pattern in patterns)
