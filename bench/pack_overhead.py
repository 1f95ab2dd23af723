"""What the pack costs: previews of 300 resources with it, and with a pack of one empty policy, in pairs.

    python bench/pack_overhead.py [pairs] [resources]

Prints the seconds of each pair and the ratios of their medians, as JSON, by the clock and by the processor; ends with 1
where the processor's is over the bar. On a machine with other work the clock tells more of that work than of the pack.
"""

import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from engine_run import REPOSITORY, environment, run, write  # beside this file, which is run as a script

BAR = 1.10
Cost = tuple[float, float]
# A third of the resources are machines, the others what machines need.
PROGRAM = """
import pulumi
from pulumi_azure_native import compute, network, resources

group = resources.ResourceGroup("group", location="westeurope")
for index in range({machines}):
    address = network.PublicIPAddress(f"address{{index}}", resource_group_name=group.name, location="westeurope")
    nic = network.NetworkInterface(
        f"nic{{index}}",
        resource_group_name=group.name,
        location="westeurope",
        ip_configurations=[{{"name": "ip", "public_ip_address": {{"id": address.id}}}}],
    )
    compute.VirtualMachine(
        f"vm{{index}}",
        resource_group_name=group.name,
        location="westeurope",
        hardware_profile={{"vm_size": "Standard_D2s_v5"}},
        network_profile={{"network_interfaces": [{{"id": nic.id, "primary": True}}]}},
        os_profile={{
            "admin_username": "azureuser",
            "admin_password": pulumi.Output.secret("not-a-password"),
            "computer_name": f"vm{{index}}",
            "windows_configuration": {{
                "provision_vm_agent": True,
                "enable_automatic_updates": True,
                "patch_settings": {{
                    "patch_mode": "AutomaticByPlatform",
                    "assessment_mode": "AutomaticByPlatform",
                    "enable_hotpatching": True,
                }},
            }},
        }},
        security_profile={{
            "security_type": "TrustedLaunch",
            "uefi_settings": {{"secure_boot_enabled": True, "v_tpm_enabled": True}},
        }},
        storage_profile={{
            "image_reference": {{
                "publisher": "MicrosoftWindowsServer",
                "offer": "WindowsServer",
                "sku": "2022-datacenter-azure-edition-core",
                "version": "latest",
            }},
            "os_disk": {{"create_option": "FromImage", "managed_disk": {{"storage_account_type": "Premium_LRS"}}}},
        }},
    )
"""
EMPTY_PACK = """
from pulumi_policy import PolicyPack, ResourceValidationPolicy

PolicyPack("empty", [ResourceValidationPolicy("nothing", "Refuses nothing.", lambda args, report: None)])
"""


def main(pairs: int = 3, resources: int = 300) -> int:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        settings = set_up(work, resources)
        packs = (REPOSITORY / "policies", work / "empty")
        for pack in packs:  # once each, so that no pair pays for cold files
            preview(work, settings, pack)
        found = list(measured(work, settings, packs, pairs))
    clock, processor = (ratio([(ours[kind], empty[kind]) for ours, empty in found]) for kind in (0, 1))
    result = {"resources": resources, "pairs": found, "clock": clock, "processor": processor, "bar": BAR}
    print(json.dumps(result))
    return int(processor > BAR)


def ratio(pairs: list[tuple[float, float]]) -> float:
    ours, empty = zip(*pairs, strict=True)
    return round(float(statistics.median(ours) / statistics.median(empty)), 3)


def measured(work: Path, settings: dict[str, str], packs: tuple[Path, Path], pairs: int) -> Iterator[tuple[Cost, Cost]]:
    """The cost with the pack and with the empty one; which comes first changes with each pair."""
    for pair in range(pairs):
        order = packs if pair % 2 else packs[::-1]
        costs = {pack: preview(work, settings, pack) for pack in order}
        yield costs[packs[0]], costs[packs[1]]


def preview(work: Path, settings: dict[str, str], pack: Path) -> Cost:
    """Seconds of the clock, and of the processor in the engine and all that it starts."""
    clock, processor = time.perf_counter(), used()
    run(["pulumi", "preview", "--policy-pack", str(pack), "--stack", "bench", "--suppress-progress"], work, settings)
    return round(time.perf_counter() - clock, 3), round(used() - processor, 3)


def used() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def set_up(work: Path, resources: int) -> dict[str, str]:
    """A program, an empty pack, a state of their own, and a provider that answers at once."""
    write(work / "Pulumi.yaml", "name: bench\nruntime: python\n")
    write(work / "__main__.py", PROGRAM.format(machines=resources // 3))
    write(work / "empty/PulumiPolicy.yaml", "name: empty\nversion: 0.0.1\nruntime: python\n")
    write(work / "empty/__main__.py", EMPTY_PACK)
    settings = environment(work)
    run(["pulumi", "stack", "init", "bench"], work, settings)
    return settings


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
