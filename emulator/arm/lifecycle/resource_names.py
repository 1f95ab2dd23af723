"""The names that Azure Resource Manager refuses for every type; a provider may refuse more."""

import re

from azure_hotpatch.emulator.arm.lifecycle.resource_type import ResourceType
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest

_LONGEST = 260
# "Azure Resource Manager resource provider contract", names: these, and whatever controls a terminal. What is stored as
# it is sent may have a name of other rules, such as a blob's, and is held to the second part alone.
_INVALID = re.compile(r"[<>%&\\?/#\x00-\x1f\x7f]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def check(kind: ResourceType, name: str) -> None:
    """Refuse the name of a new resource. The code is not published; the words of the length are."""
    if len(name) > _LONGEST:  # AzureStorageExplorer 4425
        raise BadRequest(
            f"The provided resource name '{name}' has a length of '{len(name)}' which exceeds the maximum length of "
            f"'{_LONGEST}'.",
            code="InvalidResourceName",
        )
    found = set((_CONTROL if kind.as_sent else _INVALID).findall(name))
    if found or not name.strip(". "):
        wrong = "".join(sorted(found)) or name
        raise BadRequest(
            f"The provided resource name '{name}' has these invalid characters: '{wrong}'.", code="InvalidResourceName"
        )
