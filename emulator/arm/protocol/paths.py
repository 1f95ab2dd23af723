"""Parse the path of a request: its scope, provider, types and names, in any letter case."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

GROUP_TYPE = "Microsoft.Resources/resourceGroups"
DEPLOYMENT_TYPE = "Microsoft.Resources/deployments"


@dataclass(frozen=True, slots=True)
class ResourcePath:
    """A path in parts, in the spelling of the request.

    `/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/a` has the scope
    `/subscriptions/s/resourceGroups/g`, types `("virtualNetworks", "subnets")` and names `("v", "a")`. The scope of an
    extension resource is the id of the resource that it extends; tenant level is "". A collection, and an action, have
    one name fewer than types.
    """

    subscription: str
    group: str
    scope: str
    namespace: str = ""
    types: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def type(self) -> str:
        return "/".join((self.namespace, *self.types)) if self.namespace else ""

    @property
    def parent_type(self) -> str:
        return self.type.rsplit("/", 1)[0]

    @property
    def name(self) -> str:
        return self.names[-1]

    @property
    def is_collection(self) -> bool:
        return len(self.types) > len(self.names)

    @property
    def id(self) -> str:
        """The id as requested; a collection's path where there is no last name."""
        if not self.namespace:
            return self.scope
        steps = [step for pair in zip(self.types, self.names, strict=False) for step in pair]
        if self.is_collection:
            steps.append(self.types[-1])
        return "/".join((self.scope, "providers", self.namespace, *steps))

    @property
    def key(self) -> str:
        """What ids are compared by."""
        return self.id.lower()

    @property
    def group_id(self) -> str:
        return f"/subscriptions/{self.subscription}/resourceGroups/{self.group}" if self.group else ""

    @property
    def parent(self) -> "ResourcePath | None":
        """The resource that this is a child of, or that the collection belongs to."""
        if len(self.types) < 2:
            return None
        names = self.names if self.is_collection else self.names[:-1]
        return ResourcePath(self.subscription, self.group, self.scope, self.namespace, self.types[:-1], names)

    @property
    def extends_resource(self) -> bool:
        return "/providers/" in self.scope.lower()

    def without_last_type(self) -> "ResourcePath":
        """The resource that an action is called on: the path without the action's name."""
        return ResourcePath(self.subscription, self.group, self.scope, self.namespace, self.types[:-1], self.names)


@lru_cache(maxsize=4096)  # a request asks several times for its own path
def parse_path(path: str) -> ResourcePath | None:
    """Take a path apart; None where it does not name a resource, a collection, an action or a scope."""
    steps = [step for step in path.split("/") if step]
    subscription, at = _pair(steps, 0, "subscriptions")
    group, at = _pair(steps, at, "resourcegroups") if subscription else ("", at)
    scope = f"/subscriptions/{subscription}" if subscription else ""
    scope += f"/resourceGroups/{group}" if group else ""
    result = ResourcePath(subscription, group, scope)
    while at < len(steps):
        if steps[at].lower() != "providers" or at + 2 >= len(steps):
            return None
        end = next((i for i in range(at + 2, len(steps), 2) if steps[i].lower() == "providers"), len(steps))
        types, names = tuple(steps[at + 2 : end : 2]), tuple(steps[at + 3 : end : 2])
        result = ResourcePath(subscription, group, result.id, steps[at + 1], types, names)
        at = end
    return result


def same(one: str, other: str) -> bool:
    """Whether two ids, locations or names mean the same."""
    return one.lower() == other.lower()


def scope_of(extension_id: str) -> str:
    """What an extension resource is put on: its id up to the last provider."""
    return extension_id[: extension_id.lower().rindex("/providers/")]


def type_and_name(path: ResourcePath) -> str:
    """`Microsoft.Network/virtualNetworks/v/subnets/a`, as ARM's messages name a resource."""
    steps = [step for pair in zip(path.types, path.names, strict=False) for step in pair]
    return "/".join((path.namespace, *steps))


def _pair(steps: Sequence[str], at: int, word: str) -> tuple[str, int]:
    if at + 1 < len(steps) and steps[at].lower() == word:
        return steps[at + 1], at + 2
    return "", at
