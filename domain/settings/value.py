"""The named types as annotations for the fields of the settings' models."""

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from azure_hotpatch.domain.azure import resource_ids
from azure_hotpatch.domain.azure.machines import ZoneName
from azure_hotpatch.domain.vocabulary.image_types import IMAGE_VERSION
from azure_hotpatch.domain.vocabulary.machine_types import COMPUTER_NAME, COMPUTER_NAME_PREFIX, SIZE
from azure_hotpatch.domain.vocabulary.maintenance_types import KB_NUMBER, TIME_ZONE
from azure_hotpatch.domain.vocabulary.named_type import NamedType
from azure_hotpatch.domain.vocabulary.place_types import ADDRESS_PREFIX, REGION, ZONE, resource_id


def as_text(value: Any) -> Any:
    """YAML reads `2022` and `1` as numbers where a string is meant."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


NumberLike = BeforeValidator(as_text, json_schema_input_type=str | int)

LONGEST_GROUP_NAME = 64
_GROUP_NAME = re.compile(r"[A-Za-z](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?")


def why_not_group_name(name: str) -> str | None:
    """Say why a group of machines cannot be called `name`, or None if it can."""
    if _GROUP_NAME.fullmatch(name):
        return None
    if len(name) > LONGEST_GROUP_NAME:
        return f"{name!r} has {len(name)} characters; a name has {LONGEST_GROUP_NAME} at most"
    return f"{name!r} is not a name: letters, digits and hyphens, a letter first, no hyphen last"


GROUP_NAME = NamedType("name of a group", why_not_group_name, schema={"pattern": f"^{_GROUP_NAME.pattern}$"})

GroupName = Annotated[str, GROUP_NAME]
SecretName = Annotated[str, GROUP_NAME]
ComputerName = Annotated[str, COMPUTER_NAME]
ComputerNamePrefix = Annotated[str, COMPUTER_NAME_PREFIX]
LocationName = Annotated[str, REGION]
Zone = Annotated[ZoneName, ZONE, BeforeValidator(as_text, json_schema_input_type=Literal[ZoneName, 1, 2, 3])]
AddressPrefix = Annotated[str, ADDRESS_PREFIX]
VmSize = Annotated[str, SIZE]
ImageVersion = Annotated[str, IMAGE_VERSION]
KbNumber = Annotated[str, NumberLike, KB_NUMBER]
DiskId = Annotated[str, resource_id(resource_ids.DISK)]
PlacementGroupId = Annotated[str, resource_id(resource_ids.PROXIMITY_PLACEMENT_GROUP)]
DiskEncryptionSetId = Annotated[str, resource_id(resource_ids.DISK_ENCRYPTION_SET)]
TimeZoneName = Annotated[str, TIME_ZONE]
SubnetId = Annotated[str, resource_id(resource_ids.SUBNET)]
ResourceGroupRef = Annotated[
    str, NamedType("resource group", resource_ids.why_not_resource_group, allowed="a resource group's name, or its id")
]
NetworkId = Annotated[str, resource_id(resource_ids.NETWORK)]
IdentityId = Annotated[str, resource_id(resource_ids.IDENTITY)]
