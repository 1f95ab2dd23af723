"""Actions that Azure supports on few machines, and refuses on the others."""

from collections.abc import Mapping

from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act, Action, Change
from azure_hotpatch.emulator.arm.protocol.bodies import Json, items, read
from azure_hotpatch.emulator.arm.protocol.errors import NotEmulated, OperationNotAllowed
from azure_hotpatch.emulator.arm.providers.compute import data_disks, disks, power


def _begin_reimage(act: Act) -> None:
    """Only a machine whose OS disk is ephemeral is made again from its image."""
    if str(read(act.resource.body, "properties.storageProfile.osDisk.diffDiskSettings.option")).lower() != "local":
        raise OperationNotAllowed(  # azure-cli 12498
            "The Reimage and OSUpgrade Virtual Machine actions require that the virtual machine has Automatic OS "
            "Upgrades enabled."
        )


def _refuse_maintenance(act: Act) -> None:
    """The emulated platform has no maintenance that a customer may start."""
    raise OperationNotAllowed(  # wording not published for a machine with no maintenance pending
        f"Operation 'performMaintenance' is not allowed on VM '{act.resource.name}' since no maintenance is pending."
    )


def _begin_eviction(act: Act) -> None:
    if str(read(act.resource.body, "properties.priority")).lower() != "spot":  # wording not published
        raise OperationNotAllowed(
            f"Operation 'simulateEviction' is not allowed on VM '{act.resource.name}' since it is not a Spot VM."
        )


def _evict(act: Act) -> None:
    if str(read(act.resource.body, "properties.evictionPolicy")).lower() == "delete":
        act.tx.remove(act.resource.id)
        return
    power.change(act.tx, act.resource, power.DEALLOCATED)


def _begin_generalize(act: Act) -> None:
    if power.is_running(act.resource):  # azure-docs 86809
        raise OperationNotAllowed(
            f"Operation 'generalize' is not allowed on VM '{act.resource.name}' since the VM is running."
        )


def _generalize(act: Act) -> None:
    """From now on the machine is what an image is made of, and does not start again ("Generalize a VM")."""
    act.resource.hidden[power.GENERALIZED] = True
    act.tx.hide(act.resource)


def _begin_conversion(act: Act) -> None:
    """Only unmanaged disks are converted, of a machine that is deallocated ("Convert a Windows virtual machine")."""
    if not _unmanaged(act):  # wording not published
        raise OperationNotAllowed(f"VM '{act.resource.name}' already uses managed disks.")
    if power.state(act.resource) != power.DEALLOCATED:  # wording not published
        raise OperationNotAllowed(
            f"Operation 'convertToManagedDisks' is not allowed on VM '{act.resource.name}' since it is not deallocated."
        )


def _unmanaged(act: Act) -> list[Json]:
    storage = read(act.resource.body, "properties.storageProfile") or {}
    return [disk for disk in (storage.get("osDisk") or {}, *items(storage, "dataDisks")) if "vhd" in disk]


def _convert(act: Act) -> None:
    change = Change(act.resource.id, "", act.resource.body, {}, act.resource, act.tx)
    for disk in _unmanaged(act):
        source = {"createOption": "Import", "sourceUri": disk.pop("vhd").get("uri", "")}
        disks.for_machine(change, disk, str(disk.get("name")), disks.NewDisk({"creationData": source}))
    act.tx.save(act.resource)


def _boot_diagnostics(act: Act) -> Json:
    """Where the screenshot and the log would be; the blobs are not there, as an emulated machine writes none."""
    found = read(act.resource.body, "properties.diagnosticsProfile.bootDiagnostics") or {}
    if found.get("enabled") is not True:  # wording not published
        raise OperationNotAllowed(f"Boot diagnostics is not enabled on VM '{act.resource.name}'.")
    place = found.get("storageUri") or "https://managed.blob.storage.azure.net"
    root = f"{place.rstrip('/')}/bootdiagnostics-{act.resource.body['properties']['vmId']}/{act.resource.name}"
    return {
        "consoleScreenshotBlobUri": f"{root}.screenshot.bmp",
        "serialConsoleLogBlobUri": f"{root}.serialconsole.log",
    }


def _refuse_capture(act: Act) -> None:
    """To copy the blobs of unmanaged disks is not emulated; of managed ones an image is made instead."""
    if _unmanaged(act):
        raise NotEmulated("This Azure emulator does not capture a machine with unmanaged disks.")
    raise OperationNotAllowed(  # wording not published
        f"Operation 'capture' is not allowed on VM '{act.resource.name}' since it has managed disks. Create an image "
        "of it instead."
    )


def _restart(act: Act) -> None:
    power.change(act.tx, act.resource, power.RUNNING, restarts=True)


ACTIONS: Mapping[str, Action] = {
    "generalize": Action(_generalize, _begin_generalize),
    "attachDetachDataDisks": data_disks.ACTION,
    "reimage": Action(_restart, _begin_reimage, polls=1),
    "performMaintenance": Action(_restart, _refuse_maintenance, polls=1),
    "convertToManagedDisks": Action(_convert, _begin_conversion, polls=1),
    "retrieveBootDiagnosticsData": Action(_boot_diagnostics),
    "capture": Action(_restart, _refuse_capture, polls=1),
    "simulateEviction": Action(_evict, _begin_eviction, status=204),
}
