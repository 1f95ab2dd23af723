"""Plan for a live fleet: read the machines, check the rights, assess, and plan by Azure's rate limits."""

import secrets
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.patching.progress import counting, say

if TYPE_CHECKING:
    from azure_hotpatch.operations.clients.connection import Connection
    from azure_hotpatch.operations.clients.machine_batches import Read
    from azure_hotpatch.operations.durable.wave_store import WaveStore
    from azure_hotpatch.operations.install.order import Order
    from azure_hotpatch.operations.install.plan import Plan
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


def planned(asked: Asked, order: "Order", settings: "WaveSettings", store: "WaveStore", *, assess: bool) -> "Plan":
    """The plan for the selected machines. Raises Failure if there is nothing to plan."""
    from azure_hotpatch.cli.patching.reading import check_rights, machines_of
    from azure_hotpatch.operations.clients.connection import Connection
    from azure_hotpatch.operations.install.advisory import order_with
    from azure_hotpatch.operations.install.pairs import unknown_names
    from azure_hotpatch.operations.install.planning import WaveRequest, make
    from azure_hotpatch.operations.install.rights import ASSESS, INSTALL
    from azure_hotpatch.operations.install.selection import Selection

    selection = Selection(tuple(asked.groups or ()), asked.tags, tuple(asked.names or ()))
    left: dict[str, int] = {}
    with closing(Connection()) as connection:
        machines, _ = machines_of(connection, asked.subscriptions, selection)
        unknown = unknown_names(settings, machines)
        if unknown:
            raise Failure(f"pairs: no selected machine is called {', '.join(unknown)}")
        check_rights(connection, machines, sorted({*INSTALL, *(ASSESS if assess else ())}))
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
    return make(request, machines, now, left)


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
    from azure_hotpatch.operations.durable.notes import bans, engine_of
    from azure_hotpatch.operations.durable.wave_store import exists
    from azure_hotpatch.operations.durable.worker import reaching

    if not exists(store):
        return ()
    with reaching(store):
        engine = engine_of(store)
        found = bans(engine)
        engine.dispose()
    for advisory in found:
        say(f"KB{advisory.kb} is left out: it is bad since {advisory.bad_since:%Y-%m-%d}: {advisory.reason}")
    return found
