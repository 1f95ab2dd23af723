"""The patching modes that a stack's configuration declares, for the pack."""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from azure_hotpatch.domain.azure.patching import PatchingMode
from azure_hotpatch.domain.judging.modes import NOTHING_DECLARED, DeclaredModes
from azure_hotpatch.domain.settings import PASSWORD, SettingsError, StackSettings, parse_settings

_NAMESPACE = "azure-hotpatch"


def declared_modes(config: Mapping[str, str], project: str = "") -> DeclaredModes:
    """The patching modes that a stack's settings declare: of its groups of machines, and of all other machines.

    `config` is a stack's configuration as Pulumi has it: strings, with JSON for lists and objects. Its keys begin with
    azure-hotpatch or with the project's name. Wrong settings declare nothing:
    the program reports them.
    """
    template = _keys(config, _NAMESPACE)
    for own in ({**template, **_keys(config, project)}, template):  # a project may have other settings of its own
        with suppress(SettingsError, ValueError, RecursionError):
            return _modes(own)
    return NOTHING_DECLARED


def _keys(config: Mapping[str, str], namespace: str) -> dict[str, str]:
    own = {key.partition(":")[2]: value for key, value in config.items() if key.partition(":")[0] == namespace}
    return {key: value for key, value in own.items() if key != PASSWORD}


def _modes(own: Mapping[str, str]) -> DeclaredModes:
    settings = parse_settings({key: _value(text) for key, text in own.items()})
    stack = settings.maintenance.mode
    groups = tuple((f"*::{name}-vm", mode) for name, mode in _by_name(settings) if mode is not stack)
    return DeclaredModes((*groups, ("*", stack)))


def _by_name(settings: StackSettings) -> list[tuple[str, PatchingMode]]:
    """The mode of each machine of the fleet, by the name of its component."""
    return [
        (settings.resource_name(name), settings.mode(group))
        for group in settings.fleet.machines
        for name in group.machine_names(settings.naming.digits)
    ]


def _value(text: Any) -> Any:
    return json.loads(text) if isinstance(text, str) and text[:1] in ("{", "[") else text
