"""HP033: a maintenance window may restart a machine, so that what it installs is in use."""

from collections.abc import Iterator

from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.maintenance_record import INSTALL, is_in_guest
from azure_hotpatch.domain.judging.record import Kind, Record
from azure_hotpatch.domain.judging.rule import Context, Rule, Severity
from azure_hotpatch.domain.judging.schedules import meant_reboot_setting

PATH = f"{INSTALL}.rebootSetting"


def check(record: Record, _: Context) -> Iterator[Finding]:
    if not is_in_guest(record):
        return
    if meant_reboot_setting(record.read(PATH)) == "Never":
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
