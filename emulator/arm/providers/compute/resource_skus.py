"""What a region offers: sizes with their zones, disks, and a subscription's use of its quota."""

from collections import Counter

from azure_hotpatch.emulator.arm.hierarchy.locations import REGIONS, normalised, zones_of
from azure_hotpatch.emulator.arm.http import Reply, Request
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act
from azure_hotpatch.emulator.arm.protocol import queries
from azure_hotpatch.emulator.arm.protocol.bodies import Json, read
from azure_hotpatch.emulator.arm.protocol.queries import NONE, Queries
from azure_hotpatch.emulator.arm.providers.compute import sizes
from azure_hotpatch.emulator.arm.providers.compute.sizes import Size

_DISKS = ("Standard_LRS", "StandardSSD_LRS", "StandardSSD_ZRS", "Premium_LRS", "Premium_ZRS", "PremiumV2_LRS")
_OS_DISK_MB = 1023 << 10
# What a new pay-as-you-go subscription may have; a quota that is used up is not refused.
_LIMITS = (
    ("availabilitySets", "Availability Sets", 2500, "availabilitySets"),
    ("virtualMachines", "Virtual Machines", 25000, "virtualMachines"),
    ("virtualMachineScaleSets", "Virtual Machine Scale Sets", 2500, "virtualMachineScaleSets"),
    ("PremiumDiskCount", "Premium Storage Managed Disks", 50000, "disks"),
)
_CORES = 100


def list_all(request: Request) -> Reply:
    """Every SKU of every region, or of the one that `$filter` names."""
    accepted = Queries(filters={"location": "locationInfo.location"})
    keep = queries.filtered(request.query, accepted)
    regions = [name for name in REGIONS if keep({"locationInfo": {"location": name}})]
    values = [sku for region in regions for sku in (*_machines(region), *_disks(region), *_sets(region))]
    queries.expanded(request.query, (), "resource SKUs")
    return Reply(200, {"value": queries.in_one_page(request.query, values, lambda _sku: True, {}, "resource SKUs")})


def sizes_of_region(request: Request) -> Reply:
    values = [_size(one) for one in sizes.listed()]
    return Reply(200, {"value": queries.applied(request.query, values, NONE, "sizes")})


def sizes_of_set(act: Act) -> Json:
    """What machines of an availability set may have: the emulated hardware has every size."""
    return {"value": queries.applied(act.query, [_size(one) for one in sizes.listed()], NONE, "sizes")}


def sizes_for(act: Act) -> Json:
    """What a machine may be resized to: what runs images of the same generation and architecture."""
    now = str(read(act.resource.body, "properties.hardwareProfile.vmSize"))
    fitting = [
        one
        for one in sizes.listed()
        if sizes.architecture(one.name) == sizes.architecture(now)
        and set(sizes.generations(now)) <= set(sizes.generations(one.name))
    ]
    return {"value": [_size(one) for one in fitting]}


def usages(request: Request) -> Reply:
    region = normalised(request.parameters["location"])
    scope = f"/subscriptions/{request.parameters['subscription']}"
    found = [one for one in request.tx.within(scope) if one.body.get("location") == region]
    there = Counter(one.type.rsplit("/", 1)[-1].lower() for one in found)
    used = _cores([str(read(one.body, "properties.hardwareProfile.vmSize")) for one in found])
    values = [_usage(name, words, limit, there[kind.lower()]) for name, words, limit, kind in _LIMITS]
    values.insert(1, _usage("cores", "Total Regional vCPUs", _CORES, sum(used.values())))
    values += [_usage(family, f"{family} vCPUs", _CORES, used[family]) for family in _families()]
    return Reply(200, {"value": queries.applied(request.query, values, NONE, "usages")})


def _cores(names: list[str]) -> Counter[str]:
    """Cores by family; a size that is not listed has no family here."""
    used: Counter[str] = Counter()
    for size in filter(None, map(sizes.find, names)):
        used[size.family] += size.cores
    return used


def _families() -> list[str]:
    return list(dict.fromkeys(one.family for one in sizes.listed()))


def _usage(name: str, words: str, limit: int, current: int) -> Json:
    return {
        "limit": limit,
        "unit": "Count",
        "currentValue": current,
        "name": {"value": name, "localizedValue": words},
    }


def _size(size: Size) -> Json:
    return {
        "name": size.name,
        "numberOfCores": size.cores,
        "osDiskSizeInMB": _OS_DISK_MB,
        "resourceDiskSizeInMB": 0,
        "memoryInMB": int(size.memory_gb * 1024),
        "maxDataDiskCount": size.disks,
    }


def _machines(region: str) -> list[Json]:
    return [
        _sku("virtualMachines", size.name, region, family=size.family, capabilities=_capabilities(size))
        for size in sizes.listed()
    ]


def _capabilities(size: Size) -> list[Json]:
    values = {
        "vCPUs": size.cores,
        "MemoryGB": size.memory_gb,
        "MaxDataDiskCount": size.disks,
        "HyperVGenerations": ",".join(sizes.generations(size.name)),
        "CpuArchitectureType": sizes.architecture(size.name),
        "PremiumIO": "s" in size.name.removeprefix("Standard_").lower(),
        "EncryptionAtHostSupported": True,
        "AcceleratedNetworkingEnabled": size.cores > 1,
    }
    return [{"name": name, "value": str(value)} for name, value in values.items()]


def _disks(region: str) -> list[Json]:
    return [_sku("disks", name, region) for name in _DISKS]


def _sets(region: str) -> list[Json]:
    domains = [{"name": "MaximumPlatformFaultDomainCount", "value": "3"}]
    return [_sku("availabilitySets", name, region, capabilities=domains, zones=[]) for name in ("Aligned", "Classic")]


def _sku(
    kind: str,
    name: str,
    region: str,
    *,
    family: str = "",
    capabilities: list[Json] | None = None,
    zones: list[str] | None = None,
) -> Json:
    where = {"location": region, "zones": zones_of(region) if zones is None else zones, "zoneDetails": []}
    found: Json = {"resourceType": kind, "name": name, "locations": [region], "locationInfo": [where]}
    found |= {"tier": name.split("_")[0], "size": name.partition("_")[2]} if "_" in name else {}
    found |= {"family": family} if family else {}
    return {**found, "capabilities": capabilities or [], "restrictions": []}
