"""Which arguments of an `AzureLocalVirtualMachine` are refused; the reasons are the domain's."""

from collections.abc import Callable, Iterator
from typing import Any

from azure_hotpatch.components.azure_local_image.checks import PLACE_CHECKS
from azure_hotpatch.components.azure_local_virtual_machine.args import AzureLocalVirtualMachineArgs
from azure_hotpatch.components.shared.arguments import Check, Problem, Shape
from azure_hotpatch.components.shared.checks import asks, one_of, resource_id
from azure_hotpatch.domain.azure import azure_local, defaults, machines, resource_ids, windows_update

# Which arguments each tool takes; with another tool they would be ignored in silence.
_TAKES = {
    "groupPolicy": ("automatic_update", "install_day", "install_hour", "no_restart_with_logged_on_users"),
    "sconfig": ("sconfig_setting",),
    "thirdParty": ("wsus_server", "wsus_status_server"),
}
_TOOL_ARGUMENTS = tuple(argument for arguments in _TAKES.values() for argument in arguments)


def _number(argument: str, why_not: Callable[[Any], str | None]) -> Check:
    def ask(value: Any) -> Iterator[Problem]:
        reason = None if value is None else why_not(value)
        if reason:
            yield Problem(argument, reason, repr(value))

    return Check((argument,), ask)


def _image_is_named(image: Any, from_iso: Any) -> Iterator[Problem]:
    if from_iso and image is not None:
        yield Problem("image", "an image that was installed from an ISO is not one of the marketplace", repr(image))
    if not from_iso and image is None:
        yield Problem("image", "it is required, unless the image was installed from an ISO")


def _gallery_image(gallery_image_id: Any, from_iso: Any) -> Iterator[Problem]:
    reason = azure_local.why_not_gallery_image(gallery_image_id, bool(from_iso))
    if reason:
        yield Problem("gallery_image_id", reason, repr(gallery_image_id))


def _arguments_of_the_tool(tool: Any, *given: Any) -> Iterator[Problem]:
    tool = tool or defaults.UPDATE_TOOL
    if tool not in _TAKES:
        return
    for argument, value in zip(_TOOL_ARGUMENTS, given, strict=True):
        if value is not None and argument not in _TAKES[tool]:
            yield Problem(argument, f"update_tool {tool} does not take it", allowed=", ".join(_TAKES[tool]))
    if tool == "thirdParty" and given[_TOOL_ARGUMENTS.index("wsus_server")] is None:
        yield Problem("wsus_server", "it is required with update_tool thirdParty")


SHAPE = Shape(
    AzureLocalVirtualMachineArgs,
    (
        *PLACE_CHECKS,
        Check(("image", "installed_from_iso"), _image_is_named),
        Check(("gallery_image_id", "installed_from_iso"), _gallery_image),
        resource_id("logical_network_id", resource_ids.LOGICAL_NETWORK),
        asks("admin_password", machines.why_not_admin_password, secret=True),
        asks("admin_username", machines.why_not_admin_username),
        asks("virtual_machine_name", machines.why_not_computer_name),
        _number("processors", azure_local.why_not_processors),
        _number("memory_mb", azure_local.why_not_memory_mb),
        _number("install_hour", windows_update.why_not_install_hour),
        one_of("update_tool", azure_local.UPDATE_TOOLS),
        one_of("automatic_update", windows_update.AUTOMATIC_UPDATES),
        one_of("install_day", windows_update.INSTALL_DAYS),
        one_of("sconfig_setting", windows_update.SCONFIG_SETTINGS),
        asks("wsus_server", azure_local.why_not_update_server),
        asks("wsus_status_server", azure_local.why_not_update_server),
        Check(("update_tool", *_TOOL_ARGUMENTS), _arguments_of_the_tool),
    ),
)
