"""Select the patches that a request asks for, by classification, KB number, name, date and reboot behaviour."""

from datetime import datetime
from fnmatch import fnmatchcase

from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.windows_update.patch import NEVER, OfferedPatch

WANTED, NOT_SELECTED, EXCLUDED = "Wanted", "NotSelected", "Excluded"


def judged(patch: OfferedPatch, wanted: Json) -> str:
    """WANTED, NOT_SELECTED or EXCLUDED; `wanted` is what installPatches calls windowsParameters."""
    if _named(patch, wanted.get("kbNumbersToExclude")) or _alike(patch, wanted.get("patchNameMasksToExclude")):
        return EXCLUDED
    if wanted.get("excludeKbsRequiringReboot") and patch.reboot != NEVER:
        return EXCLUDED
    if _is_later(patch, wanted.get("maxPatchPublishDate")):
        return NOT_SELECTED
    classes = {str(word).lower() for word in wanted.get("classificationsToInclude") or ()}
    included = _named(patch, wanted.get("kbNumbersToInclude")) or _alike(patch, wanted.get("patchNameMasksToInclude"))
    return WANTED if patch.classification.lower() in classes or included else NOT_SELECTED


def _named(patch: OfferedPatch, numbers: list[str] | None) -> bool:
    """Whether a list names a patch; a number is written with or without KB."""
    return bool(patch.kb) and patch.number in {str(one).upper().removeprefix("KB") for one in numbers or ()}


def _alike(patch: OfferedPatch, masks: list[str] | None) -> bool:
    return any(fnmatchcase(patch.name.lower(), str(mask).lower()) for mask in masks or ())


def _is_later(patch: OfferedPatch, latest: str | None) -> bool:
    return latest is not None and patch.published > datetime.fromisoformat(latest).date()
