"""Validate the arguments of an `AzureLocalVirtualMachine`, with the domain's predicates."""

from collections.abc import Iterator
from typing import Any

from azure_hotpatch.components.azure_local_image.checks import PLACE_CHECKS
from azure_hotpatch.components.azure_local_virtual_machine.args import AzureLocalVirtualMachineArgs
from azure_hotpatch.components.shared.arguments import ArgumentSet, Check, Problem
from azure_hotpatch.components.shared.checks import each, resource_id, valid
from azure_hotpatch.domain.azure import azure_local, defaults, resource_ids
from azure_hotpatch.domain.azure.image_names import as_named
from azure_hotpatch.domain.vocabulary import azure_local_types as types
from azure_hotpatch.domain.vocabulary.machine_types import ADMIN_PASSWORD, ADMIN_USERNAME, COMPUTER_NAME, DATA_DISK_GB
from azure_hotpatch.domain.vocabulary.mistakes import MISSING
from azure_hotpatch.domain.vocabulary.problem import printed

# Which arguments each tool takes; with another tool they would be ignored silently.
_TAKES = {
    "groupPolicy": ("automatic_update", "install_day", "install_hour", "no_restart_with_logged_on_users"),
    "sconfig": ("sconfig_setting",),
    "thirdParty": ("wsus_server", "wsus_status_server"),
}
_TOOL_ARGUMENTS = tuple(argument for arguments in _TAKES.values() for argument in arguments)


def _image_is_named(image: Any, from_iso: Any) -> Iterator[Problem]:
    if from_iso and image is not None:
        reason = "an image that was installed from an ISO is not from the marketplace"
        yield Problem("image", reason, printed(as_named(image).name))
    if not from_iso and image is None:
        yield Problem("image", f"{MISSING}: it is required, unless the image was installed from an ISO")


def _gallery_image(gallery_image_id: Any, from_iso: Any) -> Iterator[Problem]:
    reason = azure_local.why_not_gallery_image(gallery_image_id, bool(from_iso))
    if reason:
        yield Problem("gallery_image_id", reason, printed(gallery_image_id) if gallery_image_id else "")


def _arguments_of_the_tool(tool: Any, *given: Any) -> Iterator[Problem]:
    tool = tool or defaults.UPDATE_TOOL
    if tool not in _TAKES:
        return
    for argument, value in zip(_TOOL_ARGUMENTS, given, strict=True):
        if value is not None and argument not in _TAKES[tool]:
            yield Problem(argument, f"cannot be used with update tool {tool}", allowed=", ".join(_TAKES[tool]))
    if tool == "thirdParty" and given[_TOOL_ARGUMENTS.index("wsus_server")] is None:
        yield Problem("wsus_server", f"{MISSING}: it is required with update tool thirdParty")


SHAPE = ArgumentSet(
    AzureLocalVirtualMachineArgs,
    (
        *PLACE_CHECKS,
        Check(("image", "installed_from_iso"), _image_is_named),
        Check(("gallery_image_id", "installed_from_iso"), _gallery_image),
        resource_id("logical_network_id", resource_ids.LOGICAL_NETWORK),
        valid("admin_password", ADMIN_PASSWORD),
        valid("admin_username", ADMIN_USERNAME),
        valid("virtual_machine_name", COMPUTER_NAME),
        valid("processors", types.PROCESSORS),
        valid("memory_mb", types.MEMORY_MB),
        each("data_disks_gb", DATA_DISK_GB),
        valid("install_hour", types.INSTALL_HOUR),
        valid("update_tool", types.UPDATE_TOOL),
        valid("automatic_update", types.AUTOMATIC_UPDATE),
        valid("install_day", types.INSTALL_DAY),
        valid("sconfig_setting", types.SCONFIG_SETTING),
        valid("wsus_server", types.UPDATE_SERVER),
        valid("wsus_status_server", types.UPDATE_SERVER),
        Check(("update_tool", *_TOOL_ARGUMENTS), _arguments_of_the_tool),
    ),
)
