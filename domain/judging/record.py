"""One record for every spelling of a resource: what a rule reads, in ARM's names."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any, Final

from azure_hotpatch.domain.judging.setter import Setter
from azure_hotpatch.domain.printable import SECRET, shown_value


class Unknown:
    """The value of a property that is not known yet (a preview) or cannot be read (a template's expression)."""

    __slots__ = ("why",)

    def __init__(self, why: str = "not known until it is deployed") -> None:
        self.why = why

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()


class UnknownValueError(Exception):
    """Raised when a rule reads a value that is not known; `path` is where the reading stopped, in ARM's names."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(path)
        self.path = path
        self.why = why


class Kind(StrEnum):
    """What a record is, whichever way it was written."""

    VIRTUAL_MACHINE = "virtual machine"
    SCALE_SET = "scale set"
    SCALE_SET_INSTANCE = "scale set instance"  # of a Uniform set
    SCALE_SET_EXTENSION = "scale set extension"
    MAINTENANCE_CONFIGURATION = "maintenance configuration"
    MAINTENANCE_ASSIGNMENT = "maintenance assignment"
    POLICY_ASSIGNMENT = "policy assignment"
    POLICY_SET = "policy initiative"
    IMAGE = "image"  # of the program's own, which says what runs on a machine made from it
    SCRIPT = "script"  # an extension, a run command, a deployment script, a command of the program's own machine
    OPAQUE = "opaque"  # may hold a machine, and cannot be read: a linked template, a module
    OTHER = "other"


MACHINES: Final = frozenset({Kind.VIRTUAL_MACHINE, Kind.SCALE_SET})

# Children of an ARM resource that stand beside `properties`, not inside it.
_ENVELOPE = frozenset(
    {"id", "name", "type", "apiVersion", "etag", "location", "extendedLocation", "tags", "zones", "identity"}
    | {"plan", "sku", "kind"}
)


_SHORT = 4  # characters of a secret that is looked for as a whole word


def _no_setters(_: str) -> Sequence[Setter]:
    return ()


@dataclass(slots=True)
class Record:
    """A resource as ARM would see it, with `properties` flattened away: `osProfile.windowsConfiguration…`.

    `body` holds plain dicts, lists and scalars; a value that is not known is an `Unknown`, at a leaf or in place of
    a whole object. `secrets` are the ARM paths (as `read` takes them) whose value must never be printed.
    `spelling` maps an ARM path to the path in the source, where the two differ (the classic provider, a template).
    `prefix` leads to the machine's profile: empty for a virtual machine, `virtualMachineProfile.` for a scale set.
    `references` maps an ARM path to the URNs that its value comes from, where the source says so: it joins records in a
    preview, when no id is known yet. `setters` gives the parameters of the template that set the value at a path, none
    where a template writes the value itself.
    """

    kind: Kind
    name: str
    type: str  # the source's own type: a Pulumi token or an ARM type
    body: Mapping[str, Any]
    urn: str = ""
    arm_type: str = ""  # "Microsoft.Compute/virtualMachines"
    api_version: str = ""  # "2024-11-01", or empty where the source names none
    group: str = ""  # the resource group's name, where it is known
    prefix: str = ""
    origin: str = ""  # where a record inside another resource or a file came from: "resources[0]", "main.json"
    secrets: frozenset[str] = frozenset()
    spelling: Mapping[str, str] = field(default_factory=dict)
    references: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    defaults: frozenset[str] = frozenset()  # the paths that the source does not write and its provider fills in
    ignored_changes: tuple[str, ...] = ()  # in ARM's names
    unreadable: str = ""  # for an opaque record: why it cannot be read
    setters: Callable[[str], Sequence[Setter]] = field(default=_no_setters, compare=False, repr=False)

    @property
    def name_in_azure(self) -> str:
        """The name that Azure has, in lower case, or nothing where it is not known."""
        name = self.peek("name")
        return name.lower() if isinstance(name, str) else ""

    def read(self, path: str) -> Any:
        """The value at a dotted ARM path, None where it is absent; raises UnknownValueError where it is not known."""
        value = self.peek(path)
        if isinstance(value, Unknown):
            raise UnknownValueError(self.where(path), value.why)
        return value

    def peek(self, path: str) -> Any:
        """As `read`, but an unknown value is returned as the `Unknown` that stands there."""
        value: Any = self.body
        for step in path_steps(path):
            if type(value) is dict:  # nearly always; an abstract Mapping costs three times as much to recognise
                value = value.get(step)
            elif isinstance(value, Unknown):
                return value
            else:
                value = _child(value, step)
        return value

    def machine(self, path: str) -> Any:
        """`read` below the machine's profile, the same path for a virtual machine and a scale set."""
        return self.read(self.prefix + path)

    def peek_machine(self, path: str) -> Any:
        return self.peek(self.prefix + path)

    def shown(self, path: str) -> str:
        """The value at `path` as a message may print it: never a secret, nor an object that holds one."""
        if any(_within(path, secret) or _within(secret, path) for secret in self.secrets):
            return SECRET
        value = self.peek(path)
        if value is None:
            return "absent"
        return (
            f"nothing, for which the provider sends {shown_value(value)}"
            if path in self.defaults
            else shown_value(value)
        )

    def reveals(self, text: str) -> bool:
        """Whether `text` holds the value of a secret, or a value of a secret object."""
        lower = text.lower()
        values = (value for path in self.secrets for _, value in _leaves("", self.peek(path)))
        return any(isinstance(value, str | int | float) and _stands_in(str(value).lower(), lower) for value in values)

    def leaves(self) -> Iterator[tuple[str, Any]]:
        """Every leaf of the body with its path."""
        yield from _leaves("", self.body)

    def where(self, path: str) -> str:
        """The part of `path` that is really unknown: the whole object, where an object is."""
        value: Any = self.body
        reached: list[str | int] = []
        for step in path_steps(path):
            value = _child(value, step)
            reached.append(step)
            if isinstance(value, Unknown):
                break
        return _joined(reached)


def arm_path(path: str) -> str:
    """`osProfile.adminUsername` -> `properties.osProfile.adminUsername`, as an ARM body has it."""
    head = re.split(r"[.\[]", path, maxsplit=1)[0]
    return path if head in _ENVELOPE else f"properties.{path}"


@cache
def path_steps(path: str) -> tuple[str | int, ...]:
    """`dataDisks[0].lun` -> "dataDisks", 0, "lun"."""
    return tuple(int(step[1:-1]) if step[0] == "[" else step for step in re.findall(r"\[\d+\]|[^.\[\]]+", path))


def _child(value: Any, step: str | int) -> Any:
    if isinstance(step, str):
        return value.get(step) if isinstance(value, Mapping) else None
    if isinstance(value, Sequence) and not isinstance(value, str) and step < len(value):
        return value[step]
    return None


def _stands_in(value: str, text: str) -> bool:
    """Whether a string contains a value; a short value, which many words contain, only as a whole word."""
    if len(value) >= _SHORT:
        return value in text
    return bool(value.strip()) and re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text) is not None


def _within(path: str, parent: str) -> bool:
    return path == parent or path.startswith((f"{parent}.", f"{parent}["))


def _joined(steps: Sequence[str | int]) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return text.lstrip(".")


def _leaves(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping) and value:
        for key, child in value.items():
            yield from _leaves(f"{path}.{key}" if path else key, child)
    elif isinstance(value, Sequence) and not isinstance(value, str) and value:
        for index, child in enumerate(value):
            yield from _leaves(f"{path}[{index}]", child)
    else:
        yield path, value
