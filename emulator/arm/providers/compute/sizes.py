"""The sizes of machines: their facts, and the images that they cannot run."""

import re
from functools import cache
from typing import NamedTuple

from azure_hotpatch.emulator.arm.protocol.errors import BadRequest, InvalidParameter

# "Support for Generation 2 VMs on Azure": the older series that have generation 1 alone.
_GENERATION_1 = re.compile(
    r"basic_a\d+|standard_(a\d+m?(_v2)?|d\d+(_v2|_v3)?|e\d+i?_v3|f\d+|g[1-5]|h\d+m?r?|nc\d+r?|nv\d+)", re.IGNORECASE
)
# The same page: confidential machines, and the series from v6 on, have generation 2 alone. So have those for Arm.
_GENERATION_2 = re.compile(r"standard_(dc|ec)\d+[a-z]*_v[2-9]|standard_[a-z]+\d+[a-z-]*_v([6-9]|\d\d)", re.IGNORECASE)
# "Azure VM sizes naming conventions": p after the number of cores stands for Arm.
_ARM = re.compile(r"standard_[a-z]+\d+(-\d+)?[a-oq-z]*p[a-z]*_v\d+", re.IGNORECASE)


# The pages of the older A, D, Dv4, E and F series: premium storage is not supported. An s in the name says that it is.
_STANDARD_DISKS_ONLY = re.compile(r"standard_[adef]\d+(-\d+)?[a-rt-z]*(_v\d+)?|basic_a\d+", re.IGNORECASE)


class Size(NamedTuple):
    name: str
    cores: int
    memory_gb: float
    family: str  # as quotas name it

    @property
    def disks(self) -> int:
        """How many data disks it takes; most series have two a core up to 32, small ones at least 2."""
        return max(2, min(32, self.cores * 2))


# "Sizes for virtual machines in Azure": a part of the series, as name, cores, GiB a core and quota.
_SERIES = (
    ("Standard_B{}s_v2", (2, 4, 8, 16, 32), 4, "standardBsv2Family"),
    ("Standard_B{}ps_v2", (2, 4, 8, 16), 4, "standardBpsv2Family"),
    ("Standard_D{}s_v3", (2, 4, 8, 16, 32, 48, 64), 4, "standardDSv3Family"),
    ("Standard_D{}s_v4", (2, 4, 8, 16, 32, 48, 64), 4, "standardDSv4Family"),
    ("Standard_D{}s_v5", (2, 4, 8, 16, 32, 48, 64, 96), 4, "standardDSv5Family"),
    ("Standard_D{}ds_v5", (2, 4, 8, 16, 32, 48, 64, 96), 4, "standardDDSv5Family"),
    ("Standard_D{}as_v5", (2, 4, 8, 16, 32, 48, 64, 96), 4, "standardDASv5Family"),
    ("Standard_D{}ads_v5", (2, 4, 8, 16, 32, 48, 64, 96), 4, "standardDADSv5Family"),
    ("Standard_D{}ps_v5", (2, 4, 8, 16, 32, 48, 64), 4, "standardDPSv5Family"),
    ("Standard_D{}s_v6", (2, 4, 8, 16, 32, 48, 64, 96), 4, "standardDsv6Family"),
    ("Standard_DC{}as_v5", (2, 4, 8, 16, 32, 48, 64, 96), 4, "standardDCASv5Family"),
    ("Standard_E{}s_v3", (2, 4, 8, 16, 20, 32, 48), 8, "standardESv3Family"),
    ("Standard_E{}s_v5", (2, 4, 8, 16, 20, 32, 48, 64), 8, "standardESv5Family"),
    ("Standard_E{}as_v5", (2, 4, 8, 16, 20, 32, 48, 64), 8, "standardEASv5Family"),
    ("Standard_F{}s_v2", (2, 4, 8, 16, 32, 48, 64, 72), 2, "standardFSv2Family"),
)
_OTHERS = (
    Size("Standard_B1s", 1, 1, "standardBSFamily"),
    Size("Standard_B1ms", 1, 2, "standardBSFamily"),
    Size("Standard_B2s", 2, 4, "standardBSFamily"),
    Size("Standard_B2ms", 2, 8, "standardBSFamily"),
    Size("Standard_B4ms", 4, 16, "standardBSFamily"),
    Size("Standard_A2_v2", 2, 4, "standardAv2Family"),
    Size("Standard_D2_v2", 2, 7, "standardDv2Family"),
    Size("Standard_D2_v3", 2, 8, "standardDv3Family"),
    Size("Standard_DS1_v2", 1, 3.5, "standardDSv2Family"),
    Size("Standard_DS2_v2", 2, 7, "standardDSv2Family"),
    Size("Standard_DS3_v2", 4, 14, "standardDSv2Family"),
)


@cache
def listed() -> tuple[Size, ...]:
    """The sizes that are listed; a machine may have any other one too."""
    made = (Size(name.format(n), n, n * each, family) for name, cores, each, family in _SERIES for n in cores)
    return tuple(sorted((*made, *_OTHERS), key=lambda size: size.name.lower()))


def find(name: str) -> Size | None:
    return next((size for size in listed() if size.name.lower() == name.lower()), None)


def generations(name: str) -> tuple[str, ...]:
    """Of which generations a size runs images: V1, V2 or both."""
    if _GENERATION_1.fullmatch(name):
        return ("V1",)
    return ("V2",) if _GENERATION_2.fullmatch(name) or _ARM.fullmatch(name) else ("V1", "V2")


def architecture(name: str) -> str:
    return "Arm64" if _ARM.fullmatch(name) else "x64"


def takes_premium_disks(name: str) -> bool:
    return not _STANDARD_DISKS_ONLY.fullmatch(name)


def default_disk(name: str) -> str:
    """The type of a disk that says none."""
    return "Premium_LRS" if takes_premium_disks(name) else "Standard_LRS"


def check_disk(name: str, kind: object, disk: str, target: str) -> None:
    """Refuse a premium disk for a size that takes none; google/cloud-forensics-utils 488."""
    if str(kind).lower().startswith("premium") and not takes_premium_disks(name):
        raise InvalidParameter(
            f"Requested operation cannot be performed because the VM size {name} does not support the storage account "
            f"type {kind} of disk '{disk}'. Consider updating the VM to a size that supports Premium storage.",
            target,
        )


def check(name: str, generation: str, architecture_of_image: str) -> None:
    """Refuse a size for an image of a generation (V1, V2) and an architecture (x64, Arm64)."""
    if generation not in generations(name):
        number = generation[1:]
        raise BadRequest(
            f"The selected VM size '{name}' cannot boot Hypervisor Generation '{number}'. If this was a Create "
            "operation please check that the Hypervisor Generation of the Image matches the Hypervisor Generation of "
            "the selected VM Size. If this was an Update operation please select a Hypervisor Generation "
            f"'{number}' VM Size. For more information, see https://aka.ms/azuregen2vm"
        )
    if architecture_of_image != architecture(name):  # wording not published
        raise BadRequest(
            f"The selected VM size '{name}' cannot boot with CPU Architecture '{architecture_of_image}'. Please check "
            "that the CPU architecture of the OS image or disk matches that of the selected VM size."
        )
