"""The stored form of a resource, and of a long-running operation."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from azure_hotpatch.emulator.arm.protocol.bodies import Json


@dataclass(slots=True)
class Resource:
    """A stored resource. `body` is ARM's, without id, name, type and provisioningState; `hidden` is not shown."""

    id: str
    type: str
    body: Json
    state: str = "Succeeded"
    polls: int = 0  # how many reads until the state advances
    hidden: Json = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.id.lower()

    @property
    def name(self) -> str:
        return self.id.rsplit("/", 1)[-1]


@dataclass(slots=True)
class Operation:
    """A long-running operation. It ends after `polls` polls."""

    id: str
    key: str  # of the resource that it is about
    verb: str  # "put", "patch", "delete", or "action " and the name of an action
    polls: int
    started: str
    ended: str | None = None
    body: Json = field(default_factory=dict)
    result: Json | None = None


def stamp(moment: datetime) -> str:
    """A time as ARM writes it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
