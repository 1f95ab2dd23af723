"""Where a walk over a template is, how the template is opened, and where the walk ends."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from posixpath import dirname, join, normpath
from typing import Any

from azure_hotpatch.policies.reading.arm.names import WRITTEN_TWICE
from azure_hotpatch.policies.reading.reading import Sealed, bare, plain
from azure_hotpatch.policies.reading.source import Source
from azure_hotpatch.policies.reading.templates.work import Work

# "Azure Resource Manager limits": a template has 4 MB and 800 resources at most.
LARGEST = 4 * 1024 * 1024
MOST_RESOURCES = 800
DEEPEST = 10
MOST_RECORDS = 5_000  # that nested templates may come to together


LINKED = "the template is linked, not in this file"
LINKED_ELSEWHERE = "the template is linked by a path, {path}, and is not among the templates of this resource"
EMPTY = "the deployment has no template"


# Why a resource of a template is not made.
EXISTS = "it is declared as existing"
UNMET = "its condition is false"
NO_COPIES = "its copy loop has a count of 0"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A resource that would be judged and is not made: where it stands, its type, and why."""

    origin: str
    type: str
    why: str


@dataclass(frozen=True, slots=True)
class WalkPosition:
    """Where the walk is: whose template, below which path, in which group, how deep, and whether it is a secret.

    `work` is what reading the template may still cost, and `left_out` what its conditions leave out of it. `linked` are
    the templates that its deployments may link to, by path; `file` is the path of the one that is being read.
    """

    source: Source
    work: Work
    origin: str = ""
    group: str = ""
    depth: int = 0
    sealed: bool = False
    linked: Mapping[str, Any] = field(default_factory=dict)
    file: str = ""
    left_out: list[LeftOut] = field(default_factory=list)

    def at(self, step: str) -> "WalkPosition":
        return replace(self, origin=f"{self.origin}.{step}".lstrip("."))

    @property
    def step(self) -> str:
        """What the resource is called in its template: its symbolic name, else its place, `resources[3]`."""
        last = self.origin.rpartition("resources")[2]
        return last[1:] if last.startswith(".") else f"resources{last}"

    def linked_at(self, path: str) -> tuple[str, Any]:
        """The path and the template that a relative path leads to from here; None for one that is not here."""
        beside = normpath(join(dirname(self.file), path))
        return beside, self.linked.get(beside)

    def with_seal_of(self, value: Any) -> "WalkPosition":
        return replace(self, sealed=True) if isinstance(value, Sealed) else self


@dataclass(frozen=True, slots=True)
class Parent:
    type: str = ""
    name: Any = ""


def parsed(template: Any) -> Any:
    """Parse a JSON string, sealed where the string is; the reason as a string where it is not valid."""
    text = bare(template)
    if not isinstance(text, str):
        return template
    if len(text) > LARGEST:
        return f"the template is larger than {LARGEST} bytes, which Azure does not take"
    try:
        value = plain(json.loads(text))
    except (ValueError, RecursionError):
        return "the template is not JSON"
    return Sealed(value) if isinstance(template, Sealed) else value


_KEYS = {
    name.lower(): name
    for name in (
        *("type", "name", "apiVersion", "properties", "resources", "condition", "copy", "count", "existing", "scope"),
        *(
            "parameters",
            "variables",
            "functions",
            "definitions",
            "template",
            "templateLink",
            "parametersLink",
            "expressionEvaluationOptions",
        ),
    )
}


def outermost_named(value: dict[str, Any]) -> dict[str, Any]:
    """The outermost keys as ARM spells them; what is below is named when it has been evaluated."""
    named: dict[str, Any] = {}
    for key, child in value.items():
        name = _KEYS.get(key.lower(), key)
        named[name] = WRITTEN_TWICE if name in named else child
    return named
