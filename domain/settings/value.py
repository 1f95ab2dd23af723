"""The values that settings are made of, each with its check and the words for why not."""

import re
from collections.abc import Callable
from difflib import get_close_matches
from ipaddress import IPv4Network
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from azure_hotpatch.domain.azure import resource_ids
from azure_hotpatch.domain.azure.machines import (
    LONGEST_COMPUTER_NAME,
    LONGEST_COMPUTER_NAME_PREFIX,
    why_not_computer_name,
    why_not_computer_name_prefix,
)
from azure_hotpatch.domain.azure.networks import why_not_prefix
from azure_hotpatch.domain.azure.resource_ids import why_not_resource_id
from azure_hotpatch.domain.azure.sizes import nearest_size, why_not_size


class Settings(BaseModel):
    """A group of settings, frozen; keys are camelCase as in a stack's file, and unknown keys are refused."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        extra="forbid",
        frozen=True,
        use_attribute_docstrings=True,
    )


def wrong(message: str, *, at: str = "", allowed: str = "", nearest: str = "") -> PydanticCustomError:
    """An error with what is allowed and what was likely meant; `at` is the key that it is about, in a whole group."""
    # The text goes through a placeholder: pydantic would fill the braces that a user's value may have.
    told = {"message": message, "at": at, "allowed": allowed, "nearest": nearest}
    return PydanticCustomError("setting", "{message}", told)


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

LONGEST_GROUP_NAME = 64
_GROUP_NAME = re.compile(r"[A-Za-z](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?")
_LOCATION = re.compile(r"[a-z][a-z0-9]{2,30}")


def why_not_group_name(name: str) -> str | None:
    if _GROUP_NAME.fullmatch(name):
        return None
    if len(name) > LONGEST_GROUP_NAME:
        return f"{name!r} has {len(name)} characters; a name has {LONGEST_GROUP_NAME} at most"
    return f"{name!r} is not a name: it begins with a letter, holds letters, digits and hyphens, and ends without one"


def why_not_location(name: str) -> str | None:
    return None if _LOCATION.fullmatch(name) else f"{name!r} is not a region's short name, which is like westeurope"


def _near_location(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _near_prefix(text: str) -> str:
    try:
        return str(IPv4Network(text, strict=False))
    except ValueError:
        return ""


def arm_id(resource_type: str) -> AfterValidator:
    """A validator of the whole id of a resource of `resource_type`."""
    return checked(lambda value: why_not_resource_id(value, resource_type))


def in_schema(**keywords: Any) -> Any:
    """What an editor may check by the JSON schema alone; the settings themselves check more, and say why."""
    return Field(json_schema_extra=keywords)


_AN_ID = in_schema(pattern="^/subscriptions/")

GroupName = Annotated[str, checked(why_not_group_name), in_schema(pattern=f"^{_GROUP_NAME.pattern}$")]
ComputerName = Annotated[str, checked(why_not_computer_name), in_schema(maxLength=LONGEST_COMPUTER_NAME)]
ComputerNamePrefix = Annotated[
    str, checked(why_not_computer_name_prefix), in_schema(maxLength=LONGEST_COMPUTER_NAME_PREFIX)
]
LocationName = Annotated[str, checked(why_not_location, _near_location), in_schema(pattern=f"^{_LOCATION.pattern}$")]
AddressPrefix = Annotated[str, checked(why_not_prefix, _near_prefix)]
VmSize = Annotated[str, checked(why_not_size, nearest_size), in_schema(pattern="^[Ss]tandard_")]
SubnetId = Annotated[str, arm_id(resource_ids.SUBNET), _AN_ID]
NetworkId = Annotated[str, arm_id(resource_ids.NETWORK), _AN_ID]
IdentityId = Annotated[str, arm_id(resource_ids.IDENTITY), _AN_ID]
