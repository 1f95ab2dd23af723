"""Microsoft.Network: the types that connect and isolate machines."""

from azure_hotpatch.emulator.arm.providers.network import (
    addresses,
    interfaces,
    load_balancers,
    routes,
    security_groups,
    virtual_networks,
)

TYPES = (
    *virtual_networks.TYPES,
    *security_groups.TYPES,
    *addresses.TYPES,
    *interfaces.TYPES,
    *load_balancers.TYPES,
    *routes.TYPES,
)
