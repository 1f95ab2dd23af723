"""HP040: a patch setting has one of the values that Azure accepts."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.patching import (
    ASSESSMENT_MODES,
    REBOOT_SETTINGS,
    why_not_known_assessment_mode,
    why_not_known_reboot_setting,
)
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.hotpatching import ASSESSMENT_MODE, REBOOT_SETTING
from azure_hotpatch.domain.judging.maintenance_record import INSTALL, is_in_guest
from azure_hotpatch.domain.judging.record import MACHINES, Kind, Record
from azure_hotpatch.domain.judging.rule import Context, Rule
from azure_hotpatch.domain.judging.schedules import meant_reboot_setting

WINDOW_SETTING = f"{INSTALL}.rebootSetting"


def check(record: Record, _: Context) -> Iterator[Finding]:
    yield from _of_window(record) if record.kind is Kind.MAINTENANCE_CONFIGURATION else _of_machine(record)


def _of_machine(record: Record) -> Iterator[Finding]:
    mode, setting = record.prefix + ASSESSMENT_MODE, record.prefix + REBOOT_SETTING
    reason = why_not_known_assessment_mode(record.read(mode))
    if reason:
        yield RULE.violation(record, mode, reason, ", ".join(ASSESSMENT_MODES))
    reason = why_not_known_reboot_setting(record.read(setting))
    if reason:
        yield RULE.violation(record, setting, reason, ", ".join(REBOOT_SETTINGS))


def _of_window(record: Record) -> Iterator[Finding]:
    # A window's setting is read back by other names than it is given by, and those count as known.
    if not is_in_guest(record) or meant_reboot_setting(record.read(WINDOW_SETTING)):
        return
    reason = why_not_known_reboot_setting(record.read(WINDOW_SETTING))
    if reason:
        yield RULE.violation(record, WINDOW_SETTING, reason, ", ".join(REBOOT_SETTINGS))


RULE = Rule(
    id="HP040",
    name="settings-are-azures-words",
    summary="A patch setting has a value that Azure does not accept, so the resource cannot be created.",
    remedy="Set one of the allowed values; letter case is ignored.",
    kinds=MACHINES | {Kind.MAINTENANCE_CONFIGURATION},
    check=check,
)
