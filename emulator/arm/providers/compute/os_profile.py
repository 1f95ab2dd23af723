"""Validate an osProfile: names, passwords, and the configuration of the operating system."""

import re
from dataclasses import dataclass

from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change
from azure_hotpatch.emulator.arm.protocol.bodies import Json, fill, items
from azure_hotpatch.emulator.arm.protocol.errors import InvalidParameter
from azure_hotpatch.emulator.arm.providers.compute import images, patch_settings
from azure_hotpatch.emulator.arm.providers.maintenance.time_zones import TIME_ZONES

SECRETS = ("osProfile.adminPassword", "osProfile.customData", "userData")

_BAD_IN_COMPUTER_NAME = re.compile(r"[`~!@#$%^&*()=+_\[\]{}\\|;:.'\",<>/?\s]")
# "What are the username requirements when creating a VM?"
_REFUSED_USERS = frozenset(
    {"administrator", "admin", "user", "user1", "test", "user2", "test1", "user3", "admin1", "1", "123", "a", "actuser"}
    | {"adm", "admin2", "aspnet", "backup", "console", "david", "guest", "john", "owner", "root", "server", "sql"}
    | {"support", "support_388945a0", "sys", "test2", "test3", "user4", "user5"}
)
_CLASSES = (r"[A-Z]", r"[a-z]", r"\d", r"[^A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Origin:
    """The facts of the machine that an osProfile is for."""

    windows: bool
    hotpatched: bool  # whether its image is
    new: bool  # passwords and names are required only at creation
    version: str  # the request's api-version
    patchable: bool  # whether the platform patches machines of its image


def origin(change: Change, image: Json, *, windows: bool) -> Origin:
    """The facts of the machine, or scale set, that a request creates from an image."""
    hotpatched, patchable = images.is_hotpatched(image), images.is_patchable(image)
    return Origin(windows, hotpatched, change.before is None, change.version, patchable)


def complete(profile: Json, origin: Origin) -> None:
    """Check an osProfile and fill it in; the computer's name is left to the caller."""
    fill(profile, {"secrets": [], "allowExtensionOperations": True, "requireGuestProvisionSignal": True})
    if origin.new:
        _check_user(profile)
    if origin.windows:
        _complete_windows(profile, origin)
    else:
        _complete_linux(profile, origin)


def check_computer_name(name: str, longest: int, words: str, target: str) -> None:
    """Refuse what Windows does not take as the name, or the prefix of names, of a computer."""
    if len(name) > longest or name.isdigit() or _BAD_IN_COMPUTER_NAME.search(name):
        raise InvalidParameter(
            f"Windows {words} cannot be more than {longest} characters long, be entirely numeric, or contain the "
            "following characters: ` ~ ! @ # $ % ^ & * ( ) = + _ [ ] { } \\ | ; : . ' \" , < > / ?.",
            target,
        )


def _complete_windows(profile: Json, origin: Origin) -> None:
    _refuse(profile, "linuxConfiguration")
    if origin.new:
        _check_password(profile, 8, 123)
    config = profile.setdefault("windowsConfiguration", {})
    zone = config.get("timeZone")
    if zone is not None and str(zone).lower() not in TIME_ZONES:  # wording not published
        raise InvalidParameter(
            f"The value '{zone}' of parameter 'windowsConfiguration.timeZone' is not allowed.",
            "windowsConfiguration.timeZone",
        )
    patch_settings.complete(config, hotpatched=origin.hotpatched, version=origin.version)
    if not origin.patchable:
        patch_settings.refuse_platform(config, "windowsConfiguration")
    fill(config, {"enableVMAgentPlatformUpdates": False})
    for content in items(config, "additionalUnattendContent"):
        content.pop("content", None)  # it may hold a password, and Azure does not give it back


def _complete_linux(profile: Json, origin: Origin) -> None:
    _refuse(profile, "windowsConfiguration")
    config = profile.setdefault("linuxConfiguration", {})
    fill(config, {"disablePasswordAuthentication": False, "provisionVMAgent": True})
    fill(config, {"patchSettings.patchMode": "ImageDefault", "patchSettings.assessmentMode": "ImageDefault"})
    if not origin.patchable:
        patch_settings.refuse_platform(config, "linuxConfiguration")
    settings = config["patchSettings"]
    by_platform = str(settings["patchMode"]).lower() == "automaticbyplatform"
    if settings.get("automaticByPlatformSettings") is not None and not by_platform:
        raise InvalidParameter(
            "AutomaticByPlatformSettings cannot be set if the PatchMode is not 'AutomaticByPlatform'.",
            "linuxConfiguration.patchSettings.automaticByPlatformSettings",
        )
    if origin.new and config["disablePasswordAuthentication"] is not True:
        _check_password(profile, 6, 72)


def _refuse(profile: Json, name: str) -> None:
    if name in profile:
        raise InvalidParameter(f"Parameter '{name}' is not allowed.", name)


def _check_user(profile: Json) -> None:
    user = profile.get("adminUsername")
    if not user:
        raise InvalidParameter("Required parameter 'adminUsername' is missing (null).", "adminUsername")
    if str(user).lower() in _REFUSED_USERS:
        raise InvalidParameter("The Admin Username specified is not allowed.", "adminUsername")


def _check_password(profile: Json, shortest: int, longest: int) -> None:
    """Refuse a password that is missing or too weak, without quoting it."""
    password = profile.get("adminPassword")
    if not password:
        raise InvalidParameter("Required parameter 'adminPassword' is missing (null).", "adminPassword")
    strong = sum(bool(re.search(kind, password)) for kind in _CLASSES) >= 3
    if not strong or not shortest <= len(password) <= longest:
        raise InvalidParameter(
            f"The supplied password must be between {shortest}-{longest} characters long and must satisfy at least 3 "
            "of password complexity requirements from the following:\n1) Contains an uppercase character\n"
            "2) Contains a lowercase character\n3) Contains a numeric digit\n4) Contains a special character\n"
            "5) Control characters are not allowed",
            "adminPassword",
        )
