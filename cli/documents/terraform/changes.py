"""One entry of a plan's `resource_changes`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from azure_hotpatch.cli.documents.damage import Damaged
from azure_hotpatch.cli.documents.terraform.addresses import key_of, module_path
from azure_hotpatch.cli.documents.terraform.references import PlannedInstance
from azure_hotpatch.cli.documents.terraform.resources import is_managed
from azure_hotpatch.cli.documents.terraform.values import sensitive_marks

# After these the resource is gone from the state; `forget` leaves it in Azure.
_GONE = frozenset({"delete", "forget"})


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """A resource with its values after the change, and Terraform's marks beside them."""

    instance: PlannedInstance
    actions: frozenset[str]
    after: Any
    unknown: Any  # None where the plan does not say
    sensitive: Any
    is_current: bool  # a managed resource, and not an old object that a replacement left

    @property
    def address(self) -> str:
        return self.instance.address

    @property
    def type(self) -> str:
        return self.instance.type

    @property
    def will_be(self) -> bool:
        """Whether the resource is there, in the state, after the change."""
        return not self.actions <= _GONE

    @property
    def values(self) -> Mapping[str, Any]:
        """What is known of it after the change. Raises Damaged where nothing is."""
        if isinstance(self.after, Mapping):
            return self.after
        if self.after is None and isinstance(self.unknown, Mapping) and self.unknown:
            return {}
        raise Damaged(f"`after` in the change of {self.address} is not an object")

    @property
    def is_unmarked(self) -> bool:
        """Whether the plan does not say what of it is not known."""
        return self.will_be and not isinstance(self.unknown, bool | Mapping)

    @property
    def is_forgotten(self) -> bool:
        return self.actions == {"forget"}


def change_of(written: Any) -> PlannedChange:
    """The change of an entry. Raises Damaged for what Terraform does not write."""
    if not isinstance(written, Mapping) or not all(isinstance(written.get(name), str) for name in ("address", "type")):
        raise Damaged("an entry of `resource_changes` has no address and type")
    address, change = written["address"], written.get("change")
    actions = change.get("actions") if isinstance(change, Mapping) else None
    if not isinstance(change, Mapping) or not isinstance(actions, list) or not actions:
        raise Damaged(f"the change of {address} has no actions")
    if not all(isinstance(each, str) for each in actions):
        raise Damaged(f"an action of the change of {address} is not a string")
    instance = PlannedInstance(
        address,
        module_path(written.get("module_address")),
        written["type"],
        str(written.get("name")),
        key_of(written.get("index")),
    )
    return PlannedChange(
        instance,
        frozenset(actions),
        change.get("after"),
        change.get("after_unknown"),
        sensitive_marks(change.get("after_sensitive")),
        is_managed(written) and not isinstance(written.get("deposed"), str),
    )
