"""A machine as Windows Update sees it: its server generation, its hotpatch setting, and its first baseline."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.patching import given_offers
from azure_hotpatch.emulator.arm.protocol.bodies import Json, read
from azure_hotpatch.emulator.arm.windows_update import marketplace, tracks
from azure_hotpatch.emulator.arm.windows_update.calendar import GENERATIONS, UpdateCalendar
from azure_hotpatch.emulator.arm.windows_update.companions import companions
from azure_hotpatch.emulator.arm.windows_update.events import UpdateCatalogue, catalogue
from azure_hotpatch.emulator.arm.windows_update.packages import Packages
from azure_hotpatch.emulator.arm.windows_update.patch import OfferedPatch
from azure_hotpatch.emulator.arm.windows_update.patch import of as patch_of
from azure_hotpatch.emulator.arm.windows_update.releases import WindowsUpdate

VIRTUAL_MACHINES = "Microsoft.Compute/virtualMachines"
ARC_MACHINES = "Microsoft.HybridCompute/machines"
_INSTANCE = "providers/Microsoft.AzureStackHCI/virtualMachineInstances/default"
_LICENSE = "licenseProfiles/default"
_SETTINGS = "osProfile.windowsConfiguration.patchSettings"
EVENTS = ("emulator/windows-update", "events")


@dataclass(frozen=True, slots=True)
class Guest:
    """A machine as Windows Update knows it; its updates are in the machine's hidden data."""

    machine: Resource
    windows: bool
    server: str  # 2022, 2025, or "" for older ones
    enrolled: bool  # whether hotpatch is on
    packages: Packages
    calendar: UpdateCalendar
    catalogue: UpdateCatalogue

    def again(self, machine: Resource) -> "Guest":
        """The same guest in another copy of its machine."""
        return replace(self, machine=machine, packages=self.packages.of(machine))

    def track(self, now: datetime) -> tracks.OfferedTrack:
        return tracks.track(self.calendar, self.packages, now, enrolled=self.enrolled)

    def offered(self, now: datetime) -> list[OfferedPatch]:
        """The updates that the machine lacks now."""
        if not self.windows:
            return []
        found = given_offers.given(self.machine, self.calendar)
        if found is None:
            releases = tracks.offered(self.calendar, self.packages, now, enrolled=self.enrolled)
            found = iter((*map(patch_of, releases), *companions(now)))
        return [patch for patch in found if not self.packages.has(patch)]


def catalogue_of(tx: Transaction) -> UpdateCatalogue:
    """The calendar with the events that this emulator was given."""
    return catalogue(next(iter(tx.recorded(*EVENTS)), ""))


def of(tx: Transaction, machine: Resource, known: UpdateCatalogue | None = None) -> Guest:
    """What a virtual machine or a machine of Arc's is."""
    known = known or catalogue_of(tx)
    if machine.type.lower() == ARC_MACHINES.lower():
        return _of_arc(tx, machine, known)
    return of_virtual_machine(machine, known)


def of_virtual_machine(machine: Resource, known: UpdateCatalogue) -> Guest:
    image = read(machine.body, "properties.storageProfile.imageReference") or {}
    server = marketplace.generation(image)
    return Guest(
        machine,
        str(read(machine.body, "properties.storageProfile.osDisk.osType")).lower() == "windows",
        server,
        read(machine.body, f"properties.{_SETTINGS}.enableHotpatching") is True,
        Packages(machine, marketplace.baseline(image, known.calendars[server])),
        known.calendars[server],
        known,
    )


def _of_arc(tx: Transaction, machine: Resource, known: UpdateCatalogue) -> Guest:
    """For a machine on Azure Local its image decides; for any other the operating system that its agent reported."""
    properties = machine.body.get("properties", {})
    instance = tx.find(f"{machine.id}/{_INSTANCE}")
    sku = _sku_on_azure_local(tx, instance) if instance else ""
    name = sku or f"{properties.get('osSku', '')} {properties.get('osName', '')}"
    server = next((year for year in GENERATIONS if year in name), "")
    system = str(properties.get("osType") or properties.get("osName") or "windows").lower()
    enrolled = marketplace.is_hotpatched_sku(sku) if sku else _is_enrolled(tx, machine, properties, server)
    return Guest(
        machine,
        "linux" not in system,
        server,
        enrolled,
        Packages(machine, _born(known.calendars[server], properties, machine)),
        known.calendars[server],
        known,
    )


def _sku_on_azure_local(tx: Transaction, instance: Resource) -> str:
    image = tx.find(str(read(instance.body, "properties.storageProfile.imageReference.id") or ""))
    return str(read(image.body, "properties.identifier.sku") or "").lower() if image else ""


def _is_enrolled(tx: Transaction, machine: Resource, properties: Json, server: str) -> bool:
    """Arc: the machine's patch settings enable it, and its licence includes it (Azure Edition needs no licence)."""
    if server != "2025" or read(properties, f"{_SETTINGS}.enableHotpatching") is not True:
        return False
    if "azure edition" in str(properties.get("osSku", "")).lower():
        return True
    profile = tx.find(f"{machine.id}/{_LICENSE}")
    features = (read(profile.body, "properties.productProfile.productFeatures") if profile else None) or ()
    return any(
        str(one.get("name")).lower() == "hotpatch"
        and str(one.get("subscriptionStatus")).lower() in {"enabled", "enable"}
        for one in features
    )


def _born(calendar: UpdateCalendar, properties: Json, machine: Resource) -> WindowsUpdate | None:
    """The baseline that a machine of Arc's had when it was connected: by its build, else by the day."""
    build = ".".join(str(properties.get("osVersion", "")).split(".")[-2:])
    found, made = calendar.of_build(build), machine.hidden.get("made")
    day = found.day if found else (datetime.fromisoformat(made).date() if made else None)
    return calendar.baseline(datetime.combine(day + timedelta(days=1), time(), UTC)) if day else None
