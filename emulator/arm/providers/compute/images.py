"""Facts about an image: its operating system, the version that is deployed, and whether it supports hotpatch."""

import re
from datetime import date
from typing import Any

from azure_hotpatch.emulator.arm.windows_update import marketplace

_WINDOWS_PUBLISHERS = frozenset(
    {"microsoftwindowsserver", "microsoftwindowsdesktop", "microsoftsqlserver", "microsoftvisualstudio"}
)

_ID = re.compile(
    r"/subscriptions/[^/]+/providers/microsoft\.compute/locations/[^/]+/publishers/(?P<publisher>[^/]+)"
    r"/artifacttypes/vmimage/offers/(?P<offer>[^/]+)/skus/(?P<sku>[^/]+)/versions/[^/]+",
    re.IGNORECASE,
)


def is_hotpatched(image: dict[str, Any]) -> bool:
    """Whether an imageReference names one of the eight SKUs, whatever its letter case."""
    publisher, offer, sku = (str(image.get(name, "")).lower() for name in ("publisher", "offer", "sku"))
    return publisher == "microsoftwindowsserver" and offer == "windowsserver" and marketplace.is_hotpatched_sku(sku)


def is_patchable(image: dict[str, Any]) -> bool:
    """Whether the platform patches and assesses machines of an image: no custom one's, and none of Windows' clients."""
    publisher = str(image.get("publisher", "")).lower()
    return bool(publisher) and publisher != "microsoftwindowsdesktop"


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


def hyper_v(image: dict[str, Any]) -> str:
    """The generation, `V1` or `V2`, by the SKU's name; Azure Edition has the second alone."""
    sku = str(image.get("sku", "")).lower()
    second = ("-g2", "gen2", "gensecond", "azure-edition", "arm64", "cvm")
    return "V2" if any(word in sku for word in second) or sku == "server" else "V1"


def architecture(image: dict[str, Any]) -> str:
    """`x64` or `Arm64`, by the SKU's name; no Windows Server of the marketplace is for Arm."""
    return "Arm64" if "arm64" in str(image.get("sku", "")).lower() else "x64"


def facts_of(image_id: str) -> dict[str, Any]:
    """What a disk has from the marketplace's image with this id; {} for any other id."""
    match = _ID.fullmatch(image_id)
    if match is None:
        return {}
    image = match.groupdict()
    windows = is_windows(image, {})
    return {
        "osType": "Windows" if windows else "Linux",
        "hyperVGeneration": hyper_v(image),
        "diskSizeGB": disk_gb(image, windows=windows),
    }


def disk_gb(image: dict[str, Any], *, windows: bool) -> int:
    if "smalldisk" in str(image.get("sku", "")).lower():
        return 30
    return 127 if windows else 30
