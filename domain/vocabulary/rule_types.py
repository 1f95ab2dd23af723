"""The named types of a network security rule, and the check for conflicts between rules."""

from collections.abc import Iterator, Mapping
from typing import Any

from azure_hotpatch.domain.azure.networks import ACCESSES, DIRECTIONS, PRIORITIES, PROTOCOLS, why_not_ports
from azure_hotpatch.domain.vocabulary.named_type import NamedType, one_of, within
from azure_hotpatch.domain.vocabulary.problem import Problem, printed

DIRECTION = one_of("direction", DIRECTIONS)
ACCESS = one_of("access", ACCESSES)
PROTOCOL = one_of("protocol", PROTOCOLS)
PRIORITY = within("priority", *PRIORITIES)
PORTS = NamedType("ports", why_not_ports, allowed="a port, a range such as 5985-5986, or *")


def rules_differ(path: str, rules: Mapping[int, tuple[Any, Any, Any]]) -> Iterator[Problem]:
    """No two rules have one name, nor one priority in one direction; `rules` has name, direction and priority."""
    taken: set[tuple[Any, ...]] = set()
    for index, (name, direction, priority) in rules.items():
        for argument, value, key in (
            ("name", name, ("name", str(name).lower())),
            ("priority", priority, (direction, priority)),
        ):
            if not isinstance(value, str | int):  # it is known later, or was refused
                continue
            if key in taken:
                yield Problem(f"{path}[{index}].{argument}", "another rule has it already", printed(value))
            taken.add(key)
