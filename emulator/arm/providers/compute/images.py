"""What the emulated Azure knows of a marketplace image: its system, its newest version, and whether it is hotpatched."""

from typing import Any

# "Hotpatch for virtual machines" (2025-07-14) and "Automatic VM Guest Patching" (2024-07-31): the same eight SKUs.
_HOTPATCH_SKUS = frozenset(
    {
        "2022-datacenter-azure-edition-core",
        "2022-datacenter-azure-edition-core-smalldisk",
        "2022-datacenter-azure-edition-hotpatch",
        "2022-datacenter-azure-edition-hotpatch-smalldisk",
        "2025-datacenter-azure-edition",
        "2025-datacenter-azure-edition-smalldisk",
        "2025-datacenter-azure-edition-core",
        "2025-datacenter-azure-edition-core-smalldisk",
    }
)
_WINDOWS_PUBLISHERS = frozenset(
    {"microsoftwindowsserver", "microsoftwindowsdesktop", "microsoftsqlserver", "microsoftvisualstudio"}
)
# "Windows Server release information": the builds of the baselines of April 2026, in the form that image versions have.
_LATEST = {"2022": "20348.5020.260414", "2025": "26100.32690.260414"}
_LATEST_OTHER = "1.0.20260414"


def is_hotpatched(image: dict[str, Any]) -> bool:
    """Whether an imageReference names one of the eight SKUs, whatever its letter case."""
    publisher, offer, sku = (str(image.get(name, "")).lower() for name in ("publisher", "offer", "sku"))
    return publisher == "microsoftwindowsserver" and offer == "windowsserver" and sku in _HOTPATCH_SKUS


def is_windows(image: dict[str, Any], os_profile: dict[str, Any]) -> bool:
    """By the image's publisher; for a custom image by the configuration that comes with it."""
    if image.get("publisher"):
        return str(image["publisher"]).lower() in _WINDOWS_PUBLISHERS
    return "windowsConfiguration" in os_profile


def generation(image: dict[str, Any]) -> str:
    """`2022` or `2025`, by the SKU; "" for all else."""
    year = str(image.get("sku", ""))[:4]
    return year if year in _LATEST else ""


def exact_version(image: dict[str, Any]) -> str | None:
    """The version that a marketplace image is deployed in; None for any other image."""
    if not image.get("publisher"):
        return None
    version = str(image.get("version", "latest"))
    return _LATEST.get(generation(image), _LATEST_OTHER) if version.lower() == "latest" else version


def disk_gb(image: dict[str, Any], *, windows: bool) -> int:
    if "smalldisk" in str(image.get("sku", "")).lower():
        return 30
    return 127 if windows else 30
