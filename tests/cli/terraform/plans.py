"""Plans and states as Terraform writes them with azurerm 4.42 and later."""

from collections.abc import Mapping
from typing import Any

from tests.images import windows_server_image

GOOD_SKU = "2022-Datacenter-Azure-Edition-Core"
WINDOWS, LINUX = "azurerm_windows_virtual_machine", "azurerm_linux_virtual_machine"
SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000000"
GROUP = f"{SUBSCRIPTION}/resourceGroups/rg"
# What the provider computes of a machine that is not there yet (windows_virtual_machine_resource.go, 4.42).
COMPUTED = (
    *("id", "computer_name", "os_managed_disk_id", "private_ip_address", "public_ip_address", "virtual_machine_id"),
    *("patch_mode", "patch_assessment_mode", "hotpatching_enabled", "provision_vm_agent", "automatic_updates_enabled"),
    *("allow_extension_operations", "disk_controller_type"),
)
ABSENT_BLOCKS = ("additional_capabilities", "boot_diagnostics", "identity", "plan", "secret", "winrm_listener")
DEFAULTS: dict[str, Any] = {
    "extensions_time_budget": "PT1H30M",
    "priority": "Regular",
    "max_bid_price": -1,
    "edge_zone": None,
}
SETTINGS = {
    "patch_mode": "AutomaticByPlatform",
    "patch_assessment_mode": "AutomaticByPlatform",
    "hotpatching_enabled": True,
}
PASSWORD = "Hush-Hush-4711"  # noqa: S105 - it is no password of anything


def image(sku: str = GOOD_SKU) -> list[dict[str, Any]]:
    """The block of an image, a list of one."""
    return [windows_server_image(sku)]


def machine(**changes: Any) -> dict[str, Any]:
    """What is written of a machine to which no rule objects; `changes` with None leave an attribute out."""
    written = {
        "name": "web",
        "resource_group_name": "rg",
        "location": "westeurope",
        "size": "Standard_D2s_v5",
        "admin_username": "ops",
        "admin_password": PASSWORD,
        "secure_boot_enabled": True,
        "vtpm_enabled": True,
        "os_disk": [{"caching": "ReadWrite", "storage_account_type": "Premium_LRS"}],
        "source_image_reference": image(),
        **SETTINGS,
        **changes,
    }
    return {name: value for name, value in written.items() if value is not None}


def created(
    written: Mapping[str, Any],
    address: str = f"{WINDOWS}.vm",
    *,
    unknown: Mapping[str, Any] | None = None,
    sensitive: Any = None,
    index: Any = None,
    actions: tuple[str, ...] = ("create",),
    **rest: Any,
) -> dict[str, Any]:
    """An entry of `resource_changes`; `unknown` are the values that come from resources that are not there yet."""
    module, type_, _ = parted(address)
    absent = _absent(type_)
    computed = {each: True for each in (COMPUTED if type_ == WINDOWS else ("id",)) if each not in written}
    gone = set(actions) <= {"delete", "forget"}
    return {
        **_head(address),
        **({"module_address": module} if module else {}),
        **({} if index is None else {"index": index}),
        "provider_name": "registry.terraform.io/hashicorp/azurerm",
        "change": {
            "actions": list(actions),
            "before": {**absent, **written} if gone else None,
            "after": None if gone else {**absent, **written},
            "after_unknown": False if gone else {**computed, **(unknown or {})},
            "before_sensitive": False,
            "after_sensitive": {"admin_password": True} if sensitive is None else sensitive,
        },
        **rest,
    }


def _head(address: str) -> dict[str, Any]:
    """How each entry of a plan and of a state begins."""
    _, type_, name = parted(address)
    return {"address": address, "mode": "managed", "type": type_, "name": name}


def parted(address: str) -> tuple[str, str, str]:
    """The module, type and name of an address whose keys hold no dots."""
    whole, _, _ = address.rpartition("[") if address.endswith("]") else (address, "", "")
    above, name = whole.rsplit(".", 1)
    module, _, type_ = above.rpartition(".")
    return module, type_, name


def constants(written: Mapping[str, Any]) -> dict[str, Any]:
    """The expressions of what is written as it stands; a block is a list of one, as it is among the values."""
    return {
        name: [constants(block) for block in value]
        if isinstance(value, list) and value and isinstance(value[0], Mapping)
        else {"constant_value": value}
        for name, value in written.items()
    }


def references(*names: str) -> dict[str, Any]:
    return {"references": list(names)}


def configured(address: str, expressions: Mapping[str, Any], for_each: Any = None, count: Any = None) -> dict[str, Any]:
    """A resource of `configuration`, by its address in its module."""
    return {
        **_head(address),
        "provider_config_key": "azurerm",
        "expressions": dict(expressions),
        "schema_version": 0,
        **({"for_each_expression": for_each} if for_each else {}),
        **({"count_expression": count} if count else {}),
    }


def plan(changes: list[dict[str, Any]], resources: list[dict[str, Any]] | None = None, **rest: Any) -> dict[str, Any]:
    """A plan; without `resources` each change is written as it stands in the root module."""
    if resources is None:
        resources = [configured(each["address"], constants(_written(each))) for each in changes]
    module = {"resources": resources, **rest.pop("module", {})}
    return {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": {"root_module": {}},
        "resource_changes": changes,
        "configuration": {"root_module": module},
        "timestamp": "2026-11-30T20:00:00Z",
        "applyable": True,
        "complete": True,
        "errored": False,
        **rest,
    }


def state(*resources: dict[str, Any], modules: list[Any] | None = None) -> dict[str, Any]:
    root = {"resources": list(resources), **({"child_modules": modules} if modules else {})}
    return {"format_version": "1.0", "terraform_version": "1.11.4", "values": {"root_module": root}}


def kept(written: Mapping[str, Any], address: str = f"{WINDOWS}.vm", sensitive: Any = None) -> dict[str, Any]:
    """A resource of a state: nothing is unknown, what is not there is empty."""
    head = _head(address)
    absent = _absent(head["type"])
    return {
        **head,
        "provider_name": "registry.terraform.io/hashicorp/azurerm",
        "schema_version": 0,
        "values": {**absent, **written},
        "sensitive_values": {"admin_password": True} if sensitive is None else sensitive,
    }


def _absent(type_: str) -> dict[str, Any]:
    """What stands in every plan and state of a machine though nobody wrote it."""
    blocks: dict[str, Any] = {name: [] for name in ABSENT_BLOCKS}
    return {**blocks, **DEFAULTS} if type_ == WINDOWS else {}


def _written(change: Mapping[str, Any]) -> dict[str, Any]:
    after = change["change"]["after"] or {}
    return {name: value for name, value in after.items() if name not in (*ABSENT_BLOCKS, *DEFAULTS)}
