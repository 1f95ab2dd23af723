"""Which findings can be mended safely, and with which values: patch settings, never an image."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from azure_hotpatch.domain.azure.patching import PatchingMode, windows_configuration
from azure_hotpatch.domain.judging.finding import Finding, Verdict
from azure_hotpatch.domain.judging.hotpatching import (
    ASSESSMENT_MODE,
    BYPASS,
    ENABLED,
    PATCH_MODE,
    REBOOT_SETTING,
    SETTINGS,
)
from azure_hotpatch.domain.judging.record import Record

_HOTPATCH = windows_configuration(PatchingMode.HOTPATCH)["patchSettings"]
_PLATFORM = _HOTPATCH["automaticByPlatformSettings"]
# What a machine with hotpatch has at each path. Azure takes a change of any of these on a machine that exists, which
# it does not of the agent or of enableAutomaticUpdates.
_MENDED: Mapping[str, Mapping[str, Any]] = {
    "HP004": {ENABLED: True},
    "HP005": {PATCH_MODE: _HOTPATCH["patchMode"]},
    "HP007": {BYPASS: _PLATFORM["bypassPlatformSafetyChecksOnUserSchedule"]},
    "HP008": {ASSESSMENT_MODE: _HOTPATCH["assessmentMode"]},
    "HP009": {SETTINGS: _HOTPATCH},
    "HP013": {PATCH_MODE: _HOTPATCH["patchMode"]},
    "HP018": {REBOOT_SETTING: _PLATFORM["rebootSetting"]},
    "HP020": {ENABLED: True},
}
REMEDIABLE = frozenset(_MENDED)


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One value to set. `path` is as `Record.read` takes it; `was` is safe to print."""

    path: str
    value: Any
    was: str
    rule: str
    why: str

    def __str__(self) -> str:
        return f"{self.path}: {self.was} -> {self.value} ({self.rule}: {self.why})"


def changes(record: Record, findings: Iterable[Finding]) -> list[SettingChange]:
    """What to set on a machine so that the violations among `findings` that can be mended are gone.

    A machine without an osProfile gets none: one cannot be added by halves. A path that an earlier change covers is
    left out.
    """
    if not isinstance(record.peek_machine("osProfile"), Mapping):
        return []
    # HP009 states the whole object, so it goes first and covers the rest.
    violations = [finding for finding in findings if finding.verdict is Verdict.VIOLATION]
    wanted = [
        SettingChange(
            record.prefix + path, deepcopy(value), record.shown(record.prefix + path), finding.rule, finding.message
        )
        for finding in sorted(violations, key=lambda finding: finding.rule != "HP009")
        for path, value in _MENDED.get(finding.rule, {}).items()
    ]
    kept: list[SettingChange] = []
    for change in wanted:
        if not any(change.path == other.path or change.path.startswith(f"{other.path}.") for other in kept):
            kept.append(change)
    return kept
