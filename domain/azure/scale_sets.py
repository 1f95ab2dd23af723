"""Which scale sets can be hotpatched, and what Azure demands of a Flexible one."""

import re
from collections.abc import Sequence
from typing import Any, Literal, get_args

from azure_hotpatch.domain.azure.coercion import as_bool, as_int, as_one_of

ORCHESTRATION_MODES = ("Uniform", "Flexible")
# "Orchestration modes for Virtual Machine Scale Sets": 1 spreads as far as the hardware goes, 2 and 3 are regional.
FAULT_DOMAIN_COUNTS = (1, 2, 3)
MOST_INSTANCES = 1000  # of a Flexible set, the same page
# Microsoft.Compute, NetworkApiVersion.
NETWORK_API_VERSIONS = ("2020-11-01", "2022-11-01")
HEALTH_PUBLISHER = "Microsoft.ManagedServices"
HEALTH_NAME = "health"  # what we call it
HEALTH_TYPE = "ApplicationHealthWindows"
HEALTH_TYPES = (HEALTH_TYPE, "ApplicationHealthLinux")
HealthProtocol = Literal["tcp", "http", "https"]
HEALTH_PROTOCOLS: tuple[str, ...] = get_args(HealthProtocol)
_PATH = re.compile(r"[!-~]+")  # RFC 3986: a path and a query hold no blank, no control and no other character


def why_not_orchestration_mode(mode: Any) -> str | None:
    """Say why a set of this orchestration mode cannot be hotpatched, or None where it can.

    No document says what Azure takes where the mode is absent; its older default, Uniform, is assumed.
    """
    if mode is None:
        return "orchestrationMode is absent, which is taken as Uniform, and a Uniform scale set cannot be hotpatched"
    known = as_one_of(mode, ORCHESTRATION_MODES)
    if known == "Flexible":
        return None
    if known == "Uniform":
        return "a Uniform scale set cannot be hotpatched, nor patched in the guest"
    return f"orchestrationMode {mode!r} is neither Uniform nor Flexible"


def is_flexible(mode: Any) -> bool:
    """Whether an orchestrationMode is known to be Flexible."""
    return as_one_of(mode, ("Flexible",)) is not None


# "Orchestration modes": a Uniform set's instances are virtualMachineScaleSets/virtualMachines, a Flexible one's are
# virtualMachines.
INSTANCE_OF_UNIFORM = (
    "an instance of this type belongs to a Uniform scale set, and a Uniform scale set cannot be hotpatched; "
    "the machines of a Flexible set are virtual machines"
)


def why_not_fault_domain_count(count: Any) -> str | None:
    """Say why Azure refuses a Flexible set with this platformFaultDomainCount, or None."""
    if count is None:
        return "platformFaultDomainCount is absent, and Azure demands it of a Flexible scale set"
    if as_int(count) in FAULT_DOMAIN_COUNTS:
        return None
    return f"platformFaultDomainCount {count!r} is not 1, 2 or 3"


def why_not_in_zones(zones: Sequence[str], fault_domains: int) -> str | None:
    """Say why a set in these zones cannot have so many fault domains, or None where it can."""
    return "a scale set in zones has a fault domain count of 1" if zones and fault_domains != 1 else None


def why_not_request_path(protocol: str, path: str | None) -> str | None:
    """Say why a health probe of this protocol cannot have this request path, or None if it can."""
    if protocol == "tcp":
        return "protocol tcp takes no path" if path is not None else None
    if path is None:
        return f"protocol {protocol} requires a request path"
    return (
        None
        if _PATH.fullmatch(path)
        else f"{path!r} is not a path of a URL: it has ASCII characters without blanks, the rest as %20"
    )


def why_not_network_api_version(version: Any) -> str | None:
    """Say why Azure refuses a Flexible set with this networkApiVersion, or None."""
    if version is None:
        return "networkApiVersion is absent, and Azure demands it of a Flexible scale set"
    if as_one_of(version, NETWORK_API_VERSIONS):
        return None
    return f"networkApiVersion {version!r} is not one of {', '.join(NETWORK_API_VERSIONS)}"


def why_not_single_placement_group(single: Any, fault_domains: Any) -> str | None:
    """Say why Azure refuses this singlePlacementGroup beside this platformFaultDomainCount, or None.

    Some sizes (M series) need true with 2 or 3 fault domains (azure-cli #21834); 1 never goes with it (#5920).
    """
    if single is None or as_bool(single) is False:
        return None
    if as_bool(single) is None:
        return f"singlePlacementGroup {single!r} is not a boolean"
    if as_int(fault_domains) != 1:
        return None
    return "singlePlacementGroup is true, and with one fault domain the machines need several placement groups"


def why_not_automatic_image_upgrade(upgrade: Any) -> str | None:
    """Say why a Flexible set cannot have this enableAutomaticOSUpgrade, or None."""
    if upgrade is None or as_bool(upgrade) is False:
        return None
    if as_bool(upgrade) is None:
        return f"enableAutomaticOSUpgrade {upgrade!r} is not a boolean"
    return "a Flexible scale set has no automatic upgrade of its image; hotpatch is what keeps it current"


def why_not_identity(kind: Any) -> str | None:
    """Say why a Flexible set cannot have an identity of this type, or None."""
    if kind is None or as_one_of(kind, ("UserAssigned", "None")):
        return None
    return f"identity {kind!r} is not UserAssigned, the only one that a Flexible scale set takes"


def why_not_health_extension(publisher: Any, kind: Any, is_windows: bool = False) -> str | None:
    """Say why an extension does not report the health of a set's machines to Azure, or None where it does.

    On a machine that is known to run Windows the extension for Linux reports nothing.
    """
    if as_one_of(publisher, (HEALTH_PUBLISHER,)) and as_one_of(kind, (HEALTH_TYPE,) if is_windows else HEALTH_TYPES):
        return None
    return f"extension {publisher}/{kind} is not {HEALTH_PUBLISHER}/{HEALTH_TYPE}"
