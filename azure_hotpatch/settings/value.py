"""The values that settings are made of, each with its check and the words for why not."""

import re
from collections.abc import Callable
from difflib import get_close_matches
from ipaddress import IPv4Network
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from azure_hotpatch.sizes import nearest_size, why_not_size


class Settings(BaseModel):
    """A group of settings, frozen; keys are camelCase as in a stack's file, and unknown keys are refused."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        extra="forbid",
        frozen=True,
        use_attribute_docstrings=True,
    )


def wrong(message: str, *, allowed: str = "", nearest: str = "") -> PydanticCustomError:
    """An error that carries what is allowed and what was likely meant."""
    # The text goes through a placeholder: pydantic would fill the braces that a user's value may have.
    return PydanticCustomError("setting", "{message}", {"message": message, "allowed": allowed, "nearest": nearest})


def checked(why_not: Callable[[str], str | None], near: Callable[[str], str | None] | None = None) -> AfterValidator:
    """A validator of a predicate; `near` gives the valid value nearest to a wrong one."""

    def check(value: str) -> str:
        reason = why_not(value)
        if reason:
            raise wrong(reason, nearest=(near(value) if near else None) or "")
        return value

    return AfterValidator(check)


def nearest(value: str, allowed: list[str] | tuple[str, ...], cutoff: float = 0.6) -> str:
    """The member of `allowed` that looks most like `value`, or an empty text."""
    lower = {name.lower(): name for name in reversed(allowed)}
    close = get_close_matches(value.lower(), lower, n=1, cutoff=cutoff)
    return lower[close[0]] if close else ""


def as_text(value: Any) -> Any:
    """YAML reads `2022` and `1` as numbers where a word is meant."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


NumberLike = BeforeValidator(as_text, json_schema_input_type=str | int)

_RESOURCE_NAME = re.compile(r"[A-Za-z](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?")
_COMPUTER_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,13}[A-Za-z0-9])?")
_PREFIX_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,8}")
_LOCATION = re.compile(r"[a-z][a-z0-9]{2,30}")
_ARM_ID = re.compile(r"/subscriptions/[^/]+/resourceGroups/[^/]+/providers/(?P<rest>.+)", re.IGNORECASE)


def why_not_group_name(name: str) -> str | None:
    if _RESOURCE_NAME.fullmatch(name):
        return None
    return f"{name!r} is not a name: it begins with a letter, holds letters, digits and hyphens, and ends without one"


def why_not_computer_name(name: str) -> str | None:
    """Say why Windows does not take `name` (at most 15 characters, not only digits), or None where it does."""
    if len(name) > 15:
        return f"the computer name {name!r} has {len(name)} characters; Windows takes 15 at most"
    if name.isdigit():
        return f"the computer name {name!r} has only digits, which Azure refuses"
    if not _COMPUTER_NAME.fullmatch(name):
        return f"the computer name {name!r} may hold letters, digits and hyphens, and neither begins nor ends with one"
    return None


def why_not_computer_name_prefix(prefix: str) -> str | None:
    """Say why a Windows scale set does not take `prefix` (at most 9 characters, not only digits), or None."""
    if len(prefix) > 9:
        return f"the computer name prefix {prefix!r} has {len(prefix)} characters; a Windows scale set takes 9 at most"
    if prefix.isdigit():
        return f"the computer name prefix {prefix!r} has only digits, which Azure refuses"
    if not _PREFIX_NAME.fullmatch(prefix):
        return f"the computer name prefix {prefix!r} may hold letters, digits and hyphens, and does not begin with one"
    return None


def why_not_location(name: str) -> str | None:
    return None if _LOCATION.fullmatch(name) else f"{name!r} is not a region's short name, which is like westeurope"


def _near_location(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _prefix(text: str) -> str:
    try:
        IPv4Network(text)
    except ValueError:
        raise wrong(
            f"{text!r} is not an IPv4 prefix", allowed="10.0.0.0/16 and the like", nearest=_near_prefix(text)
        ) from None
    return text


def _near_prefix(text: str) -> str:
    try:
        return str(IPv4Network(text, strict=False))
    except ValueError:
        return ""


def arm_id(resource_type: str) -> AfterValidator:
    """A validator of the whole id of a resource of `resource_type` ("Microsoft.Network/virtualNetworks/subnets")."""
    namespace, *types = resource_type.split("/")
    form = f"/subscriptions/…/resourceGroups/…/providers/{namespace}/" + "/".join(f"{part}/<name>" for part in types)

    def check(value: str) -> str:
        match = _ARM_ID.fullmatch(value.rstrip("/"))
        parts = match["rest"].split("/") if match else []
        if [part.lower() for part in parts[:1] + parts[1::2]] != resource_type.lower().split("/") or not all(parts):
            raise wrong(f"{value!r} is not the id of a {resource_type}", allowed=form)
        if len(parts) != 1 + 2 * len(types):
            raise wrong(f"{value!r} is not the id of a {resource_type}", allowed=form)
        return value

    return AfterValidator(check)


GroupName = Annotated[str, checked(why_not_group_name)]
ComputerName = Annotated[str, checked(why_not_computer_name)]
ComputerNamePrefix = Annotated[str, checked(why_not_computer_name_prefix)]
LocationName = Annotated[str, checked(why_not_location, _near_location)]
AddressPrefix = Annotated[str, AfterValidator(_prefix)]
VmSize = Annotated[str, checked(why_not_size, nearest_size)]
SubnetId = Annotated[str, arm_id("Microsoft.Network/virtualNetworks/subnets")]
NetworkId = Annotated[str, arm_id("Microsoft.Network/virtualNetworks")]
IdentityId = Annotated[str, arm_id("Microsoft.ManagedIdentity/userAssignedIdentities")]
DiskSizeGB = Annotated[int, Field(ge=1, le=32767)]
