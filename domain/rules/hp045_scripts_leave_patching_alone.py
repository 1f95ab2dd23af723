"""HP045: no script in the program turns Windows Update off, or changes machines outside the program."""

from collections.abc import Iterator
from typing import Any

from azure_hotpatch.domain.azure.coercion import as_word
from azure_hotpatch.domain.azure.update_scripts import why_script_matters
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.record import Kind, Record, Unknown
from azure_hotpatch.domain.judging.rule import Audience, Context, Rule, Severity

# Of a scale set, what is not a script is judged by the other rules.
EXTENSIONS = "virtualMachineProfile.extensionProfile"
# The names that hold a script, or what a script is in, in lower case; and the extensions that run one.
SCRIPTS = frozenset(
    {"commandtoexecute", "script", "scriptcontent", "create", "update", "source", "settings", "protectedsettings"}
)
RUNNERS = frozenset({"customscriptextension", "customscript", "customscriptforlinux", "dsc", "runcommandwindows"})


def check(record: Record, _: Context) -> Iterator[Finding]:
    for path, value in record.leaves():
        if record.kind is Kind.SCALE_SET and not path.startswith(EXTENSIONS):
            continue
        if isinstance(value, Unknown) and _last(path) in SCRIPTS and _runs(record, path):
            yield RULE.unverifiable(path, f"the value is {value.why}")
        reason = _why(value)
        if reason:
            yield RULE.violation(record, path, reason, "patch settings, and resources of the program", "such a script")


def _why(value: Any) -> str | None:
    return why_script_matters(value) if isinstance(value, str) else None


def _runs(record: Record, path: str) -> bool:
    """Whether an unknown value may be a script: most extensions have settings and run none."""
    at = path.rpartition(".extensions[")
    inline = f"{at[0]}{at[1]}{at[2].partition(']')[0]}]." if at[1] else ""
    kind = record.peek(f"{inline}type")
    return kind is None or isinstance(kind, Unknown) or as_word(kind) in RUNNERS


def _last(path: str) -> str:
    return path.rpartition(".")[2].lower()


RULE = Rule(
    id="HP045",
    name="scripts-leave-patching-alone",
    summary="A script turns Windows Update off, or changes machines without any check.",
    remedy="Leave Windows Update on, and declare what the script changes in Azure as resources of the program.",
    severity=Severity.NOTE,
    kinds=frozenset({Kind.SCRIPT, Kind.SCALE_SET, Kind.SCALE_SET_EXTENSION}),
    audience=Audience.WINDOWS,
    check=check,
)
