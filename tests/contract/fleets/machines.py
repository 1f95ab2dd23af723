"""Random machines: an image, a mode with its settings, mostly right, and at times one or two things spoiled."""

from dataclasses import dataclass
from typing import Any

from azure_hotpatch.domain.azure import patching
from azure_hotpatch.domain.azure.images import WHOLE_CATALOGUE
from azure_hotpatch.domain.azure.patching import PatchingMode
from tests.contract.fleets.dice import Dice
from tests.images import windows_server_image

Props = dict[str, Any]
SUBNET = (
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/fleet/providers/Microsoft.Network"
    "/virtualNetworks/net/subnets/machines"
)
COMPUTE = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/fleet/providers/Microsoft.Compute"
NAMED_BY = {
    "compute:AvailabilitySet": "availabilitySetName",
    "compute:VirtualMachine": "vmName",
    "compute:VirtualMachineScaleSet": "vmScaleSetName",
    "network:NetworkInterface": "networkInterfaceName",
    "maintenance:MaintenanceConfiguration": "resourceName",
}
GOLDEN = f"{COMPUTE}/images/golden"
GALLERY = f"{COMPUTE}/galleries/shared/images/windows/versions/1.0.0"
UBUNTU = {"publisher": "Canonical", "offer": "0001-com-ubuntu-server-jammy", "sku": "22_04-lts-gen2"}
LOOK_ALIKES = (
    *("2022-datacenter-azure-edition", "2022-datacenter-azure-edition-smalldisk", "2022-datacenter-g2"),
    *("2022-datacenter-core-g2", "2019-datacenter-gensecond", "2022-datacenter"),
)
LOOK_ALIKES_2025 = ("2025-datacenter-g2", "2025-datacenter-core-g2", "2025-datacenter-smalldisk-g2")
# What a spoiled machine has in place of a right value; None leaves the value out.
SPOILED: dict[str, tuple[Any, ...]] = {
    "provisionVMAgent": (None, False),
    "enableAutomaticUpdates": (None, False),
    "patchMode": (None, "AutomaticByOS", "Manual", "automaticbyplatform", "Automatic"),
    "assessmentMode": (None, "ImageDefault", "Weekly"),
    "enableHotpatching": (None, True, False),
    "bypassPlatformSafetyChecksOnUserSchedule": (None, True, False),
    "rebootSetting": (None, "Never", "Always", "Unknown", "Sometimes"),
    "patchSettings": (None,),
    "automaticByPlatformSettings": (None,),
    "allowExtensionOperations": (True, False),
    "timeZone": ("W. Europe Standard Time", "Europe/Berlin"),
    "adminUsername": ("administrator", "fleetadmin"),
}
_SIZES, _WRONG_SIZES = ("Standard_D2s_v5", "Standard_B2s"), ("Standard_D2_v2", "Standard_D2ps_v5", "Standard_D2_v5")
# The first images of each generation, which are older than any baseline that a fleet meets.
_PINNED = {
    "2022": "20348.587.220303",
    "2025": "26100.2314.241107",
}
_DISKS, _SMALL_DISKS = (None, 127, 128, 256), (30, 64)


@dataclass(frozen=True)
class Images:
    """The image references that a fleet draws from."""

    good: tuple[Props, ...]
    other: tuple[Props, ...]


def images(_random: Dice, generation: str) -> Images:
    """The images of a generation and those before it, and all that look like them."""
    years = ("2022",) if generation == "2022" else ("2022", "2025")
    good = tuple(windows_server_image(one.sku) for one in WHOLE_CATALOGUE.images if one.sku[:4] in years)
    skus = LOOK_ALIKES if generation == "2022" else (*LOOK_ALIKES, *LOOK_ALIKES_2025)
    other = (*map(windows_server_image, skus), {**UBUNTU, "version": "latest"}, {"id": GOLDEN}, {"id": GALLERY})
    return Images(good, other)


