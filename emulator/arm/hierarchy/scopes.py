"""The scopes above a scope, from which locks, roles and policies are inherited."""

from collections.abc import Mapping

from azure_hotpatch.emulator.arm.protocol.filters import Keep
from azure_hotpatch.emulator.arm.protocol.paths import ResourcePath, parse_path, scope_of


def upward(scope: str) -> list[str]:
    """A scope and those that it lies in, the widest first: subscription, group, resource, child."""
    found: list[str] = []
    while scope:
        found.insert(0, scope)
        scope = _above(scope)
    return found


def flags(path: ResourcePath) -> Mapping[str, Keep]:
    """What `atScope()` and `atExactScope()` mean in a list of extension resources at `path`."""
    here = path.scope.lower()
    above = {scope.lower() for scope in upward(path.scope)}
    return {
        "atscope()": lambda shown: scope_of(shown["id"]).lower() in above,
        "atexactscope()": lambda shown: scope_of(shown["id"]).lower() == here,
    }


def _above(scope: str) -> str:
    path = parse_path(scope)
    if path is None or not path.types:
        return scope.rsplit("/", 2)[0] if path and path.group else ""
    return path.parent.id if path.parent else path.scope
