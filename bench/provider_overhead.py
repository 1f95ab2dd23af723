"""What the emulator's provider costs: `up` of 100 machines with it, and with one that answers at once, in pairs.

    python bench/provider_overhead.py [pairs] [machines]

Each run has a stack and an emulator of its own. Prints the seconds of each pair and the ratio of the two medians, as
JSON; ends with 1 where that is over the bar.
"""

import json
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
BAR = 1.3
OURS, BARE = "emulator", "bare"
COMMANDS = {
    OURS: ["-m", "azure_hotpatch.emulator.provider"],
    BARE: [str(REPOSITORY / "tests/policies/echo_provider.py")],
}
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
        (work / "state").mkdir()
        found = [measured(work, pair) for pair in range(pairs)]
    ratio = statistics.median(pair[OURS] for pair in found) / statistics.median(pair[BARE] for pair in found)
    print(json.dumps({"machines": machines, "pairs": found, "ratio": round(ratio, 3), "bar": BAR}))
    return int(ratio > BAR)


def measured(work: Path, pair: int) -> dict[str, float]:
    """Seconds with each provider; which comes first changes with each pair."""
    order = (OURS, BARE) if pair % 2 else (BARE, OURS)
    return {name: up(work, name, f"{name}{pair}") for name in order}


def up(work: Path, provider: str, stack: str) -> float:
    environment = setting(work, provider, work / f"{stack}.sqlite")
    run(["pulumi", "stack", "init", stack], work, environment)
    began = time.perf_counter()
    run(["pulumi", "up", "--yes", "--skip-preview", "--suppress-progress", "--stack", stack], work, environment)
    return round(time.perf_counter() - began, 3)


def setting(work: Path, provider: str, store: Path) -> dict[str, str]:
    """The environment of a run whose only plugin is this provider."""
    home = work / provider
    plugin = home / f"plugins/resource-azure-native-v{version('pulumi-azure-native')}"
    launcher = plugin / "pulumi-resource-azure-native"
    write(launcher, f"#!/bin/sh\nexec {shlex.join([sys.executable, *COMMANDS[provider]])}\n")
    launcher.chmod(0o755)
    built = [str(REPOSITORY / ".hotpatch/bin"), str(Path(sys.executable).parent)]
    return {
        **os.environ,
        "PATH": os.pathsep.join([*built, os.environ["PATH"]]),
        "PULUMI_HOME": str(home),
        "PULUMI_BACKEND_URL": (work / "state").as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": "bench",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "AZURE_HOTPATCH_EMULATOR_STORE": str(store),
    }


def run(command: list[str], work: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{shlex.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
