"""One machine of a wave, as its workflow receives it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from azure_hotpatch.operations.clients.compute import MachinePath
from azure_hotpatch.operations.install.buckets import Limit, bucket_of
from azure_hotpatch.operations.install.outcome import MachineOutcome, State
from azure_hotpatch.operations.install.take_back import TakeBack

Json = dict[str, Any]


@dataclass(frozen=True)
class Job:
    """The arguments of a machine's workflow: all of it is plain JSON, and stored."""

    wave: str
    workflow: str
    machine: Mapping[str, Any]  # id, name, ring, group, subscription, location, lastActivity, takeBack
    order: Mapping[str, Any]
    hours: Mapping[str, Any] | None

    @property
    def place(self) -> MachinePath:
        return MachinePath(self.machine["subscription"], self.machine["group"], self.machine["name"])

    @cached_property
    def take_back(self) -> TakeBack | None:
        found = self.machine.get("takeBack")  # a wave of an older release has none
        return TakeBack.model_validate(found) if found else None

    @property
    def bucket(self) -> tuple[str, Limit]:
        return bucket_of(self.machine["subscription"], self.machine["location"], self.take_back)

    @property
    def base(self) -> Json:
        return {name: self.machine[name] for name in ("id", "name", "ring")}

    def outcome(self, state: State, message: str = "", **more: Any) -> Json:
        """The outcome of the machine, as the workflow's result."""
        return MachineOutcome(**self.base, state=state, message=message, **more).model_dump(by_alias=True)

    def ended(self, state: State, message: str = "") -> Json:
        """The result of a step that ends the workflow."""
        return {"outcome": self.outcome(state, message)}
