"""The types of Azure that the emulator has no rules for: a resource is kept as it was sent, without its secrets."""

import json
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path

from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.hierarchy import registrations
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Action, Change, LocationRule, ResourceType
from azure_hotpatch.emulator.arm.protocol import bodies
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import NotEmulated
from azure_hotpatch.emulator.arm.protocol.paths import DEPLOYMENT_TYPE, GROUP_TYPE
from azure_hotpatch.emulator.arm.stored_types import (
    additions,
    backup_policies,
    billing_features,
    children,
    connection_keys,
    keys,
    statuses,
    zones,
)
from azure_hotpatch.emulator.arm.stored_types.secrets import without_secrets

# Namespace -> its types as azure-native's paths spell them. A type that is not here is spelled as it is asked for.
_FILE = Path(__file__).with_name("types.json")
# ARM's oldest api-version and the end of those that the emulator takes; each type has its own list in Azure.
_VERSIONS = ("2010-01-01", "2026-12-31")
# Stored as well, and answered by handlers of their own.
_NO_RESOURCES = frozenset({GROUP_TYPE.lower(), DEPLOYMENT_TYPE.lower(), "microsoft.resources/tags"})
# Types that say nothing of their provisioning; the properties of a web app's settings are the settings.
_STATELESS = ("/config", "microsoft.resourcegraph/queries")
# Types that Microsoft's clients list and azure-native does not have: armmonitor 0.13, armhybridcompute 2.0.
_OF_CLIENTS = frozenset({"microsoft.insights/metricalerts", "microsoft.hybridcompute/licenses"})
# What is done with a body beside what all types have, before its secrets are dropped.
_PREPARING: Mapping[str, Callable[[Change], None]] = {
    connection_keys.TYPE: connection_keys.keep,
    backup_policies.TYPE: backup_policies.date,
}
# What their clients ask for at a path below a resource, which is no child of it.
_WITH_ACTIONS: tuple[Mapping[str, Mapping[str, Action]], ...] = (
    keys.ACTIONS,
    zones.ACTIONS,
    billing_features.ACTIONS,
    connection_keys.ACTIONS,
)
_ACTIONS = {name.lower(): found for listed in _WITH_ACTIONS for name, found in listed.items()}
_SETTING = ("emulator/stored-types", "setting")


@lru_cache(maxsize=4096)
def kind(resource_type: str) -> ResourceType | None:
    """A type that is stored as sent; None where its namespace is none of Azure's."""
    namespace, _, short = resource_type.partition("/")
    provider = registrations.spelled(namespace)
    if not short or provider is None or resource_type.lower() in _NO_RESOURCES:
        return None
    name = _spellings().get(resource_type.lower(), f"{provider}/{short}")
    return ResourceType(
        name,
        _VERSIONS,
        LocationRule.OPTIONAL,
        prepare=lambda change: _prepare(change, name),
        saved=lambda change: children.make(change, name),
        actions=actions(name),
        as_sent=True,
        created=statuses.created(name),
        created_by=statuses.created_by(name),
        replaced=statuses.replaced(name),
        polls=statuses.polls(name),
        delete_polls=statuses.delete_polls(name),
        has_state=not any(word in name.lower() for word in _STATELESS),
    )


def names() -> list[str]:
    """The types whose spelling is known, of every namespace."""
    return sorted(_spellings().values(), key=str.lower)


def is_known(resource_type: str) -> bool:
    """Whether a type is one of Azure's that can be listed: by azure-native's paths, or by the list of api-versions.

    What was deleted and can be recovered is a list too (`deletedWorkspaces`, `deletedVaults`): clients look there
    before they make something, and here it is empty.
    """
    if resource_type.rsplit("/", 1)[-1].lower().startswith("deleted"):
        return True
    name = resource_type.lower()
    return name in _spellings() or name in _OF_CLIENTS or bool(registrations.versions_of(resource_type))


def actions(name: str) -> Mapping[str, Action]:
    """The actions of a stored type, none for most."""
    return _ACTIONS.get(name.lower(), {})


def augmented() -> list[str]:
    """The stored types to which Azure's own answers are added: outputs, or actions."""
    with_actions = (name for listed in _WITH_ACTIONS for name in listed)
    return sorted({*additions.TYPES, *with_actions}, key=str.lower)


def check_allowed(tx: Transaction, found: ResourceType) -> None:
    """Raise NotEmulated for a stored type where only emulated ones are wanted."""
    if found.as_sent and not are_allowed(tx):
        raise NotEmulated(
            f"This Azure emulator does not have the resource type '{found.name}', "
            "and is set to store no types as they are sent. "
            "It may well exist in Azure; GET /emulator/types lists what is emulated."
        )


def are_allowed(tx: Transaction) -> bool:
    return tx.recorded(*_SETTING) != [False]


def allow(tx: Transaction, *, allowed: bool) -> None:
    """Whether types without rules are stored; they are in a new store."""
    tx.record(*_SETTING, "", allowed)


def kept(resource_id: str, body: Json) -> Json:
    """What is stored of a body: all but its secrets."""
    found = {name: part if name == "tags" else without_secrets(part) for name, part in body.items()}
    # Microsoft.KeyVault/vaults/secrets: its one secret is called value.
    if resource_id.lower().split("/")[-2] == "secrets":
        bodies.drop(found, "properties.value")
    return found


def _prepare(change: Change, name: str) -> None:
    prepare = _PREPARING.get(name)
    if prepare:
        prepare(change)
    change.body = kept(change.id, change.body)
    additions.add(change, name)


@cache
def _spellings() -> dict[str, str]:
    found = json.loads(_FILE.read_text(encoding="utf-8"))
    named = (f"{namespace}/{short}" for namespace, types in found.items() for short in types.split())
    return {name.lower(): name for name in named}
