"""Virtual machines: what Azure requires of them, fills in, and refuses to change."""

import uuid

from azure_hotpatch.emulator.arm.database.stored import Resource, stamp
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act, Action, Change, ResourceType
from azure_hotpatch.emulator.arm.protocol.bodies import Json, drop_empty, fill, items, read
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest, InvalidParameter, PropertyChangeNotAllowed
from azure_hotpatch.emulator.arm.protocol.queries import Queries
from azure_hotpatch.emulator.arm.providers import run_commands
from azure_hotpatch.emulator.arm.providers.compute import (
    agent,
    etags,
    images,
    instance_view,
    machine_disks,
    machine_origin,
    os_profile,
    patching,
    platform_images,
    power,
    resource_skus,
    sizes,
    special_actions,
)

TYPE = "Microsoft.Compute/virtualMachines"
VERSIONS = ("2015-06-15", "2026-12-31")


def prepare(change: Change) -> None:
    drop_empty(change.properties, "additionalCapabilities")  # as terraform-provider-azurerm counts on
    machine_origin.check(change)
    image = change.properties["storageProfile"].get("imageReference") or {}
    windows = images.is_windows(image, change.properties.get("osProfile", {}))
    before = read(change.previous, "storageProfile.imageReference") or {}
    exact = images.resolved_version(image, before, change.tx.now().date())
    if exact:
        image["exactVersion"] = exact
    if image.get("publisher"):
        platform_images.check(image)
        size = str(change.properties["hardwareProfile"]["vmSize"])
        sizes.check(size, images.hyper_v(image), images.architecture(image))
    _complete_profile(change, image, windows=windows)
    machine_disks.complete(change, image, windows=windows)
    _check_interfaces(change)
    fill(change.properties, {"storageProfile.diskControllerType": "SCSI"})
    etags.count(change)
    change.properties["vmId"] = change.previous.get("vmId") or str(uuid.uuid4())
    change.properties["timeCreated"] = change.previous.get("timeCreated") or stamp(change.tx.now())


def _complete_profile(change: Change, image: Json, *, windows: bool) -> None:
    if "osProfile" not in change.sent.get("properties", {}) and "osProfile" in change.previous:
        change.properties["osProfile"] = change.previous["osProfile"]  # an update that leaves it out keeps it
    profile = change.properties.get("osProfile")
    if profile is None:
        return
    fill(profile, {"computerName": change.name})
    if windows:
        os_profile.check_computer_name(profile["computerName"], 15, "computer name", "computerName")
    os_profile.complete(profile, os_profile.origin(change, image, windows=windows))


def _check_interfaces(change: Change) -> None:
    profile = change.properties["networkProfile"]
    interfaces = list(items(profile, "networkInterfaces"))
    if not interfaces and not profile.get("networkInterfaceConfigurations"):
        raise InvalidParameter(  # wording not published
            "Virtual Machine must have at least one network interface.", "networkProfile.networkInterfaces"
        )
    if len(interfaces) > 1 and not any(read(one, "properties.primary") for one in interfaces):
        raise BadRequest(
            f"Virtual machine {change.name} has more than one network interface and none of them is primary.",
            code="VirtualMachineMustHaveOneNetworkInterfaceAsPrimary",
        )
    for interface in interfaces:
        _refuse_taken(change, interface.get("id", ""))


def _refuse_taken(change: Change, interface: str) -> None:
    users = [user for user in change.tx.users(interface) if user.lower() != change.id.lower()]
    machines = [user for user in users if "/virtualmachines/" in user.lower()]
    if machines:
        raise BadRequest(f"Network Interface {interface} is used by existing resource {machines[0]}.", code="NicInUse")


def _show(tx: Transaction, machine: Resource, shown: Json) -> None:
    extensions = tx.within(machine.id, f"{TYPE}/extensions")
    if extensions:
        shown["resources"] = [_extension(one) for one in extensions]


def _extension(extension: Resource) -> Json:
    properties = {**extension.body["properties"], "provisioningState": extension.state}
    kind = {"id": extension.id, "name": extension.name, "type": f"{TYPE}/extensions"}
    return {**kind, **extension.body, "properties": properties}


_QUERIES = Queries(
    filters={"virtualmachinescaleset/id": "properties.virtualMachineScaleSet.id"},
    lists=("instanceview",),
    gets=("userdata",),  # user data is not kept, so there is none to show
)
_KEEPS = {  # terraform-provider-azurerm 3277
    "zones": lambda _change: PropertyChangeNotAllowed("zones"),
    "plan": lambda _change: PropertyChangeNotAllowed("plan"),
}


def _begin_run_command(act: Act) -> None:
    agent.check(act.resource)
    power.refuse_if_off(act)
    run_commands.begin(act)


_IMAGE = "storageProfile.imageReference"

TYPES = (
    ResourceType(
        TYPE,
        VERSIONS,
        prepare=prepare,
        show=_show,
        deleted=machine_disks.deleted,
        keeps=_KEEPS,
        actions={
            **power.ACTIONS,
            **patching.ACTIONS,
            **special_actions.ACTIONS,
            "instanceView": Action(instance_view.view, methods=("GET",)),
            "vmSizes": Action(resource_skus.sizes_for, methods=("GET",)),
            "runCommand": Action(run_commands.finish, _begin_run_command, polls=1, remembers=("commands",)),
        },
        instance_view=instance_view.view,
        queries=_QUERIES,
        immutable={
            "osProfile.adminUsername": "osProfile.adminUsername",
            "osProfile.computerName": "osProfile.computerName",
            "osProfile.windowsConfiguration.enableAutomaticUpdates": "windowsConfiguration.enableAutomaticUpdates",
            "osProfile.windowsConfiguration.provisionVMAgent": "windowsConfiguration.provisionVMAgent",
            "osProfile.windowsConfiguration.timeZone": "windowsConfiguration.timeZone",
            "osProfile.linuxConfiguration.disablePasswordAuthentication": (
                "linuxConfiguration.disablePasswordAuthentication"
            ),
            "osProfile.linuxConfiguration.ssh": "linuxConfiguration.ssh.publicKeys",
            **{f"{_IMAGE}.{name}": "imageReference" for name in ("publisher", "offer", "sku", "version", "id")},
            "storageProfile.osDisk.name": "osDisk.name",
            "storageProfile.osDisk.createOption": "osDisk.createOption",
            "availabilitySet.id": "availabilitySet.id",
            "virtualMachineScaleSet.id": "virtualMachineScaleSet.id",
            "priority": "priority",
        },
        secrets=os_profile.SECRETS,
        checks_references=True,
        polls=1,
    ),
)
