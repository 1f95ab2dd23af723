"""Say findings in Terraform's own names: `patchMode` of ARM is `patch_mode` of azurerm."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.policies.reading.recorded import Raw
from azure_hotpatch.policies.spelling import Language, own_path, spelled

_PROVIDER = "azurerm_"
_ORCHESTRATED = "azurerm_orchestrated_virtual_machine_scale_set"
# Types that have no patch settings, and the one that has them (azurerm, services compute and legacy).
_SUCCESSORS = {
    "azurerm_virtual_machine": "azurerm_windows_virtual_machine",
    "azurerm_virtual_machine_scale_set": _ORCHESTRATED,
    "azurerm_windows_virtual_machine_scale_set": _ORCHESTRATED,
}
# Remedies whose ARM property azurerm has no attribute for.
_REMEDIES = {
    "HP003": f"Use {_ORCHESTRATED}; a set that exists has to be replaced.",
    "HP010": "Make the machine from source_image_reference, and attach the old disk as a data disk.",
    "HP019": "Add an extension block of the type ApplicationHealthWindows and the publisher Microsoft.ManagedServices.",
    "HP037": "Set secure_boot_enabled and vtpm_enabled to true.",
}
# What several attributes of azurerm decide together.
_SHARED = frozenset({"securityType"})
_CAMEL = re.compile(r"\b[a-z]+[A-Z]\w*\b")


def is_azurerm(record: Record) -> bool:
    """Whether a record's properties are written in azurerm's names: not in a template's, nor in a body's."""
    return record.type.startswith(_PROVIDER) and not record.origin and not isinstance(record.spelling, Raw)


def in_terraform(record: Record, finding: Finding) -> Finding:
    """The finding with ARM's names replaced by azurerm's, of a record that is written in them."""
    words = _words(tuple(record.spelling.items()))
    return replace(
        finding,
        message=_replaced(finding.message, words),
        allowed=_ORCHESTRATED if finding.rule == "HP003" else _replaced(finding.allowed, words),
        remedy=_remedy(record, finding) or _replaced(finding.remedy, words),
    )


def _remedy(record: Record, finding: Finding) -> str:
    successor = _SUCCESSORS.get(record.type)
    if successor and finding.path and not own_path(record, finding.path):
        return f"Use {successor}; {record.type} has no such setting."
    return _REMEDIES.get(finding.rule, "")


@lru_cache(maxsize=64)  # the resources of a plan have few spellings
def _words(paths: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """The last name of each ARM path, and of the path in the bridge's camelCase, with azurerm's name of it."""
    spelling, words = dict(paths), dict[str, str]()
    for arm, own in paths:
        name = _last(own)
        words[_last(arm)] = words[name] = spelled(name, Language.SNAKE)
    for parent in {arm.rpartition(".")[0] for arm in spelling} - spelling.keys():
        words.setdefault(_last(parent), _joined(own for arm, own in spelling.items() if arm.startswith(f"{parent}.")))
    return {name: word for name, word in words.items() if word and name not in _SHARED}


def _joined(own: Iterable[str]) -> str:
    """What azurerm has in place of an object: the block of the same members, or the attributes, where they are few."""
    paths = list(dict.fromkeys(own))
    heads = {path.partition(".")[0] for path in paths}
    if len(heads) == 1 and "." in paths[0]:
        return spelled(heads.pop(), Language.SNAKE)
    return " and ".join(spelled(path, Language.SNAKE) for path in paths) if len(paths) <= 2 else ""


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def _replaced(text: str, words: Mapping[str, str]) -> str:
    return _CAMEL.sub(lambda name: words.get(name[0], name[0]), text)
