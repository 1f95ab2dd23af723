"""Virtual machines: what Azure demands of them, fills in, and does not let change."""

import uuid

from azure_hotpatch.emulator.arm.bodies import Json, fill, items, read
from azure_hotpatch.emulator.arm.errors import BadRequest, InvalidParameter
from azure_hotpatch.emulator.arm.providers import run_commands
from azure_hotpatch.emulator.arm.providers.compute import (
    disks,
    images,
    instance_view,
    os_profile,
    patching,
    power,
    sizes,
)
from azure_hotpatch.emulator.arm.resource_type import Act, Action, Change, ResourceType
from azure_hotpatch.emulator.arm.stored import Resource, stamp
from azure_hotpatch.emulator.arm.transaction import Transaction

TYPE = "Microsoft.Compute/virtualMachines"
VERSIONS = ("2015-06-15", "2026-12-31")


def prepare(change: Change) -> None:
    _require(change)
    image = change.properties["storageProfile"].get("imageReference") or {}
    windows = images.is_windows(image, change.properties.get("osProfile", {}))
    before = read(change.previous, "storageProfile.imageReference") or {}
    exact = images.resolved_version(image, before, change.tx.now().date())
    if exact:
        image["exactVersion"] = exact
    if images.is_hotpatched(image):
        sizes.check(str(change.properties["hardwareProfile"]["vmSize"]))
    _complete_profile(change, windows=windows, hotpatched=images.is_hotpatched(image))
    _complete_disks(change, image, windows=windows)
    _check_interfaces(change)
    change.properties["vmId"] = change.previous.get("vmId") or str(uuid.uuid4())
    change.properties["timeCreated"] = change.previous.get("timeCreated") or stamp(change.tx.now())


def _complete_profile(change: Change, *, windows: bool, hotpatched: bool) -> None:
    if "osProfile" not in change.sent.get("properties", {}) and "osProfile" in change.previous:
        change.properties["osProfile"] = change.previous["osProfile"]  # an update that leaves it out keeps it
    profile = change.properties.get("osProfile")
    if profile is None:
        return
    fill(profile, {"computerName": change.name})
    if windows:
        os_profile.check_computer_name(profile["computerName"], 15, "computer name", "computerName")
    os_profile.complete(profile, os_profile.Origin(windows, hotpatched, not change.before, change.version))


def _require(change: Change) -> None:
    for path in ("hardwareProfile.vmSize", "storageProfile", "networkProfile"):
        if read(change.properties, path) is None:
            name = path.rsplit(".", 1)[-1]
            raise InvalidParameter(f"Required parameter '{name}' is missing (null).", name)
    storage = change.properties["storageProfile"]
    if not storage.get("imageReference") and not storage.get("osDisk"):
        raise InvalidParameter("Required parameter 'imageReference' is missing (null).", "imageReference")
    attached = str(read(storage, "osDisk.createOption")).lower() == "attach"
    if not attached and "osProfile" not in change.properties and not change.before:
        raise InvalidParameter("Required parameter 'osProfile' is missing (null).", "osProfile")


def _complete_disks(change: Change, image: Json, *, windows: bool) -> None:
    storage = change.properties["storageProfile"]
    os_disk = storage.setdefault("osDisk", {})
    before = change.previous.get("storageProfile", {})
    fill(os_disk, {"createOption": "FromImage", "caching": "ReadWrite"})
    fill(os_disk, {"osType": "Windows" if windows else "Linux"})
    name = read(before, "osDisk.name") or f"{change.name}_OsDisk_1_{uuid.uuid4().hex}"
    source = {"createOption": "FromImage", "imageReference": {"id": image.get("id", _image_id(change, image))}}
    disks.for_machine(change, os_disk, name, images.disk_gb(image, windows=windows), source)
    old_names = {disk["lun"]: disk["name"] for disk in items(before, "dataDisks")}
    for disk in items(storage, "dataDisks"):
        if "lun" not in disk:
            raise InvalidParameter("Required parameter 'dataDisk.lun' is missing (null).", "dataDisk.lun")
        fill(disk, {"caching": "None", "toBeDetached": False})
        name = old_names.get(disk["lun"]) or f"{change.name}_disk{disk['lun'] + 2}_{uuid.uuid4().hex}"
        disks.for_machine(change, disk, name, None, {"createOption": "Empty"})
    storage.setdefault("dataDisks", [])


def _image_id(change: Change, image: Json) -> str:
    subscription = change.id.split("/")[2]
    return (
        f"/Subscriptions/{subscription}/Providers/Microsoft.Compute/Locations/{change.location}/Publishers/"
        f"{image.get('publisher')}/ArtifactTypes/VMImage/Offers/{image.get('offer')}/Skus/{image.get('sku')}/Versions/"
        f"{image.get('exactVersion')}"
    )


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


def _begin_run_command(act: Act) -> None:
    patching.refuse_without_agent(act)
    run_commands.begin(act)


def deleted(tx: Transaction, machine: Resource) -> None:
    """What was asked to go with the machine goes; the rest stays, as Azure leaves it."""
    storage = machine.body["properties"]["storageProfile"]
    for disk in (storage.get("osDisk", {}), *items(storage, "dataDisks")):
        if disk.get("deleteOption") == "Delete" and read(disk, "managedDisk.id"):
            tx.remove(disk["managedDisk"]["id"])
    for interface in items(machine.body["properties"]["networkProfile"], "networkInterfaces"):
        if read(interface, "properties.deleteOption") == "Delete":
            tx.remove(interface["id"])


_IMAGE = "storageProfile.imageReference"

TYPES = (
    ResourceType(
        TYPE,
        VERSIONS,
        prepare=prepare,
        show=_show,
        deleted=deleted,
        actions={
            **power.ACTIONS,
            **patching.ACTIONS,
            "instanceView": Action(instance_view.view, methods=("GET",)),
            "runCommand": Action(run_commands.finish, _begin_run_command, polls=1, remembers=("commands",)),
        },
        instance_view=instance_view.view,
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
