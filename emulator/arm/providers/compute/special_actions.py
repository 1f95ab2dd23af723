"""Actions that Azure supports on few machines, and refuses on the others."""

from collections.abc import Mapping

from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act, Action
from azure_hotpatch.emulator.arm.protocol.bodies import read
from azure_hotpatch.emulator.arm.protocol.errors import OperationNotAllowed
from azure_hotpatch.emulator.arm.providers.compute import data_disks, power


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


def _restart(act: Act) -> None:
    power.change(act.tx, act.resource, power.RUNNING, restarts=True)


ACTIONS: Mapping[str, Action] = {
    "generalize": Action(_generalize, _begin_generalize),
    "attachDetachDataDisks": data_disks.ACTION,
    "reimage": Action(_restart, _begin_reimage, polls=1),
    "performMaintenance": Action(_restart, _refuse_maintenance, polls=1),
    "simulateEviction": Action(_evict, _begin_eviction, status=204),
}
