"""HP043: a machine declared with a patching mode other than hotpatch has the settings of that mode."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.coercion import as_bool
from azure_hotpatch.domain.azure.patching import PatchingMode, windows_configuration
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.hotpatching import BYPASS, ENABLED, is_hotpatched
from azure_hotpatch.domain.judging.record import Kind, Record, Unknown
from azure_hotpatch.domain.judging.rule import Context, Rule


def check(record: Record, context: Context) -> Iterator[Finding]:
    mode = context.modes.mode_of(record)
    if mode is PatchingMode.HOTPATCH:
        return
    declared = f"the machine is declared to be patched by mode {mode}"
    bypass, wanted = record.peek_machine(BYPASS), _bypasses(mode)
    if not isinstance(bypass, Unknown) and (as_bool(bypass) or False) is not wanted:
        message = f"{declared}, which {'needs the bypass' if wanted else 'has no bypass'}"
        yield RULE.violation(record, record.prefix + BYPASS, message, str(wanted).lower())
    yield from RULE.unknowns(record, (record.prefix + BYPASS,))
    if is_hotpatched(record, context.catalogue):
        absent = record.machine(ENABLED) is None
        on = "enableHotpatching is absent, which Azure takes as true on this image" if absent else "hotpatch is on"
        yield RULE.violation(record, record.prefix + ENABLED, f"{declared}, and {on}", "false")


def _bypasses(mode: PatchingMode) -> bool:
    settings = windows_configuration(mode)["patchSettings"]["automaticByPlatformSettings"]
    return bool(settings["bypassPlatformSafetyChecksOnUserSchedule"])


RULE = Rule(
    id="HP043",
    name="patching-mode-is-as-declared",
    summary="The machine does not have the settings of the patching mode that is declared for it.",
    remedy="Set the value that the mode needs, or correct the mode in the stack's settings or in hotpatch.modes.",
    kinds=frozenset({Kind.VIRTUAL_MACHINE}),
    check=check,
)
