"""HP033: a maintenance window has a reboot setting that Azure knows and that finishes what it installs."""

from collections.abc import Iterator

from azure_hotpatch.finding import Finding
from azure_hotpatch.maintenance import REBOOT_SETTINGS
from azure_hotpatch.maintenance_record import INSTALL, is_in_guest
from azure_hotpatch.record import Kind, Record
from azure_hotpatch.rule import Context, Rule, Severity
from azure_hotpatch.schedules import meant_reboot_setting

PATH = f"{INSTALL}.rebootSetting"


def check(record: Record, _: Context) -> Iterator[Finding]:
    if not is_in_guest(record):
        return
    value = record.read(PATH)
    meant = meant_reboot_setting(value)
    if value is not None and meant is None:
        message = f"rebootSetting {value!r} is not one of {', '.join(REBOOT_SETTINGS)}"
        yield RULE.violation(record, PATH, message, "IfRequired or Always")
    elif meant == "Never":
        message = "rebootSetting is Never, so what needs a restart is installed and never in use"
        yield RULE.violation(record, PATH, message, "IfRequired or Always")


RULE = Rule(
    id="HP033",
    name="window-may-restart",
    summary="The maintenance window never restarts a machine, so its updates are not finished.",
    remedy="Set rebootSetting to IfRequired.",
    severity=Severity.WARNING,
    kinds=frozenset({Kind.MAINTENANCE_CONFIGURATION}),
    check=check,
)
