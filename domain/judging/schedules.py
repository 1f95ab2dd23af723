"""Which maintenance schedules a machine has, and which it might have."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from azure_hotpatch.domain.azure.coercion import as_one_of
from azure_hotpatch.domain.azure.maintenance import IN_GUEST_PATCH, REBOOT_SETTINGS
from azure_hotpatch.domain.azure.maintenance.updates import REBOOT_SETTINGS_ANSWERED
from azure_hotpatch.domain.azure.scale_sets import is_flexible
from azure_hotpatch.domain.judging.dynamic_scope import picks
from azure_hotpatch.domain.judging.links import Links
from azure_hotpatch.domain.judging.record import Kind, Record, Unknown


class Attachment(NamedTuple):
    """An assignment of a schedule to a machine; not `certain` where a value that decides it is not known."""

    assignment: Record
    configuration: Record | None  # where it is among the records
    certain: bool


def attachments(machine: Record, links: Links) -> list[Attachment]:
    """The in-guest schedules that a machine or scale set has, or might have.

    Those of an instance are its set's. A dynamic scope picks the machines of a Flexible set, which are virtual
    machines.
    """
    found = [*_direct(machine, links)]
    if machine.kind is Kind.VIRTUAL_MACHINE or is_flexible(machine.peek("orchestrationMode")):
        found += _dynamic(machine, links)
    return [attachment for attachment, in_guest in found if in_guest is not False]


def named(attached: Iterable[Attachment]) -> str:
    """The assignments in a sentence: "schedule 'saturday' is", "schedules 'one', 'two' are"."""
    names = sorted({each.assignment.name for each in attached})
    return f"schedule{'s' * (len(names) > 1)} {', '.join(map(repr, names))} {'is' if len(names) == 1 else 'are'}"


def meant_reboot_setting(setting: Any) -> str | None:
    """The setting that a schedule was given, also where Azure answers it by another name; None for no such setting."""
    answered = as_one_of(setting, REBOOT_SETTINGS_ANSWERED)
    return REBOOT_SETTINGS_ANSWERED[answered] if answered else as_one_of(setting, REBOOT_SETTINGS)


def _direct(machine: Record, links: Links) -> Iterator[tuple[Attachment, bool | None]]:
    for assignment in links.assignments_of(machine):
        configuration = links.configuration_of(assignment)
        in_guest = _is_in_guest(configuration)
        yield Attachment(assignment, configuration, in_guest is True), in_guest
    for assignment in links.unjoined:
        configuration = links.configuration_of(assignment)
        yield Attachment(assignment, configuration, False), _is_in_guest(configuration)


def _dynamic(machine: Record, links: Links) -> Iterator[tuple[Attachment, bool | None]]:
    for assignment in links.dynamic:
        picked = picks(assignment, machine, links.images)
        if picked is False:
            continue
        configuration = links.configuration_of(assignment)
        # A dynamic scope has no other kind of configuration, so one that is not here is taken for in-guest.
        in_guest = _is_in_guest(configuration) if configuration else True
        yield Attachment(assignment, configuration, bool(picked and in_guest)), in_guest


def _is_in_guest(configuration: Record | None) -> bool | None:
    scope = configuration.peek("maintenanceScope") if configuration else Unknown()
    return None if isinstance(scope, Unknown) else as_one_of(scope, (IN_GUEST_PATCH,)) is not None
