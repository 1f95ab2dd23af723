"""Validate a request to install patches, on a virtual machine or an Arc machine."""

import re
from datetime import datetime, timedelta

from azure_hotpatch.emulator.arm.patching.installation import InstallationRequest
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import InvalidParameter, ValueNotAllowed

_DURATION = re.compile(r"PT(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?")
# "Install Patches": maximumDuration, "PT4H" where it is left out of the examples
_LONGEST_MINUTES = 240
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
FAULT = "emulatorFault"  # what the patches do on purpose, which is none of Azure's members
INSTALL_BODY = ("rebootSetting", "maximumDuration", "windowsParameters", "linuxParameters", FAULT)


def check_install(body: Json) -> None:
    """Refuse a request to install that lacks a parameter, or has a value that Azure does not know."""
    _require_one_of(body, "rebootSetting", _REBOOT_SETTINGS)
    duration = body.get("maximumDuration")
    if duration is not None and not _DURATION.fullmatch(str(duration)):
        raise InvalidParameter(f"The value '{duration}' of parameter 'maximumDuration' is invalid.", "maximumDuration")
    parameters = body.get("windowsParameters") or body.get("linuxParameters") or {}
    included = parameters.get("kbNumbersToInclude") or parameters.get("packageNameMasksToInclude")
    if not included and not parameters.get("classificationsToInclude"):
        raise InvalidParameter(  # wording not published
            "At least one classification, or one update to include, must be specified.",
            "windowsParameters.classificationsToInclude",
        )
    _check_windows(body.get("windowsParameters") or {})


def _check_windows(parameters: Json) -> None:
    for word in parameters.get("classificationsToInclude") or ():
        _check_word("windowsParameters.classificationsToInclude", word, _CLASSIFICATIONS)
    latest = parameters.get("maxPatchPublishDate")
    try:
        datetime.fromisoformat(latest or "2000-01-01")
    except (TypeError, ValueError):
        raise InvalidParameter(  # wording not published
            f"The value '{latest}' of parameter 'windowsParameters.maxPatchPublishDate' is invalid.",
            "windowsParameters.maxPatchPublishDate",
        ) from None


def order_of(body: Json) -> InstallationRequest:
    """The options in the body of installPatches."""
    return InstallationRequest(
        body.get("windowsParameters") or {},
        body["rebootSetting"],
        _minutes(body.get("maximumDuration")),
        fault=body.get(FAULT, ""),
    )


def longest(body: Json, started: datetime) -> datetime:
    """When an installation that started then is over at the latest; without a maximum, after Azure's own."""
    return started + timedelta(minutes=_minutes(body.get("maximumDuration")) or _LONGEST_MINUTES)


def _minutes(duration: str | None) -> int | None:
    match = _DURATION.fullmatch(duration or "")
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return int(timedelta(hours=hours, minutes=minutes, seconds=seconds).total_seconds() // 60)


def _require_one_of(body: Json, name: str, allowed: tuple[str, ...]) -> None:
    if body.get(name) is None:
        raise InvalidParameter(f"Required parameter '{name}' is missing (null).", name)
    _check_word(name, body[name], allowed)


def _check_word(name: str, value: object, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ValueNotAllowed(value, name, allowed)
