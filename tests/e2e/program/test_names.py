"""Names in Azure as the stack's file says, several resource groups, and an orphan that a certain name makes known."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

JOIN = {
    "name": "join",
    "publisher": "Microsoft.Compute",
    "type": "JsonADDomainExtension",
    "version": "1.3",
    "settings": {"Name": "corp.contoso.com"},
    "protectedSettingsSecret": "join",
}
CONFIG: dict[str, Any] = {
    "azure-hotpatch:naming": {
        "patterns": {
            "resourceGroup": "rg-{name}",
            "machine": "vm-{name}",
            "interface": "nic-{name}",
            "disk": "disk-{name}-{unit}",
            "scaleSet": "vmss-{name}",
            "loadBalancer": "lb-{name}",
            "network": "vnet-{location}",
            "subnet": "snet-machines",
            "securityGroup": "nsg-{location}",
            "natGateway": "ng-{location}",
            "publicAddress": "pip-{location}",
            "schedule": "mc-{location}",
        }
    },
    "azure-hotpatch:maintenance": {
        "schedule": {"start": "2027-01-16 02:00", "recurrence": "saturdayAfterPatchTuesday"}
    },
    "azure-hotpatch:fleet": {
        "machines": [
            {
                "name": "web",
                "resourceGroup": "shop",
                "adminPasswordSecret": "shop",
                "dataDisks": [{"sizeGB": 32, "separate": True}],
                "extensions": [JOIN],
            },
            {"name": "erp", "patchingMode": "customerManagedSchedule"},
        ],
        "scaleSets": [
            {"name": "front", "patchingMode": "hotpatch", "instances": 1, "loadBalancer": True, "extensions": [JOIN]}
        ],
    },
}
SECRETS = {"secrets.shop": "Shop-unmistakable-Qr5", "secrets.join.Password": "Join-unmistakable-Tv8"}
OF_THE_REGION = {
    "network-westeurope-vnet": "/Microsoft.Network/virtualNetworks/vnet-westeurope",
    "network-westeurope-subnet": "/Microsoft.Network/virtualNetworks/vnet-westeurope/subnets/snet-machines",
    "network-westeurope-nsg": "/Microsoft.Network/networkSecurityGroups/nsg-westeurope",
    "network-westeurope-nat": "/Microsoft.Network/natGateways/ng-westeurope",
    "network-westeurope-nat-ip": "/Microsoft.Network/publicIPAddresses/pip-westeurope",
    "schedule-westeurope-window": "/Microsoft.Maintenance/maintenanceConfigurations/mc-westeurope",
    "front-lb": "/Microsoft.Network/loadBalancers/lb-front",
    "front-vmss": "/Microsoft.Compute/virtualMachineScaleSets/vmss-front",
}


def test_names_are_certain_and_an_orphan_is_an_error_that_an_import_settles(
    program: Path, stack: Callable[..., Any], engine: Any
) -> None:
    shop = stack("named")
    for path, value in SECRETS.items():
        shop.run(f"config set --secret --path azure-hotpatch:{path} {value}")
    file = program / "stacks/Pulumi.named.yaml"
    content = yaml.safe_load(file.read_text())
    content["config"] |= CONFIG
    file.write_text(yaml.safe_dump(content))
    shop.up()

    ids = {each["urn"].rpartition("::")[2]: each.get("id", "") for each in shop.resources()}
    group = ids["web-vm"].partition("/providers/")[0]
    assert ids["shop"] == group
    assert group.endswith("/resourceGroups/rg-shop")
    assert ids["web-vm"] == f"{group}/providers/Microsoft.Compute/virtualMachines/vm-web"
    assert ids["web-nic"] == f"{group}/providers/Microsoft.Network/networkInterfaces/nic-web"
    assert ids["web-disk-0"] == f"{group}/providers/Microsoft.Compute/disks/disk-web-0"
    assert ids["web-join"] == f"{ids['web-vm']}/extensions/join"
    providers = f"{group.removesuffix('rg-shop')}rg-fleet/providers"
    assert {ids[name].removeprefix(providers) for name in OF_THE_REGION} == set(OF_THE_REGION.values())
    rows = {row["name"]: (row["resourceGroup"], row["azureName"]) for row in shop.outputs()["fleet"]}
    assert rows == {"web": ("rg-shop", "vm-web"), "erp": ("rg-fleet", "vm-erp"), "front": ("rg-fleet", "vmss-front")}
    kept = [path for path in engine.state.rglob("*") if path.is_file()] + [engine.store, file]
    assert [path for path in kept for value in SECRETS.values() if value.encode() in path.read_bytes()] == []

    urns = {each["urn"].rpartition("::")[2]: each["urn"] for each in shop.resources()}
    for name in ("web-join", "web-vm"):  # as if the engine had died before it wrote them down
        shop.run(f"state delete {urns[name]} --yes")
    orphaned = shop.run("up --yes --skip-preview", check=False)
    assert orphaned.returncode != 0
    assert f"cannot create already existing resource '{ids['web-vm']}'" in orphaned.stdout

    shop.run(
        f"import azure-native:compute:VirtualMachine web-vm {ids['web-vm']} --parent web={urns['web']} "
        "--protect=false --generate-code=false --yes --skip-preview"
    )
    shop.run(
        f"import azure-native:compute:VirtualMachineExtension web-join {ids['web-join']} --parent web={urns['web']} "
        "--protect=false --generate-code=false --yes --skip-preview"
    )
    shop.up()
    assert {each["urn"].rpartition("::")[2]: each.get("id", "") for each in shop.resources()} == ids
    shop.run("up --yes --skip-preview --expect-no-changes")
