"""Parse what a machine reports after the script, and decide the outcome of the rollback."""

import json
from dataclasses import dataclass
from enum import StrEnum

from azure_hotpatch.operations.install.take_back import Removal


class Said(StrEnum):
    """The answers of the script."""

    REMOVED = "removed"
    REMOVAL_PENDING = "removal pending"
    ABSENT = "absent"
    PRESENT = "present"
    RESTART_PENDING = "restart pending"
    WRONG_BASELINE = "wrong baseline"
    PERMANENT = "permanent"
    AMBIGUOUS = "ambiguous"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ScriptAnswer:
    """The script's line of JSON, parsed."""

    said: Said
    build: str
    packages: tuple[str, ...]
    code: int


class UnreadableAnswerError(ValueError):
    """What a machine printed is not the script's line; `str()` says what came instead."""


def answer_of(printed: str, kb: str) -> ScriptAnswer:
    """The last line that is the script's; raises UnreadableAnswerError."""
    for line in reversed(printed.splitlines()):
        try:
            found = json.loads(line)
            if found["kb"] == kb:
                return ScriptAnswer(
                    Said(found["outcome"]), found["build"], tuple(found["packages"]), int(found["code"])
                )
        except (ValueError, KeyError, TypeError):
            continue
    shown = " ".join(printed.split())[:200] or "nothing"
    raise UnreadableAnswerError(f"the machine did not report a result; it printed {shown!r}")


def why_not_removed(answer: ScriptAnswer, removal: Removal) -> str:
    """Why an update could not be uninstalled, or an empty string where it was."""
    names = ", ".join(answer.packages)
    return {
        Said.REMOVED: "",
        Said.REMOVAL_PENDING: "",
        Said.ABSENT: _absent(answer, removal),
        Said.PRESENT: f"{names} was not uninstalled",
        Said.RESTART_PENDING: "a restart is pending: restart it, then roll back again; nothing was changed",
        Said.WRONG_BASELINE: (
            f"the baseline {removal.good_build} is not there, it has {names or 'none'}: nothing was removed; "
            "give --baseline with the build to fall back on, or rebuild the machine"
        ),
        Said.PERMANENT: f"{names} cannot be uninstalled (0x800f0825): install the fix, or rebuild the machine",
        Said.AMBIGUOUS: f"several packages match, nothing was removed: {names}",
        Said.FAILED: f"DISM ended with {answer.code} at {names}: see C:\\Windows\\Logs\\DISM\\dism.log",
    }[answer.said]


def why_not_gone(answer: ScriptAnswer, removal: Removal) -> str:
    """Why an update is still on a machine after its removal and the restart, or an empty string."""
    return {
        Said.ABSENT: _absent(answer, removal),
        Said.PRESENT: f"{removal.kb} came back after it was removed: pause what installs it",
        Said.REMOVAL_PENDING: f"{removal.kb} is removed, and the restart that it needs did not come: restart it",
        Said.RESTART_PENDING: f"{removal.kb} is removed, and another restart is pending: restart it",
    }.get(answer.said) or (why_not_removed(answer, removal) if answer.said is not Said.ABSENT else "")


def why_not_fixed(answer: ScriptAnswer, fix: Removal) -> str:
    """Why the update that repairs it is not in force on a machine, or an empty string."""
    return {
        Said.PRESENT: "",
        Said.AMBIGUOUS: "",  # its number and its build, as two packages
        Said.RESTART_PENDING: f"{fix.kb} is not in force before a restart, and none came: restart it",
        Said.REMOVAL_PENDING: f"another process is uninstalling {fix.kb}",
    }.get(answer.said, f"{fix.kb} is not on it, its build is {answer.build}: assess it, and read what it is offered")


def _absent(answer: ScriptAnswer, removal: Removal) -> str:
    if answer.build != removal.bad_build:
        return ""
    return (
        f"no package of {removal.kb} is there, but its build is {answer.build}: look with `dism /online /get-packages`"
    )
