"""resourceId and its relatives: build an id from a type and names, at each scope of a deployment."""

import re
from collections.abc import Sequence
from typing import Any

from azure_hotpatch.emulator.arm.templates.errors import ExpressionError
from azure_hotpatch.emulator.arm.templates.functions.signature import a_string, check_count

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
MANAGEMENT_GROUPS = "/providers/Microsoft.Management/managementGroups"


def path(resource_type: str, names: Sequence[str]) -> str:
    """`/providers/ns/type/name/child/name`; a step `providers` in the type takes a name that is a namespace."""
    namespace, *types = resource_type.split("/")
    steps = [step for pair in zip(types, names, strict=True) for step in pair]
    return "/".join(("/providers", namespace, *steps))


def resource_id(arguments: list[Any], scope: str, subscription: str, group: str) -> str:
    """resourceId([subscription], [group], type, names…); `scope` is where the template is deployed to."""
    before, resource_type, names = _parts("resourceId", arguments, 2)
    if len(before) == 2:
        subscription, group = before
    elif before and _GUID.fullmatch(before[0]) and not group:
        subscription, scope = before[0], f"/subscriptions/{before[0]}"
    elif before:
        group = before[0]
    if subscription and group:
        scope = f"/subscriptions/{subscription}/resourceGroups/{group}"
    return scope + path(resource_type, names)


def subscription_id(arguments: list[Any], subscription: str) -> str:
    before, resource_type, names = _parts("subscriptionResourceId", arguments, 1)
    return f"/subscriptions/{(before or [subscription])[0]}{path(resource_type, names)}"


def tenant_id(arguments: list[Any]) -> str:
    _, resource_type, names = _parts("tenantResourceId", arguments, 0)
    return path(resource_type, names)


def management_group_id(arguments: list[Any], group: str) -> str:
    before, resource_type, names = _parts("managementGroupResourceId", arguments, 1)
    return f"{MANAGEMENT_GROUPS}/{(before or [group])[0]}{path(resource_type, names)}"


def extension_id(arguments: list[Any]) -> str:
    check_count("extensionResourceId", len(arguments), 3, None)
    _, resource_type, names = _parts("extensionResourceId", arguments[1:], 0)
    return a_string("extensionResourceId", arguments[0]).rstrip("/") + path(resource_type, names)


def _parts(function: str, arguments: list[Any], most_before: int) -> tuple[list[str], str, list[str]]:
    """What stands before the type, the type, and the names."""
    check_count(function, len(arguments), 2, None)
    texts = [a_string(function, argument) for argument in arguments]
    at = next((index for index, text in enumerate(texts[: most_before + 1]) if "/" in text), None)
    if at is None:
        raise ExpressionError(
            f"Unable to evaluate template language function '{function}': function requires fully qualified resource "
            f"type '{texts[0]}' as one of string parameters. "
            f"Please see https://aka.ms/arm-template-expressions/#{function} for usage details."
        )
    resource_type, names = texts[at].strip("/"), texts[at + 1 :]
    wanted = resource_type.count("/")
    if len(names) != wanted or not all(names):
        raise ExpressionError(
            f"Unable to evaluate template language function '{function}': the type '{resource_type}' requires "
            f"'{wanted}' resource name argument(s). "
            f"Please see https://aka.ms/arm-template-expressions/#{function} for usage details."
        )
    return texts[:at], resource_type, names
