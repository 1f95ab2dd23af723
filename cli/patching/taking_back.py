"""A roll back as a wave: its settings, the rights that it needs, and its plan for the machines as they are now."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import typer

from azure_hotpatch.cli.patching.progress import counting, say
from azure_hotpatch.domain.counting import counted
from azure_hotpatch.operations.rollback.plan import MachineRollback, Way

if TYPE_CHECKING:
    from azure_hotpatch.operations.clients.connection import Connection
    from azure_hotpatch.operations.install.plan import Plan
    from azure_hotpatch.operations.install.wave_settings import WaveSettings

# Restarts follow: not a whole fleet at once, unless somebody says so.
DEFAULTS = {"canary": "1", "maxConcurrency": "10%"}


@dataclass(frozen=True, slots=True)
class WaveOptions:
    """How a person wants the wave; `settings` are the options in the place of what a wave file says."""

    file: str | None
    settings: dict[str, Any]
    store: str | None
    database_url: str | None
    poll: float
    yes: bool
    detach: bool
    change: str
    note: str


def wave_plan(wanted: WaveOptions, plans: Sequence[MachineRollback]) -> "Plan":
    """The wave's plan for machines that are ready. Raises Failure where a right is missing."""
    from azure_hotpatch.cli.azure import connected
    from azure_hotpatch.cli.patching.reading import check_rights

    settings = wave_settings(wanted)
    with connected() as connection:
        check_rights(connection, [one.machine for one in plans], _rights(plans))
        return planned_at(connection, wanted, settings, plans)


def wave_settings(wanted: WaveOptions) -> "WaveSettings":
    from azure_hotpatch.cli.patching.plans import settings_of

    return settings_of(wanted.file, wanted.settings, {**DEFAULTS, "askAfterCanary": not wanted.yes})


def planned_at(
    connection: "Connection", wanted: WaveOptions, settings: "WaveSettings", plans: Sequence[MachineRollback]
) -> "Plan":
    """The wave's plan for machines as `connection` has them now."""
    from azure_hotpatch.operations.install.order import Order
    from azure_hotpatch.operations.install.planning import WaveRequest
    from azure_hotpatch.operations.rollback.wave import wave_of

    current, now = _current(connection, plans), datetime.now(UTC)
    name = f"rollback-{now:%Y%m%d-%H%M}-{secrets.token_hex(2)}"
    kbs = " ".join(sorted({f"KB{one.carrier.level.kb}" for one in current if one.carrier}))
    request = WaveRequest(name, Order(), settings, f"take back {kbs}", wanted.change, wanted.note)
    return wave_of(request, current, now)


def show_times(plan: "Plan") -> None:
    """Say when the wave begins and ends, by ring."""
    for ring in plan.rings:
        members = plan.ring(ring)
        begins, ends = min(one.begins for one in members), max(one.ends for one in members)
        typer.echo(
            f"ring {ring}: {counted(len(members), 'machine')}, {begins:%m-%d %H:%M} to about {ends:%m-%d %H:%M} UTC"
        )


def _rights(plans: Sequence[MachineRollback]) -> list[str]:
    from azure_hotpatch.operations.install.rights import INSTALL, LOOK, UNINSTALL

    ways = {one.way for one in plans}
    return sorted({*LOOK, *(INSTALL if Way.FIX in ways else ()), *(UNINSTALL if Way.UNINSTALL in ways else ())})


def _current(connection: "Connection", plans: Sequence[MachineRollback]) -> list[MachineRollback]:
    """The plans with each machine's last installation as Compute has it now: nothing is started on top of a newer."""
    from azure_hotpatch.operations.clients.machine_batches import viewed

    with counting("reading machines", len(plans)) as tell:
        read = viewed(connection, [one.machine for one in plans], tell)
    found = []
    for planned, one in zip(plans, read, strict=True):
        if one.error:
            say(f"{one.machine.name} is left out: {one.error}")
            continue
        found.append(replace(planned, machine=replace(planned.machine, installations=one.machine.installations)))
    return found
