"""The registry of a guest, with the settings of the Windows Update client."""

from dataclasses import dataclass
from typing import Any

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.protocol.bodies import Json

# "Manage additional Windows Update settings"
_POLICY = r"hklm:\software\policies\microsoft\windows\windowsupdate\au"
_SCHEDULED = 4  # AUOptions: download, and install at the scheduled time


@dataclass(frozen=True, slots=True)
class Client:
    """When the client installs: `day` 0 is every day, 1 Sunday to 7 Saturday; `hour` is the guest's own."""

    day: int
    hour: int


def written(machine: Resource, values: list[Json]) -> list[str]:
    """Set values, `{key, name, value}` with None to delete one; returns the names of those that changed."""
    registry: dict[str, dict[str, Any]] = machine.hidden.setdefault("registry", {})
    changed = []
    for value in values:
        key, name = registry.setdefault(value["key"].lower(), {}), value["name"]
        if key.get(name) != value["value"]:
            changed.append(name)
        if value["value"] is None:
            key.pop(name, None)
        else:
            key[name] = value["value"]
    return changed


def client_of(machine: Resource) -> Client | None:
    """When the client of a guest installs by itself; None where it is not configured, or a WSUS server decides."""
    policy = machine.hidden.get("registry", {}).get(_POLICY, {})
    if policy.get("AUOptions") != _SCHEDULED or policy.get("NoAutoUpdate") == 1 or policy.get("UseWUServer") == 1:
        return None
    return Client(int(policy.get("ScheduledInstallDay", 0)), int(policy.get("ScheduledInstallTime", 3)))
