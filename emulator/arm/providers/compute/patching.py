"""assessPatches and installPatches: what they take, and what they answer when they are done."""

import re
import uuid
from collections.abc import Mapping
from datetime import datetime

from azure_hotpatch.emulator.arm.bodies import Json
from azure_hotpatch.emulator.arm.errors import InvalidParameter, OperationNotAllowed
from azure_hotpatch.emulator.arm.providers.compute import agent, power
from azure_hotpatch.emulator.arm.providers.compute.patches import NEVER, Patch, assessed, install, offered, summary
from azure_hotpatch.emulator.arm.resource_type import Act, Action
from azure_hotpatch.emulator.arm.stored import Resource, stamp

_DURATION = re.compile(r"PT(?=\d)(\d+H)?(\d+M)?(\d+S)?")
# azure-mgmt-compute, VMGuestPatchRebootSetting and VMGuestPatchClassificationWindows
_REBOOT_SETTINGS = ("IfRequired", "Never", "Always")
_CLASSIFICATIONS = (
    "Critical",
    "Security",
    "UpdateRollUp",
    "FeaturePack",
    "ServicePack",
    "Definition",
    "Tools",
    "Updates",
)


def refuse_without_agent(act: Act) -> None:
    """Patching is done by extensions: they must be allowed, and the machine must run."""
    agent.check(act.resource)
    if not power.is_running(act.resource):
        raise OperationNotAllowed(  # wording not published
            f"Patch operations cannot be performed on VM '{act.resource.name}' because it is not running."
        )


def _assess(act: Act) -> Json:
    now = act.tx.now()
    act.resource.hidden["assessment"] = {
        "assessmentActivityId": str(uuid.uuid4()),
        "startTime": stamp(now),
        "lastModifiedTime": stamp(now),
    }
    act.tx.hide(act.resource)
    return {
        "status": "Succeeded",
        "assessmentActivityId": act.resource.hidden["assessment"]["assessmentActivityId"],
        "startDateTime": stamp(now),
        **summary(act.resource, now.date()),
        "availablePatches": [assessed(patch) for patch in offered(act.resource, now.date())],
    }


def _begin_install(act: Act) -> None:
    refuse_without_agent(act)
    _require_one_of(act.body, "rebootSetting", _REBOOT_SETTINGS)
    duration = act.body.get("maximumDuration")
    if duration is not None and not _DURATION.fullmatch(str(duration)):
        raise InvalidParameter(f"The value '{duration}' of parameter 'maximumDuration' is invalid.", "maximumDuration")
    parameters = act.body.get("windowsParameters") or act.body.get("linuxParameters") or {}
    included = parameters.get("kbNumbersToInclude") or parameters.get("packageNameMasksToInclude")
    if not included and not parameters.get("classificationsToInclude"):
        raise InvalidParameter(  # wording not published
            "At least one classification, or one update to include, must be specified.",
            "windowsParameters.classificationsToInclude",
        )
    for word in (act.body.get("windowsParameters") or {}).get("classificationsToInclude") or ():
        _check_word("windowsParameters.classificationsToInclude", word, _CLASSIFICATIONS)


def _install(act: Act) -> Json:
    wanted = act.body.get("windowsParameters") or {}
    result = carry_out(act.resource, wanted, act.body["rebootSetting"], act.tx.now())
    act.tx.hide(act.resource)
    return result


def carry_out(machine: Resource, wanted: Json, reboot_setting: str, now: datetime) -> Json:
    """Install what is offered and wanted, in what is hidden of a machine; the result as installPatches gives it."""
    states = {patch: _state(patch, wanted) for patch in offered(machine, now.date())}
    chosen = tuple(patch for patch, state in states.items() if state == "Installed")
    reboot_status = install(machine, chosen, reboot_setting, now.date())
    counts = {f"{word}PatchCount": 0 for word in ("notSelected", "excluded", "pending", "installed", "failed")}
    for state in states.values():
        counts[f"{state[0].lower()}{state[1:]}PatchCount"] += 1
    activity = {"installationActivityId": str(uuid.uuid4()), "maintenanceWindowExceeded": False, **counts}
    machine.hidden["installation"] = {**activity, "startTime": stamp(now), "lastModifiedTime": stamp(now)}
    _remember(machine, chosen, reboot_status, now)
    return {
        "status": "Succeeded",
        "rebootStatus": reboot_status,
        "startDateTime": stamp(now),
        **activity,
        "patches": [_installed(patch, state) for patch, state in states.items()],
    }


def _remember(machine: Resource, chosen: tuple[Patch, ...], reboot_status: str, now: datetime) -> None:
    installation = {
        "time": stamp(now),
        "patches": [patch.name for patch in chosen],
        "restarted": reboot_status == "Completed",
    }
    machine.hidden["history"] = [*machine.hidden.get("history", []), installation]


def _state(patch: Patch, wanted: Json) -> str:
    if _named(patch, wanted.get("kbNumbersToExclude")):
        return "Excluded"
    if wanted.get("excludeKbsRequiringReboot") and patch.reboot != NEVER:
        return "Excluded"
    classes = {str(word).lower() for word in wanted.get("classificationsToInclude") or ()}
    chosen = patch.classification.lower() in classes or _named(patch, wanted.get("kbNumbersToInclude"))
    return "Installed" if chosen else "NotSelected"


def _named(patch: Patch, numbers: list[str] | None) -> bool:
    """Whether a list names a patch; a number is written with or without KB."""
    return patch.kb.removeprefix("KB") in {str(number).upper().removeprefix("KB") for number in numbers or ()}


def _installed(patch: Patch, state: str) -> Json:
    return {
        "patchId": patch.id,
        "name": patch.name,
        "version": "",
        "kbId": patch.kb.removeprefix("KB"),
        "classifications": [patch.classification],
        "installationState": state,
    }


def _require_one_of(body: Json, name: str, allowed: tuple[str, ...]) -> None:
    if body.get(name) is None:
        raise InvalidParameter(f"Required parameter '{name}' is missing (null).", name)
    _check_word(name, body[name], allowed)


def _check_word(name: str, value: object, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise InvalidParameter(
            f"The value '{value}' of parameter '{name}' is not allowed. Allowed values are: {', '.join(allowed)}.", name
        )


ACTIONS: Mapping[str, Action] = {
    "assessPatches": Action(_assess, refuse_without_agent, polls=1),
    "installPatches": Action(
        _install,
        _begin_install,
        polls=1,
        remembers=("rebootSetting", "maximumDuration", "windowsParameters", "linuxParameters"),
    ),
}
