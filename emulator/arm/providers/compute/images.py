"""What is known of an image: its system, the version that it is deployed in, and whether it can be hotpatched."""

from datetime import date
from typing import Any

from azure_hotpatch.emulator.arm.windows_update import marketplace

_WINDOWS_PUBLISHERS = frozenset(
    {"microsoftwindowsserver", "microsoftwindowsdesktop", "microsoftsqlserver", "microsoftvisualstudio"}
)


def is_hotpatched(image: dict[str, Any]) -> bool:
    """Whether an imageReference names one of the eight SKUs, whatever its letter case."""
    publisher, offer, sku = (str(image.get(name, "")).lower() for name in ("publisher", "offer", "sku"))
    return publisher == "microsoftwindowsserver" and offer == "windowsserver" and marketplace.is_hotpatched_sku(sku)


def is_windows(image: dict[str, Any], os_profile: dict[str, Any]) -> bool:
    """By the image's publisher; for a custom image by the configuration that comes with it."""
    if image.get("publisher"):
        return str(image["publisher"]).lower() in _WINDOWS_PUBLISHERS
    return "windowsConfiguration" in os_profile


def exact_version(image: dict[str, Any], today: date) -> str | None:
    """The version that a marketplace image is deployed in; None for any other image.

    The newest one is of the last baseline, with its build.
    """
    if not image.get("publisher"):
        return None
    version = str(image.get("version", "latest"))
    if version.lower() != "latest":
        return version
    return marketplace.newest_version(image, today)


def resolved_version(image: dict[str, Any], before: dict[str, Any], today: date) -> str | None:
    """The exact version of an image that a machine or a set has: that of its creation, as long as it names the same."""
    named = ("publisher", "offer", "sku", "version")
    same = all(str(image.get(name)).lower() == str(before.get(name)).lower() for name in named)
    kept = before.get("exactVersion") if same else None
    return kept or exact_version(image, today)


def disk_gb(image: dict[str, Any], *, windows: bool) -> int:
    if "smalldisk" in str(image.get("sku", "")).lower():
        return 30
    return 127 if windows else 30
