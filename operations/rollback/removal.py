"""The script that removes an update from a machine, and the packages that it looks for."""

import re

from azure_hotpatch.operations.install.take_back import Removal
from azure_hotpatch.operations.status.release_history import BUILDS, Line, ReleaseHistory, UpdateLevel
from azure_hotpatch.templates.powershell import environment

_BUILD = re.compile(r"\d{5}\.\d{1,6}")
_NOTHING = "-"  # a pattern that no package matches


class NotRemovableError(ValueError):
    """Too little is recorded about an update to uninstall it; `str()` says what is missing and what to do."""


def is_build(text: str) -> bool:
    """Whether a text has the form of a build: 20348.2113."""
    return bool(_BUILD.fullmatch(text))


def removal_of(level: UpdateLevel, record: ReleaseHistory, baseline: str | None = None) -> Removal:
    """How an update is uninstalled. `baseline` is the build to fall back on, instead of the last one before it.

    Raises NotRemovableError where the record has no build of the two.
    """
    if level.revision is None:
        raise NotRemovableError(f"the build of {level} is not recorded: add it with `hotpatch calendar update`")
    good = baseline or _last_good(level, record)
    if not is_build(good):  # it becomes a part of the script
        raise NotRemovableError(f"{good!r} is not a build: write it as 20348.2113")
    return _target(level, record, good)


def target_of(level: UpdateLevel, record: ReleaseHistory) -> Removal:
    """What the script looks for to see whether an update is on a machine; nothing has to lie below it."""
    build = f"{BUILDS[record.generation]}.{level.revision}"
    return _target(level, record, build).model_copy(update={"baseline": "*"})


def script(removal: Removal, *, removing: bool = True) -> str:
    """The complete PowerShell script; it only checks unless `removing`."""
    return environment().get_template("roll_back.ps1.j2").render(removal=removal, removing=removing)


def _target(level: UpdateLevel, record: ReleaseHistory, good: str) -> Removal:
    build = f"{BUILDS[record.generation]}.{level.revision}"
    # A hotpatch's number is in its package's name. A build that two updates share does not tell them apart.
    shared = level.revision is None or (level.line is Line.HOTPATCH and len(record.at(level.revision)) > 1)
    return Removal(
        kb=f"KB{level.kb}",
        named=f"Package_for_KB{level.kb}~*",
        rollup=_NOTHING if shared else _rollup(build),
        baseline=_rollup(good),
        bad_build=build,
        good_build=good,
    )


def _last_good(level: UpdateLevel, record: ReleaseHistory) -> str:
    before = [one for one in record.levels if one.line is Line.BASELINE and one.day < level.day]
    if not before or before[-1].revision is None:
        raise NotRemovableError(f"no baseline before {level} is recorded: give its build with --baseline")
    return f"{BUILDS[record.generation]}.{before[-1].revision}"


def _rollup(build: str) -> str:
    return f"Package_for_*RollupFix*~{build}.*"
