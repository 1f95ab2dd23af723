"""Plan for a live fleet: read the machines, check the rights, assess, and plan by Azure's rate limits."""

import secrets
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.patching.progress import counting, say

if TYPE_CHECKING:
    from azure_hotpatch.operations.clients.connection import Connection
    from azure_hotpatch.operations.clients.machine_batches import Read
    from azure_hotpatch.operations.durable.wave_store import WaveStore
    from azure_hotpatch.operations.install.order import Order
    from azure_hotpatch.operations.install.plan import Plan, PlannedMachine
    from azure_hotpatch.operations.install.wave_settings import WaveSettings
    from azure_hotpatch.operations.machine import Machine


@dataclass(frozen=True, slots=True)
class Asked:
    """The selected machines, and the notes for the record."""

    subscriptions: Sequence[str]
    groups: Sequence[str] | None
    tags: tuple[tuple[str, str], ...]
    names: Sequence[str] | None
    change: str
    note: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, and the selected machines as they were read for it."""

    plan: "Plan"
    machines: "Sequence[Machine]"


def planned(
    asked: Asked, order: "Order", settings: "WaveSettings", store: "WaveStore", *, assess: bool, install: bool = True
) -> Planned:
    """The plan for the selected machines. Raises Failure if there is nothing to plan.

    Where it is not to be carried out, the right to `install` is not needed.
    """
    from azure_hotpatch.cli.patching.reading import check_rights, machines_of
    from azure_hotpatch.operations.clients.connection import Connection
    from azure_hotpatch.operations.install.advisory import order_with
    from azure_hotpatch.operations.install.pairs import unknown_names
    from azure_hotpatch.operations.install.planning import WaveRequest, make
    from azure_hotpatch.operations.install.rights import ASSESS, INSTALL, READ
    from azure_hotpatch.operations.install.selection import Selection

    selection = Selection(tuple(asked.groups or ()), asked.tags, tuple(asked.names or ()))
    left: dict[str, int] = {}
    with closing(Connection()) as connection:
        machines, _ = machines_of(connection, asked.subscriptions, selection)
        unknown = unknown_names(settings, machines)
        if unknown:
            raise Failure(f"pairs: no selected machine is called {', '.join(unknown)}")
        check_rights(connection, machines, sorted({*(INSTALL if install else READ), *(ASSESS if assess else ())}))
        if assess:
            machines, left = _assessed(connection, machines)
    now = datetime.now(UTC)
    request = WaveRequest(
        id=f"wave-{now:%Y%m%d-%H%M}-{secrets.token_hex(2)}",
        order=order_with(order, _advisories(store)),
        settings=settings,
        selection=str(selection),
        change=asked.change,
        note=asked.note,
    )
    return Planned(make(request, machines, now, left), machines)


def saved(plan: "Plan", *, read: bool) -> Planned:
    """A saved plan; where they are to be read, with its machines as Azure has them now."""
    return _read_again(plan) if read else Planned(plan, ())


def _read_again(plan: "Plan") -> Planned:
    """The plan without the machines that cannot be read. Raises Failure if that is all of them.

    What they are offered is what the plan has of them.
    """
    from azure_hotpatch.operations.clients.connection import Connection
    from azure_hotpatch.operations.clients.machine_batches import viewed

    known = [_known(machine, plan) for machine in plan.machines]
    with closing(Connection()) as connection, counting("reading machines", len(known)) as tell:
        read = viewed(connection, known, tell)
    for one in read:
        if one.error:
            say(f"{one.machine.name} is left out: {one.error}")
    found = [replace(one.machine, assessment=was.assessment) for one, was in zip(read, known, strict=True)]
    there = {one.machine.id for one in read if not one.error}
    if not there:
        raise Failure("nothing can be rehearsed: no machine of the plan could be read")
    members = tuple(machine for machine in plan.machines if machine.id in there)
    return Planned(plan.model_copy(update={"machines": members}), [one for one in found if one.id in there])


def _known(machine: "PlannedMachine", plan: "Plan") -> "Machine":
    """A machine as a plan has it: its place, and the updates that it was offered and that the order takes."""
    from azure_hotpatch.operations.install.planning import RESTARTS
    from azure_hotpatch.operations.machine import Assessment, Machine, MachineType, Patch

    behaviours = {word: behaviour for behaviour, word in RESTARTS.items()}
    classes = plan.order.classifications[:1]  # any that the order takes: the plan has no others
    patches = [
        Patch(one.kb, one.name, classes, "Available", behaviours.get(one.restart, "")) for one in machine.patches or ()
    ]
    offered = None if machine.patches is None else Assessment("Succeeded", plan.made, patches=tuple(patches))
    place = (machine.group, machine.subscription, machine.location)
    return Machine(machine.id, MachineType.VIRTUAL_MACHINE, machine.name, *place, assessment=offered)


def _assessed(connection: "Connection", machines: "Sequence[Machine]") -> "tuple[list[Machine], dict[str, int]]":
    """The machines with what they are offered, and what the patch buckets hold after that."""
    from azure_hotpatch.operations.clients.machine_batches import assessed

    due = [machine for machine in machines if machine.power in (None, "running")]
    with counting("assessing", len(due)) as tell:
        read = assessed(connection, due, tell=tell)
    for one in read:
        if one.error:
            say(f"{one.machine.name} could not be assessed: {one.error}")
    found = {one.machine.id: one.machine for one in read}
    return [found.get(machine.id, machine) for machine in machines], _left(read)


def _left(read: "Sequence[Read]") -> dict[str, int]:
    left: dict[str, int] = {}
    for one in read:
        key = f"{one.machine.subscription}/{one.machine.location}".lower()
        if one.remaining is not None:
            left[key] = min(one.remaining, left.get(key, one.remaining))
    return left


def _advisories(store: "WaveStore"):  # type: ignore[no-untyped-def]  # of a module that is imported when it is needed
    from azure_hotpatch.operations.durable.notes import bans, opened
    from azure_hotpatch.operations.durable.wave_store import exists
    from azure_hotpatch.operations.durable.worker import prepare, reaching

    if not exists(store):
        return ()
    if store.shared:  # whoever is the first to plan with a server makes the database
        prepare(store)
    with reaching(store), opened(store) as engine:
        found = bans(engine, datetime.now(UTC))
    for advisory in found:
        say(f"KB{advisory.kb} is left out: it is bad since {advisory.bad_since:%Y-%m-%d}: {advisory.reason}")
    return found
