"""HP013: automaticByPlatformSettings are set only with patch mode AutomaticByPlatform."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.patching import why_not_platform_settings
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.hotpatching import PATCH_MODE, PLATFORM_SETTINGS
from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.domain.judging.rule import Context, Requirement, Rule


def check(record: Record, _: Context) -> Iterator[Finding]:
    if not record.peek_machine(PLATFORM_SETTINGS):
        return
    reason = why_not_platform_settings(record.machine(PATCH_MODE))
    if reason and record.machine(PLATFORM_SETTINGS):
        yield RULE.violation(record, record.prefix + PLATFORM_SETTINGS, reason, "absent, or AutomaticByPlatform")


RULE = Rule(
    id="HP013",
    name="platform-settings-fit-the-mode",
    summary="automaticByPlatformSettings are given with another patch mode.",
    remedy="Set patchMode to AutomaticByPlatform, or remove automaticByPlatformSettings.",
    hotpatch_requires=Requirement.CHANGEABLE,
    check=check,
)
