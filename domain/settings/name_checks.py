"""Checks of the names in a stack: of its resources in Azure, and of its secrets."""

from collections.abc import Collection, Iterator

from azure_hotpatch.domain.azure.nearest import nearest
from azure_hotpatch.domain.azure.resource_ids import resource_group_name
from azure_hotpatch.domain.azure.resource_names import composed, why_not_name, why_not_schedule_name
from azure_hotpatch.domain.settings.draft import Draft, Group
from azure_hotpatch.domain.settings.machine import AzureMachine, MachineGroup, ScaleSetGroup
from azure_hotpatch.domain.settings.naming import Naming, Patterns
from azure_hotpatch.domain.settings.stack import RESOURCE_GROUP
from azure_hotpatch.domain.vocabulary.problem import Problem

Named = tuple[str, str, str]  # the pattern's setting, the kind of the resource, its name


def names_in_azure(draft: Draft) -> Iterator[Problem]:
    """Every name that a pattern produces is valid in Azure, and no two are the same."""
    taken: set[tuple[str, str]] = set()
    wrong: set[str] = set()
    for setting, kind, name in _names(draft):
        reason = why_not_name(name, kind)
        if (kind, name.lower()) in taken:
            reason = f"two resources would be called {name!r}"
        taken.add((kind, name.lower()))
        if reason and setting not in wrong:
            wrong.add(setting)
            yield Problem(f"naming.patterns.{setting}", reason, allowed="a pattern by which names differ and are short")


def schedule_and_its_group(draft: Draft) -> Iterator[Problem]:
    """A maintenance configuration's name and that of its resource group are short enough together."""
    if draft.naming is None or draft.location is None or draft.naming.patterns.schedule is None:
        return
    existing = draft.existing_groups.get(RESOURCE_GROUP)
    made = draft.naming.patterns.resource_group and _group_name(draft.naming, RESOURCE_GROUP, draft.location)
    group = resource_group_name(existing) if existing else made
    for _, kind, name in _of_regions(draft.naming, {draft.location}):
        reason = why_not_schedule_name(name, group) if group and kind == "schedule" else None
        if reason:
            yield Problem("naming.patterns.schedule", reason, allowed="a shorter pattern")


def existing_groups_are_used(draft: Draft) -> Iterator[Problem]:
    """Every resource group that exists is one that the stack puts something into."""
    used = {RESOURCE_GROUP, *(group.resource_group for _, group in draft.groups if group.resource_group)}
    for key, group in draft.existing_groups.items() if draft.whole else ():
        if key not in used:
            reason = f"nothing is put into it: no group of the fleet has resourceGroup {key!r}"
            allowed = ", ".join(sorted(used))
            yield Problem(f"existingResourceGroups.{key}", reason, repr(group), allowed, nearest(key, used))


def secrets_that_exist(draft: Draft) -> Iterator[Problem]:
    """Every secret that a group names is in the stack's file."""
    known = draft.secret_names
    for path, name in _secrets(draft) if known is not None else ():
        if name not in (known or ()):
            command = f"pulumi config set --secret --path 'secrets.{name}'"
            yield Problem(path, f"the stack has no secret {name!r}", repr(name), command, nearest(name, known or ()))


def _secrets(draft: Draft) -> Iterator[tuple[str, str]]:
    for path, group in draft.groups:
        if group.admin_password_secret:
            yield f"{path}.adminPasswordSecret", group.admin_password_secret
        for index, extension in enumerate(group.extensions if isinstance(group, AzureMachine) else ()):
            if extension.protected_settings_secret:
                yield f"{path}.extensions[{index}].protectedSettingsSecret", extension.protected_settings_secret


def _names(draft: Draft) -> Iterator[Named]:
    if draft.naming is None or draft.location is None:
        return
    for _, group in draft.groups:
        yield from _of_group(draft.naming, group, group.location or draft.location)
    yield from _of_regions(
        draft.naming, {draft.location, *(group.location or draft.location for _, group in draft.azure())}
    )
    if draft.naming.patterns.resource_group:
        for key, location in _groups_made(draft, draft.location).items():
            yield "resourceGroup", "resource_group", _group_name(draft.naming, key, location)


def _of_group(naming: Naming, group: Group, location: str) -> Iterator[Named]:
    patterns = naming.patterns
    parts = {"prefix": naming.prefix, "group": group.name, "location": location}
    named = {**parts, "name": group.name}
    if isinstance(group, ScaleSetGroup):
        if patterns.scale_set:
            yield "scaleSet", "scale_set", composed(patterns.scale_set, named)
        if patterns.load_balancer and group.load_balancer:
            yield "loadBalancer", "load_balancer", composed(patterns.load_balancer, named)
    if isinstance(group, MachineGroup):
        if patterns.availability_set and group.availability_set:
            yield "availabilitySet", "availability_set", composed(patterns.availability_set, named)
        for name in group.machine_names(naming.digits):
            yield from _of_machine(patterns, group, {**parts, "name": name})


def _of_machine(patterns: Patterns, group: MachineGroup, parts: dict[str, str]) -> Iterator[Named]:
    if patterns.machine:
        yield "machine", "machine", composed(patterns.machine, parts)
    if patterns.interface:
        yield "interface", "interface", composed(patterns.interface, parts)
    for unit, disk in enumerate(group.data_disks if patterns.disk else ()):
        if disk.separate:
            yield "disk", "disk", composed(patterns.disk or "", {**parts, "unit": str(unit)})


def _of_regions(naming: Naming, locations: Collection[str]) -> Iterator[Named]:
    """The names of which there is one in a region; two networks may have a subnet of the same name."""
    patterns = naming.patterns
    of_a_region = (
        ("network", "network", patterns.network),
        ("subnet", "subnet", patterns.subnet),
        ("securityGroup", "security_group", patterns.security_group),
        ("natGateway", "nat_gateway", patterns.nat_gateway),
        ("publicAddress", "public_address", patterns.public_address),
        ("schedule", "schedule", patterns.schedule),
    )
    for setting, kind, pattern in of_a_region:
        names = {composed(pattern, {"prefix": naming.prefix, "location": place}) for place in locations if pattern}
        yield from ((setting, kind, name) for name in sorted(names))


def _groups_made(draft: Draft, location: str) -> dict[str, str]:
    """The region of each resource group that is made, by its key."""
    groups = {RESOURCE_GROUP: location}
    for _, group in draft.groups:
        groups.setdefault(group.resource_group or RESOURCE_GROUP, group.location or location)
    return {key: place for key, place in groups.items() if key not in draft.existing_groups}


def _group_name(naming: Naming, key: str, location: str) -> str:
    parts = {"prefix": naming.prefix, "name": key, "group": key, "location": location}
    return composed(naming.patterns.resource_group or "", parts)
