"""A way to write a machine: with one that is accepted, and one that is refused."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from tests.policies.machines import BAD_SKU, with_sku


@dataclass(frozen=True)
class Route:
    """A way to write a machine; `spoilt` writes one that must be refused, by default with a look-alike image."""

    row: str
    name: str
    token: str
    props: Mapping[str, Any]
    spoilt: Callable[[dict[str, Any]], Any] | None = None
    never: str = ""  # why no machine by this route is accepted
    cased: str = ""  # why letter case counts here

    def good(self) -> dict[str, Any]:
        return deepcopy(dict(self.props))

    def bad(self) -> dict[str, Any]:
        props = self.good()
        if self.spoilt:
            self.spoilt(props)
            return props
        return with_sku(props, BAD_SKU)
