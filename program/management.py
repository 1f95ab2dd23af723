"""Create locks and role assignments on a stack's resource groups, and extensions on its machines."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pulumi
from pulumi_azure_native.compute import VirtualMachineExtension
from pulumi_azure_native.resources import ResourceGroup

from azure_hotpatch.components import HotpatchVirtualMachine
from azure_hotpatch.domain.settings import Extension, MachineGroup, StackSettings
from azure_hotpatch.program.secrets import Secrets
from azure_hotpatch.program.surroundings import Surroundings


def manage_groups(
    settings: StackSettings, groups: Mapping[str, ResourceGroup], content: Sequence[pulumi.Resource]
) -> None:
    """Create the locks and role assignments of the resource groups that the settings ask for.

    A lock comes after all that the stack has, its `content`, so that `destroy` takes it off first.
    """
    if not (settings.lock or settings.role_assignments):
        return
    # Imported here: this namespace of azure-native takes a while that every other stack would spend for nothing.
    from pulumi_azure_native.authorization import ManagementLockByScope, RoleAssignment

    last = pulumi.ResourceOptions(depends_on=list(content))
    for key, group in groups.items():
        name = settings.resource_name(key)
        if settings.lock:
            ManagementLockByScope(f"{name}-lock", scope=group.id, level=settings.lock, opts=last)
        for role in settings.role_assignments:
            RoleAssignment(
                f"{name}-{role.role_id}-{role.principal_id}",
                scope=group.id,
                principal_id=role.principal_id,
                principal_type=role.principal_type,
                role_definition_id=group.id.apply(_role_of(role.role_id)),
            )


def extend(
    settings: StackSettings, secrets: Secrets, around: Surroundings, machines: Iterable[HotpatchVirtualMachine]
) -> None:
    """Put the extensions of each group on its machines, as children of the machine."""
    by_name = {machine.pulumi_resource_name: machine for machine in machines}
    for group in settings.fleet.machines:
        for name in group.machine_names(settings.naming.digits) if group.extensions else ():
            machine = by_name[settings.resource_name(name)]
            for extension in group.extensions:
                inputs = _extension(settings, group, extension, secrets, around)
                VirtualMachineExtension(
                    f"{settings.resource_name(name)}-{extension.name}",
                    vm_name=machine.virtual_machine_name,
                    opts=pulumi.ResourceOptions(parent=machine, delete_before_replace=True),
                    **inputs,
                )


def _extension(
    settings: StackSettings, group: MachineGroup, extension: Extension, secrets: Secrets, around: Surroundings
) -> dict[str, Any]:
    inputs: dict[str, Any] = {
        "resource_group_name": around.resource_groups[settings.resource_group_of(group)],
        "location": settings.location_of(group),
        "tags": settings.tags_of(group),
        "vm_extension_name": extension.name,
        "publisher": extension.publisher,
        "type": extension.type,
        "type_handler_version": extension.version,
        "auto_upgrade_minor_version": True,
        "enable_automatic_upgrade": extension.automatic_upgrade,
        "settings": extension.settings,
    }
    if extension.protected_settings_secret:
        inputs["protected_settings"] = secrets.of(extension.protected_settings_secret)
    return inputs


def _role_of(role_id: str) -> Any:
    """The id of a role definition in the subscription of a resource group, from the group's id."""

    def of(group_id: str) -> str:
        subscription = group_id.partition("/resourceGroups/")[0]
        return f"{subscription}/providers/Microsoft.Authorization/roleDefinitions/{role_id}"

    return of