def machine(random: Dice, name: str, known: Images) -> tuple[PatchingMode, Props]:
    """The mode that a machine was meant to have, and its inputs without its network."""
    mode = random.choice((PatchingMode.HOTPATCH, PatchingMode.HOTPATCH, *PatchingMode))
    props: Props = {
        "hardwareProfile": {"vmSize": random.choice(_WRONG_SIZES if random.slips(0.15) else _SIZES)},
        "storageProfile": storage(random, known),
        **profile(random, mode, {"computerName": _computer_name(random, name)}),
        "tags": {"patching": _tag(random, mode)},
    }
    _place(random, props)
    return mode, without_absent(props)


def profile(random: Dice, mode: PatchingMode, named: Props) -> Props:
    """An osProfile with the settings of a mode, of which one or two may be spoiled, and a securityProfile."""
    windows = patching.windows_configuration(mode)
    system: Props = {"adminUsername": "operator", "adminPassword": "Correct-Horse-7-Battery", **named}
    for _ in range(random.randint(1, 2) if random.slips(0.6) else 0):
        _spoil(random, windows, system)
    security = {"securityType": "TrustedLaunch", "uefiSettings": {"secureBootEnabled": True, "vTpmEnabled": True}}
    return {
        "osProfile": {**system, "windowsConfiguration": windows},
        "securityProfile": None if random.slips(0.5) else security,
    }


def storage(random: Dice, known: Images) -> Props:
    image = dict(random.choice(known.other if random.slips(0.3) else known.good))
    if "sku" in image:
        image["sku"] = random.choice((image["sku"], image["sku"].lower(), image["sku"].upper()))
    if "sku" in image and random.slips(0.1):
        image["version"] = _PINNED.get(image["sku"][:4], "latest")
    kind = random.choice(("Premium_LRS", "StandardSSD_LRS", None))
    disk = {
        "createOption": "FromImage",
        "managedDisk": {"storageAccountType": kind} if kind else None,
        "diskSizeGB": random.choice(_SMALL_DISKS if random.slips(0.15) else _DISKS),
    }
    return {"imageReference": image, "osDisk": without_absent(disk)}


def declared(random: Dice, mode: PatchingMode) -> str | None:
    """The mode that the stack declares: mostly the one that was meant; nothing declares hotpatch."""
    return random.choice((*(one.value for one in PatchingMode), None)) if random.slips(0.3) else mode.value


def availability_set() -> Props:
    return {"sku": {"name": "Aligned"}, "platformFaultDomainCount": 2, "platformUpdateDomainCount": 5}


def interface(name: str) -> Props:
    return {"ipConfigurations": [{"name": name, "subnet": {"id": SUBNET}}]}


def without_absent(props: Props) -> Props:
    return {key: value for key, value in props.items() if value is not None}


def _computer_name(random: Dice, name: str) -> str:
    return random.choice(("a-name-of-16-char", "12345")) if random.slips(0.1) else name


def _tag(random: Dice, mode: PatchingMode) -> str:
    by_schedule = mode is PatchingMode.CUSTOMER_MANAGED_SCHEDULE
    right = "schedule" if by_schedule else "azure"
    return random.choice(("schedule", "Schedule", "azure")) if random.slips(0.4) else right


def _place(random: Dice, props: Props) -> None:
    place = (
        random.choice(("both", "uniform")) if random.slips(0.1) else random.choice(("", "", "zones", "set", "flexible"))
    )
    if place in {"flexible", "uniform"}:
        props["virtualMachineScaleSet"] = {"id": f"{COMPUTE}/virtualMachineScaleSets/{place}"}
    if place in {"zones", "both"}:
        props["zones"] = [random.choice("123")]
    if place in {"set", "both"}:
        props["availabilitySet"] = {"id": f"{COMPUTE}/availabilitySets/apart"}


def _spoil(random: Dice, windows: Props, system: Props) -> None:
    name = random.choice(list(SPOILED))
    settings = windows.get("patchSettings", {})
    holders = (windows, settings, settings.get("automaticByPlatformSettings", {}))
    outside = {"allowExtensionOperations": system, "adminUsername": system, "timeZone": windows}
    holder = next((one for one in holders if name in one), outside.get(name, {}))
    value = random.choice(SPOILED[name])
    if value is None:
        holder.pop(name, None)
    else:
        holder[name] = value
