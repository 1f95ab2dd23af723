"""The combinations of guest patch settings that Azure refuses on a machine, and its error messages."""

from collections.abc import Callable
from typing import NamedTuple

from azure_hotpatch.emulator.arm.protocol.bodies import Json, fill, read
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest, InvalidParameter

_MODE = "patchSettings.patchMode"
_HOTPATCH = "patchSettings.enableHotpatching"
_ASSESSMENT = "patchSettings.assessmentMode"
_PLATFORM = "patchSettings.automaticByPlatformSettings"
_BYPASS = f"{_PLATFORM}.bypassPlatformSafetyChecksOnUserSchedule"
_OLDEST_FOR_HOTPATCH = "2020-06-01"
# azure-rest-api-specs 11768 and the specifications of each version: since when a member is known.
_SINCE = {"patchSettings": ("2020-06-01", "WindowsConfiguration"), _HOTPATCH: ("2020-12-01", "PatchSettings")}


class _Rule(NamedTuple):
    target: str
    refused: Callable[[Json, bool], bool]  # the windowsConfiguration, and whether the image is hotpatched
    words: str


def _is(config: Json, path: str, value: object) -> bool:
    found = read(config, path)
    return found.lower() == value.lower() if isinstance(found, str) and isinstance(value, str) else found == value


def _by_platform(config: Json) -> bool:
    return _is(config, _MODE, "AutomaticByPlatform")


# The order in which a broken configuration is answered; one that breaks several rules gets the first.
_RULES = (
    # MicrosoftDocs, patchSettings.enableHotpatching; the words: azure-cli 21504
    _Rule(
        _HOTPATCH,
        lambda config, _: (
            _is(config, _HOTPATCH, True) and not (_is(config, "provisionVMAgent", True) and _by_platform(config))
        ),
        "EnableHotpatching cannot be set to true. For enableHotpatching, the 'provisionVMAgent' must be set to true "
        "and 'patchMode' must be set to 'AutomaticByPlatform'.",
    ),
    # claranet/terraform-azurerm-windows-vm 4
    _Rule(
        _BYPASS,
        lambda config, _: _is(config, _HOTPATCH, True) and _is(config, _BYPASS, True),
        "Hotpatch updates require platform safety checks. The 'BypassPlatformSafetyChecksOnUserSchedule' flag must be "
        "set to false to enable hotpatching.",
    ),
    # The article: only on the listed images. Wording not published.
    _Rule(
        _HOTPATCH,
        lambda config, hotpatched: _is(config, _HOTPATCH, True) and not hotpatched,
        "EnableHotpatching cannot be set to true. Hotpatching is not supported for the image that the virtual machine "
        "is created from.",
    ),
    # terraform-provider-azurerm, windows_virtual_machine_resource.go. Wording not published.
    _Rule(
        _MODE,
        lambda config, hotpatched: hotpatched and not _by_platform(config),
        "The patchMode must be set to 'AutomaticByPlatform' for hotpatch compatible VMs.",
    ),
    # kumarvna/terraform-azurerm-virtual-machine 13
    _Rule(
        _MODE,
        lambda config, _: _is(config, _MODE, "AutomaticByOS") and not _is(config, "enableAutomaticUpdates", True),
        "The patchMode 'AutomaticByOS' is invalid. For patchMode 'AutomaticByOS', the property "
        "'enableAutomaticUpdates' must be set to true.",
    ),
    # The same for Manual. Wording not published.
    _Rule(
        _MODE,
        lambda config, _: _is(config, _MODE, "Manual") and not _is(config, "enableAutomaticUpdates", False),
        "The patchMode 'Manual' is invalid. For patchMode 'Manual', the property 'enableAutomaticUpdates' must be set "
        "to false.",
    ),
    # MicrosoftDocs, patchSettings.patchMode. Wording not published.
    _Rule(
        _MODE,
        lambda config, _: _by_platform(config) and not _is(config, "provisionVMAgent", True),
        "The patchMode 'AutomaticByPlatform' is invalid. For patchMode 'AutomaticByPlatform', the property "
        "'provisionVMAgent' must be set to true.",
    ),
    # bicep-registry-modules 2081
    _Rule(
        _PLATFORM,
        lambda config, _: read(config, _PLATFORM) is not None and not _by_platform(config),
        "AutomaticByPlatformSettings cannot be set if the PatchMode is not 'AutomaticByPlatform'.",
    ),
    # MicrosoftDocs, patchSettings.assessmentMode. Wording not published.
    _Rule(
        _ASSESSMENT,
        lambda config, _: _is(config, _ASSESSMENT, "AutomaticByPlatform") and not _is(config, "provisionVMAgent", True),
        "The assessmentMode 'AutomaticByPlatform' is invalid. For assessmentMode 'AutomaticByPlatform', the property "
        "'provisionVMAgent' must be set to true.",
    ),
)


def complete(config: Json, *, hotpatched: bool, version: str) -> None:
    """Fill in a windowsConfiguration as Azure does and refuse what it refuses; `version` is the api-version."""
    if hotpatched:
        _check_hotpatch_image(config, version)
    _check_members(config, version)
    fill(config, {"provisionVMAgent": True, "enableAutomaticUpdates": True})
    fill(
        config,
        {
            _MODE: "AutomaticByOS" if config["enableAutomaticUpdates"] is True else "Manual",
            _ASSESSMENT: "ImageDefault",
            _HOTPATCH: hotpatched,  # absent is not false: Azure turns it on where the image has it
        },
    )
    for rule in _RULES:
        if rule.refused(config, hotpatched):
            raise InvalidParameter(rule.words, f"windowsConfiguration.{rule.target}")


def refuse_platform(config: Json, where: str) -> None:
    """Refuse that the platform patches or assesses a machine of an image that it does not know."""
    for path in (_MODE, _ASSESSMENT):
        if _is(config, path, "AutomaticByPlatform"):  # these words are quoted in four independent repositories
            words = "The selected VM image is not supported for VM Guest patch operations."
            raise InvalidParameter(words, f"{where}.{path}")


def _check_hotpatch_image(config: Json, version: str) -> None:
    if version[:10] < _OLDEST_FOR_HOTPATCH:  # hashicorp/packer 11746
        raise BadRequest(
            "Hotpatch compatible VMs cannot be created or updated with an API version lower than "
            f"'{_OLDEST_FOR_HOTPATCH}'."
        )
    if not config.get("patchSettings"):  # packer-plugin-azure 189
        raise InvalidParameter(
            "PatchSettings must be specified for hotpatch compatible VMs.", "windowsConfiguration.patchSettings"
        )


def _check_members(config: Json, version: str) -> None:
    """Refuse a member that the api-version does not know yet, as Compute does with each such member."""
    for path, (since, kind) in _SINCE.items():
        if version[:10] < since and read(config, path) is not None:
            raise BadRequest(
                f"Could not find member '{path.rsplit('.', 1)[-1]}' on object of type '{kind}'. "
                f"Path 'properties.osProfile.windowsConfiguration.{path}'."
            )
