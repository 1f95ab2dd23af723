"""What a stack adds to its resource groups and machines: locks, role assignments, extensions."""

import re
from typing import Annotated, Any, Literal

from pydantic import Field

from azure_hotpatch.domain.settings.value import SecretName
from azure_hotpatch.domain.vocabulary.machine_types import HANDLER_VERSION
from azure_hotpatch.domain.vocabulary.model import Settings
from azure_hotpatch.domain.vocabulary.named_type import NamedType, one_of

_GUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_PRINCIPALS = ("Group", "ServicePrincipal", "User")


def _why_not_guid(text: str) -> str | None:
    return None if _GUID.fullmatch(text) else f"{text!r} is not the id of a principal or a role"


PrincipalId = Annotated[
    str, NamedType("principal id", _why_not_guid, allowed="a GUID: `az ad group show --group … --query id` prints one")
]
RoleId = Annotated[
    str,
    NamedType(
        "role id", _why_not_guid, allowed="a GUID: `az role definition list --name … --query [].name` prints one"
    ),
]
HandlerVersion = Annotated[str, HANDLER_VERSION]


class RoleAssignment(Settings):
    """A role assignment on every resource group of the stack."""

    principal_id: PrincipalId
    """The object id of a group, a service principal or a user."""
    principal_type: Annotated[Literal["Group", "ServicePrincipal", "User"], one_of("principal type", _PRINCIPALS)]
    """The type of the principal."""
    role_id: RoleId
    """The role definition's GUID: 9980e02c-c2be-4d73-94e8-173b1dc7cf3c is Virtual Machine Contributor."""


class Extension(Settings):
    """A virtual machine extension on every machine or instance of a group."""

    name: str
    """Its name on the machine; in a scale set the health extension is called health."""
    publisher: str
    """Who publishes it: Microsoft.Azure.Monitor."""
    type: str
    """What it is: AzureMonitorWindowsAgent."""
    version: HandlerVersion
    """Its version, major.minor."""
    automatic_upgrade: bool = False
    """Whether Azure upgrades it to later versions by itself."""
    settings: dict[str, Any] = Field(default_factory=dict)
    """Its settings, which anybody can read who can read the machine."""
    protected_settings_secret: SecretName | None = None
    """The secret of the stack's file, an object, that has its protected settings."""
