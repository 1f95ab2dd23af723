"""The resource groups of a stack: those that it makes, and those that exist and are only put into."""

from collections.abc import Mapping

import pulumi
from pulumi_azure_native.resources import ResourceGroup, get_resource_group

from azure_hotpatch.domain.azure.resource_ids import resource_group_name
from azure_hotpatch.domain.settings import StackSettings
from azure_hotpatch.program.surroundings import GroupName


def register(settings: StackSettings) -> dict[str, ResourceGroup]:
    """Register the resource groups that the stack makes; they are returned by key, that of the stack first."""
    return {key: _register(settings, key, location) for key, location in settings.resource_groups().items()}


def names(settings: StackSettings, made_here: Mapping[str, ResourceGroup]) -> dict[str, GroupName]:
    """The name in Azure of each resource group, by its key: of those that exist, and of those that the stack makes."""
    return {**existing(settings), **{key: group.name for key, group in made_here.items()}}


def existing(settings: StackSettings) -> dict[str, str]:
    """The names in Azure of the resource groups that exist, by their key.

    Azure is asked for each: what is not there ends the program with pulumi.RunError, which names every one.
    """
    found = {key: _problem_or_name(given) for key, given in settings.existing_resource_groups.items()}
    missing = [f"  existingResourceGroups.{key}: {problem}" for key, (problem, _) in found.items() if problem]
    if missing:
        raise pulumi.RunError("\n".join(["Resource groups of the stack's file cannot be used:", *missing]))
    return {key: name for key, (_, name) in found.items()}


def _register(settings: StackSettings, key: str, location: str) -> ResourceGroup:
    called = settings.azure_name(settings.naming.patterns.resource_group, name=key, group=key, location=location)
    return ResourceGroup(
        settings.resource_name(key), location=location, tags=settings.tags, resource_group_name=called or None
    )


def _problem_or_name(given: str) -> tuple[str, str]:
    """Why a resource group cannot be used, "" where it can; and its name as Azure writes it."""
    name = resource_group_name(given)
    try:
        group = get_resource_group(name)
    except Exception as error:  # noqa: BLE001 - the SDK has no other type for a provider's refusal
        return f"{given}: {str(error).splitlines()[0]}", name
    if "/" in given and group.id.lower() != given.lower():
        return f"{given} is in another subscription; the provider's has {group.id}", name
    return "", group.name
