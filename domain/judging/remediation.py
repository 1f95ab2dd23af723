"""Which findings can be fixed automatically, and with which values: patch settings, never an image."""

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
from azure_hotpatch.domain.printable import shown_value

# What each rule's remedy sets. Azure accepts a change of any of these on a machine that exists, which it does not of
# the agent or of enableAutomaticUpdates.
_PATHS: Mapping[str, tuple[str, ...]] = {
    "HP004": (ENABLED,),
    "HP005": (PATCH_MODE,),
    "HP007": (BYPASS,),
    "HP008": (ASSESSMENT_MODE,),
    "HP009": (SETTINGS,),
    "HP013": (PATCH_MODE,),
    "HP018": (REBOOT_SETTING,),
    "HP020": (ENABLED,),
    "HP043": (ENABLED, BYPASS),
}
REMEDIABLE = frozenset(_PATHS)


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One value to set. `path` is as `Record.read` takes it; `was` is safe to print."""

    path: str
    value: Any
    was: str
    rule: str
    why: str

    def __str__(self) -> str:
        return f"{self.path}: {self.was} -> {shown_value(self.value)} ({self.rule}: {self.why})"


def changes(
    record: Record, findings: Iterable[Finding], mode: PatchingMode = PatchingMode.HOTPATCH
) -> list[SettingChange]:
    """What to set on a machine so that the violations among `findings` that can be fixed are gone.

    The values are those of `mode`, the patching mode that the machine is declared to have.

    A machine without an osProfile gets none: one cannot be added by halves. A path that an earlier change covers is
    left out.
    """
    if not isinstance(record.peek_machine("osProfile"), Mapping):
        return []
    # HP009 states the whole object, so it goes first and covers the rest.
    violations = [finding for finding in findings if finding.verdict is Verdict.VIOLATION]
    wanted = [
        SettingChange(
            record.prefix + path, _value(path, mode), record.shown(record.prefix + path), finding.rule, finding.message
        )
        for finding in sorted(violations, key=lambda finding: finding.rule != "HP009")
        for path in _PATHS.get(finding.rule, ())
    ]
    kept: list[SettingChange] = []
    for change in wanted:
        if not any(change.path == other.path or change.path.startswith(f"{other.path}.") for other in kept):
            kept.append(change)
    return kept


def _value(path: str, mode: PatchingMode) -> Any:
    """What a machine has at `path`, which lies in the patch settings, with a patching mode."""
    value: Any = windows_configuration(mode)["patchSettings"]
    for step in path.removeprefix(SETTINGS).split(".")[1:]:
        value = value[step]
    return deepcopy(value)
