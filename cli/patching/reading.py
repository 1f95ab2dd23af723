"""Read the selected machines, and check that the identity has the rights that a command needs."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.patching.progress import counting, say

if TYPE_CHECKING:
    from azure_hotpatch.operations.clients.connection import Connection
    from azure_hotpatch.operations.clients.machine_batches import Read
    from azure_hotpatch.operations.install.selection import Selection
    from azure_hotpatch.operations.machine import Machine


def machines_of(
    connection: "Connection", subscriptions: Sequence[str], selection: "Selection"
) -> "tuple[list[Machine], list[Read]]":
    """The selected machines with their instance views, and those that could not be read, with why.

    Raises Failure if no machine is selected, or none of them could be read.
    """
    from azure_hotpatch.operations.clients.machine_batches import viewed
    from azure_hotpatch.operations.install.selection import unmatched

    listed = [machine for one in subscriptions for machine in _listed(connection, one, selection)]
    for given in unmatched(selection, listed):
        raise Failure(f"{given} matches no Windows machine in {', '.join(subscriptions)}")
    chosen = [machine for machine in listed if selection.takes(machine)]
    if not chosen:
        raise Failure(f"no Windows machine in {', '.join(subscriptions)} matches {selection}")
    with counting("reading machines", len(chosen)) as tell:
        read = viewed(connection, chosen, tell)
    unread = [one for one in read if one.error]
    if len(unread) == len(read):
        which = unread[0].machine.name if len(unread) == 1 else f"none of the {len(unread)} machines"
        raise Failure(
            f"nothing was begun: {which} could {'not ' if len(unread) == 1 else ''}be read: {unread[0].error}"
        )
    for one in unread:
        say(f"{one.machine.name} is left out: {one.error}")
    return [one.machine for one in read if not one.error], unread


def _listed(connection: "Connection", subscription: str, selection: "Selection") -> "Iterator[Machine]":
    """The machines of the groups that are named, as a role at a group lets nobody list a subscription; else all."""
    from azure_hotpatch.operations.clients import compute
    from azure_hotpatch.operations.clients.refusals import Refusal, RefusalKind

    for group in selection.whole_groups or (None,):
        try:
            yield from compute.machines(connection, subscription, group)
        except Refusal as refusal:
            if group is None or refusal.kind is not RefusalKind.GONE:
                raise


def check_rights(connection: "Connection", machines: "Sequence[Machine]", needed: Sequence[str]) -> None:
    """Name the rights that are missing, before anything is begun."""
    from azure_hotpatch.operations.clients import compute
    from azure_hotpatch.operations.clients.refusals import Refusal, RefusalKind
    from azure_hotpatch.operations.install.rights import missing

    for subscription, group in sorted({(one.subscription, one.resource_group) for one in machines}):
        try:
            lacking = missing(compute.permissions(connection, subscription, group), needed)
        except Refusal as refusal:
            if refusal.kind is RefusalKind.LOG_IN:
                raise
            say(f"the rights in {group} could not be checked in advance: {refusal}")
            continue
        if lacking:
            raise Failure(
                f"the identity may not do this in the group {group} of {subscription}; it lacks {', '.join(lacking)}: "
                "give it the role of docs/guides/rights.md"
            )
