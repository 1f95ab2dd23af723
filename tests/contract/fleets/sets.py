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


def empty(mode: str) -> Props:
    """A set without a profile, into which machines are put; a Uniform one, which takes none, says how it upgrades."""
    if mode == "Flexible":
        return {"orchestrationMode": mode, "platformFaultDomainCount": 1}
    return {"orchestrationMode": mode, "upgradePolicy": {"mode": "Manual"}}


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
    return without_absent(
        {
            "storageProfile": storage(random, known),
            **profile(random, mode, {"computerNamePrefix": "set"}),
            "networkProfile": network(chosen["networkApiVersion"]),
            "extensionProfile": {"extensions": [extension(kind) for kind in chosen["extensions"]]},
        }
    )


def network(version: str | None) -> Props:
    """The networkProfile of a set's machines."""
    address = {"name": "ip", "primary": True, "subnet": {"id": SUBNET}}
    interfaces = [{"name": "nic", "primary": True, "ipConfigurations": [address]}]
    return without_absent({"networkApiVersion": version, "networkInterfaceConfigurations": interfaces})


def extension(kind: str) -> Props:
    """An extension of a set's machines, by its type."""
    publisher = "Microsoft.Compute" if kind == "BGInfo" else _HEALTH["publisher"]
    return {**_HEALTH, "type": kind, "publisher": publisher}
