"""Machines that run, spelled shortly."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from azure_hotpatch.operations.machine import (
    Assessment,
    ImageName,
    Installation,
    Machine,
    MachineType,
    Patch,
    PatchSettings,
)

SUBSCRIPTION = "11111111-2222-3333-4444-555555555555"
HOTPATCH = PatchSettings("AutomaticByPlatform", "AutomaticByPlatform", True, provision_vm_agent=True)
PAUSED = PatchSettings("AutomaticByPlatform", "AutomaticByPlatform", False, bypass_platform_safety_checks=True)


def at(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def machine(name: str = "web-1", build: str = "26100.33438", **more: Any) -> Machine:
    """A hotpatch machine of Windows Server 2025 at a build, unless `more` says otherwise."""
    path = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/fleet/providers/Microsoft.Compute/virtualMachines/{name}"
    generation = "2022" if build.startswith("20348") else "2025"
    image = ImageName("MicrosoftWindowsServer", "WindowsServer", f"{generation}-datacenter-azure-edition")
    bare = Machine(path, MachineType.VIRTUAL_MACHINE, name, "fleet", SUBSCRIPTION, "westeurope", image, HOTPATCH)
    told = {"power": "running", "os_version": f"10.0.{build}", "os_type": "Windows", **more}
    return replace(bare, **told)


def installed(day: str, *kbs: str, reboot: str = "NotNeeded", status: str = "Succeeded") -> Installation:
    """A run of a day that installed updates."""
    patches = tuple(Patch(kb, f"Update KB{kb}", ("Security",), "Installed") for kb in kbs)
    return Installation(f"run-{day}", status, at(day), at(day), patches, reboot)


def assessed(day: str, *kbs: str, pending: bool = False) -> Assessment:
    """An assessment of a day that offers updates."""
    patches = tuple(Patch(kb, f"Update KB{kb}", ("Security",), "Available") for kb in kbs)
    return Assessment("Succeeded", at(day), {"critical": 0, "security": len(kbs)}, pending, patches)
