"""The definition of an ARM resource type: how it is validated, filled in, shown, acted on and deleted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import ArmError
from azure_hotpatch.emulator.arm.protocol.queries import NONE, Queries


class LocationRule(Enum):
    """How a type states its location."""

    REGION = "region"  # the body must have a location
    OPTIONAL = "optional"
    NOWHERE = "nowhere"  # a child, or a thing without a location


@dataclass(slots=True)
class Change:
    """A PUT or PATCH under way. `body` is what will be stored; a type's `prepare` checks it and fills it in."""

    id: str
    version: str  # the request's api-version
    body: Json
    sent: Json  # the request's own body, before a PATCH was merged into what was there
    before: Resource | None
    tx: Transaction
    hidden: Json = field(default_factory=dict)
    method: str = "PUT"

    @property
    def name(self) -> str:
        return self.id.rsplit("/", 1)[-1]

    @property
    def properties(self) -> Json:
        found: Json = self.body.setdefault("properties", {})
        return found

    @property
    def previous(self) -> Json:
        """The properties as they were; empty for a new resource."""
        return dict(self.before.body.get("properties", {})) if self.before else {}

    @property
    def location(self) -> str:
        return str(self.body.get("location", ""))


@dataclass(frozen=True, slots=True)
class Act:
    """An action under way, such as powerOff: on which resource, with which body and query."""

    resource: Resource
    body: Json
    query: Mapping[str, str]
    tx: Transaction


def _accept(_act: Act) -> None:
    return None


def _when_asked(_act: Act) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Action:
    """A POST (or a GET, such as instanceView). `begin` may refuse; `finish` does it and gives the result, if any.

    With `polls` None the answer comes at once, otherwise after so many questions about its operation.
    """

    finish: Callable[[Act], Json | None]
    begin: Callable[[Act], None] = _accept
    failed: Callable[[Act], None] = _accept  # what of `begin` is taken back where the operation fails on purpose
    until: Callable[[Act], str] = _when_asked  # before which moment, as ARM writes it, it does not end
    polls: int | None = None
    methods: tuple[str, ...] = ("POST",)
    status: int = 200  # of an answer that comes at once
    remembers: tuple[str, ...] = ()  # members of the body that `finish` is given after a poll; the rest is not stored


def _unchanged(_change: Change) -> None:
    return None


def _as_stored(_tx: Transaction, _resource: Resource, _shown: Json) -> None:
    return None


def _nothing_else(_tx: Transaction, _resource: Resource) -> None:
    return None


@dataclass(frozen=True, slots=True)
class ResourceType:
    """One line of the emulator's table of types."""

    name: str  # "Microsoft.Network/networkInterfaces"
    versions: tuple[str, str]  # the oldest and the newest api-version that are answered
    place: LocationRule = LocationRule.REGION
    prepare: Callable[[Change], None] = _unchanged
    show: Callable[[Transaction, Resource, Json], None] = _as_stored
    saved: Callable[[Change], None] = _unchanged  # what else comes to be when it is stored
    deleted: Callable[[Transaction, Resource], None] = _nothing_else  # what else is deleted with it
    in_use: Callable[[Resource, list[str]], ArmError | None] | None = None
    undeletable: Callable[[Transaction, Resource], ArmError | None] | None = None  # why it cannot be deleted, if so
    parts: Mapping[str, str] = field(default_factory=dict)  # property -> the child type that it lists
    views: tuple[str, ...] = ()  # lists in its properties that are read by themselves too
    keeps_parts_since: str = ""  # the api-version from which a PUT without the list leaves the parts; "" for none
    actions: Mapping[str, Action] = field(default_factory=dict)
    instance_view: Callable[[Act], Json] | None = None  # what $expand=instanceView adds
    immutable: Mapping[str, str] = field(default_factory=dict)  # path below properties -> the name Azure gives it
    keeps: Mapping[str, Callable[[Change], ArmError]] = field(default_factory=dict)  # path beside properties -> the no
    queries: Queries = NONE
    partial: bool = False  # whether a PUT may leave members out, which then stay as they were
    bodiless: bool = False  # whether a PUT may come without a body
    inherited: bool = False  # an extension whose lists also have what the scopes above have
    secrets: tuple[str, ...] = ()  # paths below properties that are taken and never kept
    checks_references: bool = False
    as_sent: bool = False  # the emulator has no rules for it, and keeps what it is sent
    has_state: bool = True  # whether it shows a provisioningState
    created: int = 201  # the status of a PUT that creates
    created_by: Mapping[str, int] = field(default_factory=dict)  # api-version -> the status, where it has another
    replaced: int = 200  # and of one over what is there
    deleted_with: int = 200  # the status of a DELETE that is done at once
    deleted_nothing: int = 204  # the status of a DELETE of what is not there
    polls: int | None = None  # None: a PUT and a DELETE are done when they are answered
    delete_polls: int | None = None  # of a DELETE that takes longer than a PUT
    deletes_at_once: bool = False
    shows_deleted: bool = False  # whether a DELETE is answered with what was there

    @property
    def namespace(self) -> str:
        return self.name.split("/", 1)[0]

    @property
    def short_name(self) -> str:
        """`virtualMachines/extensions`: the name without the namespace, as ARM's messages have it."""
        return self.name.split("/", 1)[1]
