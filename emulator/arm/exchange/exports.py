"""Convert the JSON that tools export from a real Azure estate to resources in ARM's own form."""

from collections.abc import Iterator
from typing import Any

from azure_hotpatch.emulator.arm.protocol.bodies import Json

# What ARM keeps beside `properties`; the Azure CLI lifts all else out of them.
_BESIDE = {
    *("id", "name", "type", "location", "tags", "sku", "plan", "identity", "zones", "kind", "managedBy", "etag"),
    *("extendedLocation", "systemData", "placement", "scale", "instanceId", "apiVersion", "properties"),
}
# What the CLI and Resource Graph add, or say beside a resource, and Azure does not store with it.
_ADDED = {"resourceGroup", "subscriptionId", "tenantId", "resources", "instanceView", "provisioningState", "etag"}
# What an item of a list in ARM's form has beside its `properties`; the CLI lifts these items' properties too.
_LISTS_OF_PARTS = {
    *("networkInterfaces", "ipConfigurations", "subnets", "securityRules", "routes", "virtualNetworkPeerings"),
    *("frontendIPConfigurations", "frontendIpConfigurations", "backendAddressPools", "loadBalancingRules", "probes"),
    *("inboundNatRules", "outboundRules", "networkInterfaceConfigurations", "extensions"),
}
# azure-mgmt-maintenance, MaintenanceConfiguration: the members of maintenanceWindow
_WINDOW = {"startDateTime", "expirationDateTime", "duration", "timeZone", "recurEvery"}
_BESIDE_PARTS = {"id", "name", "type", "zones", "etag", "properties"}


def rows(export: Any) -> list[Any] | None:
    """The resources of an export: `az graph query`, REST's {"data"} and {"value"}, `az … list`, one `az … show`.

    None where it is none of these.
    """
    if isinstance(export, list):
        return export
    if not isinstance(export, dict):
        return None
    for name in ("data", "value"):
        if isinstance(export.get(name), list):
            return list(export[name])
    return [export] if "id" in export and "type" in export else None


def in_arms_form(row: Json) -> Json:
    """One exported resource as ARM answers it, with `properties`; from whichever tool it came."""
    kept = {name: value for name, value in row.items() if name not in _ADDED and value is not None}
    if isinstance(kept.get("properties"), dict):
        return {**kept, "properties": {name: value for name, value in kept["properties"].items() if name not in _ADDED}}
    lifted = {name: _parts(name, value) for name, value in kept.items() if name not in _BESIDE}
    return {**{name: value for name, value in kept.items() if name in _BESIDE}, "properties": _windowed(lifted)}


def _windowed(properties: Json) -> Json:
    """The CLI and the SDK lift a schedule's window twice: out of the properties, and out of `maintenanceWindow`."""
    if "maintenanceScope" not in properties or "maintenanceWindow" in properties:
        return properties
    window = {name: value for name, value in properties.items() if name in _WINDOW}
    rest = {name: value for name, value in properties.items() if name not in _WINDOW}
    return {**rest, "maintenanceWindow": window} if window else properties


def _parts(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _parts(key, item) for key, item in _given(value)}
    if not isinstance(value, list):
        return value
    items = [_parts("", item) for item in value]
    return [_part(item) for item in items] if name in _LISTS_OF_PARTS else items


def _part(item: Any) -> Any:
    if not isinstance(item, dict) or "properties" in item:
        return item
    beside = {name: value for name, value in item.items() if name in _BESIDE_PARTS}
    lifted = {name: value for name, value in item.items() if name not in _BESIDE_PARTS}
    return {**beside, "properties": lifted} if lifted else beside


def _given(value: Json) -> Iterator[tuple[str, Any]]:
    return ((name, item) for name, item in value.items() if item is not None and name != "resourceGroup")
