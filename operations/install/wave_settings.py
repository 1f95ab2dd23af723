"""The settings of a wave: rings, canary, concurrency, errors, disruption, pairs, soak time, gates, hours."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from azure_hotpatch.operations.install.hours import Hours
from azure_hotpatch.operations.install.model import Model
from azure_hotpatch.operations.install.text import AtATime, DurationText, Share, ShareText

CANARY, REST = "canary", "rest"


def _web(value: str) -> str:
    if not value.startswith(("https://", "http://")) or "@" in value.split("/")[2]:
        raise PydanticCustomError("setting", "is not an address as https://host/path, without a user or a password")
    return value


class Ring(Model):
    """Machines that are patched together; a machine is in the first ring that it matches in all criteria."""

    name: str = Field(min_length=1, max_length=40, pattern=r"^[\w.-]+$")
    tags: Mapping[str, str] = Field(default_factory=dict)
    groups: tuple[str, ...] = ()
    names: tuple[str, ...] = ()  # patterns: "web-*"

    @model_validator(mode="after")
    def _check(self) -> "Ring":
        if not (self.tags or self.groups or self.names):
            raise PydanticCustomError("setting", "the ring matches nothing: give it tags, groups or names")
        if self.name in (CANARY, REST):
            raise PydanticCustomError("setting", f"the ring's name is {self.name}, which the plan itself uses")
        return self


class Gate(Model):
    """The checks that must succeed after a ring, before the next one begins."""

    command: tuple[str, ...] = ()  # its exit code must be 0; it is run without a shell, by the worker
    url: Annotated[str, AfterValidator(_web)] | None = None  # it must answer 200
    vm_agent: bool = False  # the agent of each machine of the ring is ready, and no machine says that it is unhealthy
    attempts: int = Field(3, ge=1, le=100)
    pause: DurationText = timedelta(seconds=30)
    timeout: DurationText = timedelta(minutes=1)


class WaveSettings(Model):
    """A wave file. `max_concurrency` and `max_errors` are AWS's words: the wave stops at one error more."""

    rings: tuple[Ring, ...] = ()
    canary: ShareText | None = None
    max_concurrency: AtATime = Share(100, percent=True)
    max_errors: ShareText = Share(0)
    max_per_zone: AtATime | None = None
    max_per_availability_set: AtATime | None = None
    pairs: tuple[tuple[str, str], ...] = ()  # names of machines that are never done at the same time
    pair_tag: str | None = None  # machines with the same value of this tag are never done at the same time
    soak: DurationText = timedelta()
    ask_after_canary: bool = False  # the wave stops after its canaries, until somebody resumes it
    gate: Gate | None = None
    hours: Hours | None = None

    @model_validator(mode="after")
    def _check(self) -> "WaveSettings":
        names = [ring.name for ring in self.rings]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice:
            raise PydanticCustomError("setting", f"two rings have the name {twice}")
        return self
