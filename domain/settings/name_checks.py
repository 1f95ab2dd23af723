"""Checks of the names in a stack: of its resources in Azure, and of its secrets."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.nearest import nearest
from azure_hotpatch.domain.azure.resource_names import composed, why_not_name
from azure_hotpatch.domain.settings.draft import Draft, Group
from azure_hotpatch.domain.settings.machine import MachineGroup, ScaleSetGroup
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
        for index, extension in enumerate(group.extensions if isinstance(group, MachineGroup) else ()):
            if extension.protected_settings_secret:
                yield f"{path}.extensions[{index}].protectedSettingsSecret", extension.protected_settings_secret


def _names(draft: Draft) -> Iterator[Named]:
    if draft.naming is None or draft.location is None:
        return
    patterns = draft.naming.patterns
    groups = {"fleet": draft.location}
    for _, group in draft.groups:
        groups.setdefault(group.resource_group or "fleet", group.location or draft.location)
        yield from _of_group(draft, group)
    for name, location in groups.items() if patterns.resource_group else ():
        parts = {"prefix": draft.naming.prefix, "name": name, "group": name, "location": location}
        yield "resourceGroup", "resource_group", composed(patterns.resource_group or "", parts)


def _of_group(draft: Draft, group: Group) -> Iterator[Named]:
    naming = draft.naming
    if naming is None or draft.location is None:
        return
    patterns = naming.patterns
    parts = {"prefix": naming.prefix, "group": group.name, "location": group.location or draft.location}
    if isinstance(group, ScaleSetGroup) and patterns.scale_set:
        yield "scaleSet", "scale_set", composed(patterns.scale_set, {**parts, "name": group.name})
    for name in group.machine_names(naming.digits) if isinstance(group, MachineGroup) else ():
        if patterns.machine:
            yield "machine", "machine", composed(patterns.machine, {**parts, "name": name})
        if patterns.interface:
            yield "interface", "interface", composed(patterns.interface, {**parts, "name": name})
        for unit, disk in enumerate(group.data_disks if isinstance(group, MachineGroup) else ()):
            if patterns.disk and disk.separate:
                yield "disk", "disk", composed(patterns.disk, {**parts, "name": name, "unit": str(unit)})
