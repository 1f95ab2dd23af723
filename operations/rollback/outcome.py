"""What a machine said of itself after the script, and what that makes of the roll back."""

import json
from dataclasses import dataclass
from enum import StrEnum

from azure_hotpatch.operations.rollback.removal import Removal


class Said(StrEnum):
    """The words of the script."""

    REMOVED = "removed"
    ABSENT = "absent"
    RESTART_PENDING = "restart pending"
    WRONG_BASELINE = "wrong baseline"
    PERMANENT = "permanent"
    AMBIGUOUS = "ambiguous"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ScriptAnswer:
    """The script's line of JSON, read."""

    said: Said
    build: str
    packages: tuple[str, ...]
    code: int


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one machine. `build` is what it reports at the end, empty where it was not read."""

    machine: str  # its id
    done: bool
    words: str
    build: str = ""
    packages: tuple[str, ...] = ()


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
    raise UnreadableAnswerError(f"the machine did not say what came of it; it printed {shown!r}")


def why_not_removed(answer: ScriptAnswer, removal: Removal) -> str:
    """Why the update is still there after the first run, or an empty string."""
    names = ", ".join(answer.packages)
    return {
        Said.REMOVED: "",
        Said.ABSENT: _absent(answer, removal),
        Said.RESTART_PENDING: "a restart is pending: restart it, then roll back again; nothing was changed",
        Said.WRONG_BASELINE: (
            f"the baseline {removal.good_build} is not there, it has {names or 'none'}: nothing was removed; "
            "give --baseline with the build to fall back on, or make the machine anew"
        ),
        Said.PERMANENT: f"{names} cannot be uninstalled (0x800f0825): install the fix, or make the machine anew",
        Said.AMBIGUOUS: f"several packages match, nothing was removed: {names}",
        Said.FAILED: f"DISM ended with {answer.code} at {names}: see C:\\Windows\\Logs\\DISM\\dism.log",
    }[answer.said]


def result_of(machine: str, answer: ScriptAnswer, removal: Removal) -> Result:
    """The roll back as the second run, after the restart, has it."""
    done = answer.said is Said.ABSENT and not _absent(answer, removal)
    words = f"{removal.kb} is off it, build {answer.build}" if done else why_not_removed(answer, removal)
    if answer.said is Said.REMOVED:
        words = f"{removal.kb} came back between the removal and the restart: pause what installs it"
    return Result(machine, done, words, answer.build, answer.packages)


def _absent(answer: ScriptAnswer, removal: Removal) -> str:
    if answer.build != removal.bad_build:
        return ""
    return (
        f"no package of {removal.kb} is there, but its build is {answer.build}: look with `dism /online /get-packages`"
    )
