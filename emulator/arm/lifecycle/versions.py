"""Check that a request names an api-version that its resource type has."""

import re
from datetime import date

from azure_hotpatch.emulator.arm.lifecycle.resource_type import ResourceType
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest, MissingApiVersion, NotFound

_VERSION = re.compile(r"\d{4}-\d{2}-\d{2}(-[a-z0-9.]+)?", re.IGNORECASE)
_GENERAL = ("2014-04-01", "2026-12-31")  # subscriptions, groups, tenants, providers


def check(version: str, kind: ResourceType, location: str = "") -> None:
    """Refuse a version that is missing, or that no date between the type's oldest and newest answers to.

    Azure has a list for each type; the emulator takes every well-formed date between its ends.
    """
    if not version:
        raise MissingApiVersion
    if _within(version, kind.versions):
        return
    known = ", ".join(kind.versions)
    namespace, short = kind.name.split("/", 1)
    if not location:
        raise NotFound(
            f"The resource type '{short}' could not be found in the namespace '{namespace}' for api version "
            f"'{version}'. The supported api-versions are '{known}'.",
            code="InvalidResourceType",
        )
    raise BadRequest(
        f"No registered resource provider found for location '{location}' and API version '{version}' for type "
        f"'{short}'. The supported api-versions are '{known}'.",
        code="NoRegisteredProviderFound",
    )


def check_general(version: str) -> None:
    """The same for what ARM answers itself."""
    if not version:
        raise MissingApiVersion
    if not _within(version, _GENERAL):
        raise BadRequest(
            f"The api-version '{version}' is invalid. The supported versions are '{', '.join(_GENERAL)}'.",
            code="InvalidApiVersionParameter",
        )


def _within(version: str, ends: tuple[str, str]) -> bool:
    oldest, newest = ends
    if not _VERSION.fullmatch(version) or not oldest[:10] <= version[:10] <= newest[:10]:
        return False
    try:
        date.fromisoformat(version[:10])
    except ValueError:
        return False
    return True
