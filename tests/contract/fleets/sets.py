"""Random scale sets: Flexible ones as a hotpatch image needs them, Uniform ones, and either with a mistake."""

from typing import Any

from azure_hotpatch.domain.azure.patching import PatchingMode
from tests.contract.fleets.dice import Dice
from tests.contract.fleets.machines import SUBNET, Images, profile, storage, without_absent

Props = dict[str, Any]
_HEALTH = {"name": "health", "publisher": "Microsoft.ManagedServices", "autoUpgradeMinorVersion": True}
_HEALTH |= {"typeHandlerVersion": "1.0", "settings": {"protocol": "tcp", "port": 80}}
# What a spoiled set has: the path and its values; None leaves the value out.
SPOILED: tuple[tuple[str, tuple[Any, ...]], ...] = (
    ("orchestrationMode", ("Uniform", None, "flexible")),
    ("platformFaultDomainCount", (None, 2, 3, 5)),
    ("singlePlacementGroup", (None, True)),
    ("identity", ({"type": "SystemAssigned"}, {"type": "None"})),
    ("networkApiVersion", (None, "2020-11-01", "2018-01-01")),
    ("extensions", ([], ["ApplicationHealthLinux"], ["BGInfo"])),
    ("upgradePolicy", ({"mode": "Automatic", "automaticOSUpgradePolicy": {"enableAutomaticOSUpgrade": True}},)),
    ("zones", (["1"], ["1", "2", "3"])),
)


def scale_set(random: Dice, known: Images) -> Props:
    """The inputs of a set with one or two machines."""
    chosen: Props = {
        "orchestrationMode": "Flexible",
        "platformFaultDomainCount": 1,
        "singlePlacementGroup": False,
        "networkApiVersion": "2022-11-01",
        "extensions": ["ApplicationHealthWindows"],
    }
    for _ in range(random.randint(1, 2) if random.slips(0.7) else 0):
        path, values = random.choice(SPOILED)
        chosen[path] = random.choice(values)
    if chosen["orchestrationMode"] == "Uniform" and random.random() < 0.8:  # a whole one, as Azure takes it
        chosen |= {"networkApiVersion": None, "upgradePolicy": {"mode": "Manual"}}
    return without_absent(
        {
            **{name: value for name, value in chosen.items() if name not in {"networkApiVersion", "extensions"}},
            "sku": {"name": "Standard_D2s_v5", "tier": "Standard", "capacity": random.randint(1, 2)},
            "virtualMachineProfile": _machine_profile(random, known, chosen),
        }
    )


def _machine_profile(random: Dice, known: Images, chosen: Props) -> Props:
    mode = random.choice(list(PatchingMode)) if random.slips(0.3) else PatchingMode.HOTPATCH
    address = {"name": "ip", "primary": True, "subnet": {"id": SUBNET}}
    network = {
        "networkApiVersion": chosen["networkApiVersion"],
        "networkInterfaceConfigurations": [{"name": "nic", "primary": True, "ipConfigurations": [address]}],
    }
    return without_absent(
        {
            "storageProfile": storage(random, known),
            **profile(random, mode, {"computerNamePrefix": "set"}),
            "networkProfile": without_absent(network),
            "extensionProfile": {"extensions": [_extension(kind) for kind in chosen["extensions"]]},
        }
    )


def _extension(kind: str) -> Props:
    publisher = "Microsoft.Compute" if kind == "BGInfo" else _HEALTH["publisher"]
    return {**_HEALTH, "type": kind, "publisher": publisher}
