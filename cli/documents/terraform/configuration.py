"""The configuration of a plan: the module calls, and the expressions that each resource is written with."""

from collections.abc import Iterable, Mapping
from typing import Any

from azure_hotpatch.cli.documents.terraform.addresses import ModulePath


class PlanConfiguration:
    """`configuration` of a plan; what is not there, or not as Terraform writes it, is empty."""

    def __init__(self, written: Any) -> None:
        self._root = member(written, "root_module")
        self._resources: dict[tuple[str, ...], Mapping[tuple[str, str], Any]] = {}

    def module(self, path: ModulePath) -> Mapping[str, Any]:
        """The configuration of a module, by the calls that lead to it."""
        module = self._root
        for step in path:
            module = member(module, "module_calls", step.name, "module")
        return module

    def call(self, path: ModulePath) -> Mapping[str, Any]:
        """The call that makes a module."""
        *above, last = path
        return member(self.module(tuple(above)), "module_calls", last.name)

    def resource(self, path: ModulePath, type_: str, name: str) -> Mapping[str, Any] | None:
        """A managed resource of a module, or None where the configuration does not have it."""
        names = tuple(step.name for step in path)
        if names not in self._resources:
            self._resources[names] = _by_name(member_list(self.module(path), "resources"))
        return self._resources[names].get((type_, name))


def member(holder: Any, *names: str) -> Mapping[str, Any]:
    """The object at a path of names, empty where there is none."""
    for name in names:
        holder = holder.get(name) if isinstance(holder, Mapping) else None
    return holder if isinstance(holder, Mapping) else {}


def member_list(holder: Any, name: str) -> list[Any]:
    """The list that an object has by a name, empty where there is none."""
    found = holder.get(name) if isinstance(holder, Mapping) else None
    return found if isinstance(found, list) else []


def _by_name(resources: Iterable[Any]) -> Mapping[tuple[str, str], Any]:
    return {
        (str(each.get("type")), str(each.get("name"))): each
        for each in resources
        if isinstance(each, Mapping) and each.get("mode", "managed") == "managed"
    }
