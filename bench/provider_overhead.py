"""What the emulator's provider costs: `up` of 100 machines with it, and with one that answers at once, in pairs.

    python bench/provider_overhead.py [pairs] [machines]

Each run has a stack and an emulator of its own. Prints the seconds of each pair and the ratio of the two medians, as
JSON; ends with 1 where that is over the bar.
"""

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from engine_run import ECHO, environment, run, write  # beside this file, which is run as a script

BAR = 1.3
OURS, BARE = "emulator", "bare"
COMMANDS = {OURS: ("-m", "azure_hotpatch.emulator.provider"), BARE: ECHO}
PROGRAM = """
import pulumi
from pulumi_azure_native import compute, network, resources

LOCATION = "westeurope"
group = resources.ResourceGroup("group", resource_group_name="group", location=LOCATION)
vnet = network.VirtualNetwork(
    "vnet",
    resource_group_name=group.name,
    virtual_network_name="vnet",
    location=LOCATION,
    address_space={{"address_prefixes": ["10.0.0.0/16"]}},
)
subnet = network.Subnet(
    "subnet", resource_group_name=group.name, virtual_network_name=vnet.name, address_prefix="10.0.0.0/20"
)
for index in range({machines}):
    nic = network.NetworkInterface(
        f"nic{{index}}",
        resource_group_name=group.name,
        network_interface_name=f"nic{{index}}",
        location=LOCATION,
        ip_configurations=[{{"name": "ip", "subnet": {{"id": subnet.id}}}}],
    )
    compute.VirtualMachine(
        f"vm{{index}}",
        resource_group_name=group.name,
        vm_name=f"vm{{index}}",
        location=LOCATION,
        hardware_profile={{"vm_size": "Standard_D2s_v5"}},
        network_profile={{"network_interfaces": [{{"id": nic.id, "primary": True}}]}},
        os_profile={{
            "computer_name": f"vm{{index}}",
            "admin_username": "azureuser",
            "admin_password": pulumi.Output.secret("Not-A-Pa55word"),
            "windows_configuration": {{
                "provision_vm_agent": True,
                "enable_automatic_updates": True,
                "patch_settings": {{"patch_mode": "AutomaticByPlatform", "enable_hotpatching": True}},
            }},
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


def main(pairs: int = 3, machines: int = 100) -> int:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        write(work / "Pulumi.yaml", "name: bench\nruntime: python\n")
        write(work / "__main__.py", PROGRAM.format(machines=machines))
        found = [measured(work, pair) for pair in range(pairs)]
    ratio = statistics.median(pair[OURS] for pair in found) / statistics.median(pair[BARE] for pair in found)
    print(json.dumps({"machines": machines, "pairs": found, "ratio": round(ratio, 3), "bar": BAR}))
    return int(ratio > BAR)


def measured(work: Path, pair: int) -> dict[str, float]:
    """Seconds with each provider; which comes first changes with each pair."""
    order = (OURS, BARE) if pair % 2 else (BARE, OURS)
    return {name: up(work, name, f"{name}{pair}") for name in order}


def up(work: Path, provider: str, stack: str) -> float:
    store = {"AZURE_HOTPATCH_EMULATOR_STORE": str(work / f"{stack}.sqlite")}
    settings = environment(work, COMMANDS[provider], provider) | store
    run(["pulumi", "stack", "init", stack], work, settings)
    began = time.perf_counter()
    run(["pulumi", "up", "--yes", "--skip-preview", "--suppress-progress", "--stack", stack], work, settings)
    return round(time.perf_counter() - began, 3)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
