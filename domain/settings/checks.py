"""The checks across the parts of a stack's settings."""

from collections.abc import Callable, Iterator

from azure_hotpatch.domain.settings import fleet_checks, name_checks, patching_checks
from azure_hotpatch.domain.settings.draft import Draft
from azure_hotpatch.domain.vocabulary.problem import Problem

_CHECKS: tuple[Callable[[Draft], Iterator[Problem]], ...] = (
    fleet_checks.computer_names,
    fleet_checks.unique_names,
    fleet_checks.accepted_images,
    fleet_checks.versions_of_their_image,
    fleet_checks.os_disks_of_their_image,
    fleet_checks.places_with_a_network,
    fleet_checks.room_in_the_subnet,
    fleet_checks.disks_of_their_machines,
    name_checks.names_in_azure,
    name_checks.schedule_and_its_group,
    name_checks.existing_groups_are_used,
    name_checks.secrets_that_exist,
    patching_checks.schedule_has_machines,
    patching_checks.machines_have_their_schedule,
    patching_checks.scale_sets_say_hotpatch,
    patching_checks.scope_spares_hotpatch,
)


def cross_problems(draft: Draft) -> Iterator[Problem]:
    """Every conflict between the valid parts."""
    for check in _CHECKS:
        yield from check(draft)
