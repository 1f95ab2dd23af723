"""HP025: a machine and its schedule have the same reboot setting; where they differ, the machine's applies."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.coercion import as_one_of
from azure_hotpatch.domain.azure.patching import REBOOT_SETTINGS
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.hotpatching import REBOOT_SETTING
from azure_hotpatch.domain.judging.links import Links
from azure_hotpatch.domain.judging.record import MACHINES, Record
from azure_hotpatch.domain.judging.rule import Context, Rule, Severity
from azure_hotpatch.domain.judging.schedules import attachments, meant_reboot_setting
from azure_hotpatch.domain.printable import SECRET

SETTING = "installPatches.rebootSetting"


def check_links(record: Record, links: Links, _: Context) -> Iterator[Finding]:
    own = as_one_of(record.peek_machine(REBOOT_SETTING), REBOOT_SETTINGS)
    if own is None:
        return
    for attached in attachments(record, links):
        setting = attached.configuration and attached.configuration.peek(SETTING)
        theirs = meant_reboot_setting(setting)
        if theirs and theirs != own:
            if attached.configuration and attached.configuration.shown(SETTING) == SECRET:
                yield RULE.violation(record, record.prefix + REBOOT_SETTING, RULE.summary, "the schedule's setting")
                continue
            name = attached.configuration.name if attached.configuration else ""
            message = (
                f"the machine says {own} and its schedule {name!r} says {theirs}; Azure does what the machine says"
            )
            yield RULE.violation(record, record.prefix + REBOOT_SETTING, message, theirs)


RULE = Rule(
    id="HP025",
    name="reboot-settings-agree",
    summary="A machine and its schedule differ in their reboot settings, and the schedule's has no effect.",
    remedy="Give both the same rebootSetting, or remove the machine's.",
    severity=Severity.WARNING,
    kinds=MACHINES,
    check_links=check_links,
)
