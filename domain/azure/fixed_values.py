"""What Azure fixes when a machine, a scale set or a disk is made: it refuses a change of it, with status 409."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Fixed:
    """The values of one type of resource that a change must respect, as input paths in ARM's names.

    A replacement changes those of `values`, of types that are replaced. Sizes in `growing` never become smaller, and
    what is in the lists of `spreading` is never taken away: for these a replacement would be wider than what was asked
    for.
    """

    values: tuple[str, ...] = ()
    growing: tuple[str, ...] = ()
    spreading: tuple[str, ...] = ()
    is_replaceable: bool = True
    """Whether a component replaces it on request; else another one beside it takes its place."""


@dataclass(frozen=True, slots=True)
class FixedChange:
    """A change that Azure refuses: where, from what to what, and whether a replacement brings it about."""

    path: str
    before: Any
    after: Any
    by_replacement: bool


# Reported by users as PropertyChangeNotAllowed: pulumi-azure-native 1117 (image), 577 (computer name),
# terraform-provider-azurerm 3277 (zones); documented in virtualMachines, createOrUpdate: "cannot be updated after the
# VM is created" (adminUsername), "availability set … only at creation time".
MACHINE = Fixed(
    values=(
        "storageProfile.imageReference",
        "osProfile.adminUsername",
        "osProfile.computerName",
        "osProfile.windowsConfiguration.timeZone",
        "availabilitySet",
        "zones",
    ),
    growing=("storageProfile.osDisk.diskSizeGB",),
)
# virtualMachineScaleSets, createOrUpdate; a set is spread over more zones, and never over fewer. A Flexible set's
# placement group is "not changeable after deployment" (MicrosoftDocs/azure-docs 105657); a machine's is, deallocated.
SCALE_SET = Fixed(
    values=(
        "orchestrationMode",
        "platformFaultDomainCount",
        "proximityPlacementGroup.id",
        "virtualMachineProfile.osProfile.adminUsername",
        "virtualMachineProfile.osProfile.computerNamePrefix",
    ),
    spreading=("zones",),
)
# disks, createOrUpdate: a disk stays in its zone, and "resizes are only allowed … and can only increase".
DISK = Fixed(growing=("diskSizeGB",), spreading=("zones",))
# Azure Local: "some properties can be set only during image creation" (Update-AzStackHCIVmImage, which changes tags
# alone); a hardware address is fixed too (bicep-registry-modules 7192).
LOCAL_IMAGE = Fixed(values=("identifier", "version", "containerId", "extendedLocation.name"), is_replaceable=False)
LOCAL_INSTANCE = Fixed(
    values=(
        "storageProfile.imageReference.id",
        "storageProfile.vmConfigStoragePathId",
        "osProfile.adminUsername",
        "osProfile.computerName",
        "extendedLocation.name",
    ),
    is_replaceable=False,
)
LOCAL_INTERFACE = Fixed(values=("macAddress", "extendedLocation.name"), is_replaceable=False)
LOCAL_DISK = Fixed(values=("containerId", "extendedLocation.name"), growing=("diskSizeGB",), is_replaceable=False)
# A disk that a machine made is not turned into one that was attached to it, nor the other way round.
_DATA_DISKS = "storageProfile.dataDisks"
DATA_DISK_ORIGIN = f"{_DATA_DISKS}[*].createOption"


def fixed_changes(fixed: Fixed, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[FixedChange]:
    """Every change that Azure refuses. A value that is not plain, because it is unknown, is never one."""
    for path in fixed.values:
        for change in _differing(path, _at(before, path), _at(after, path)):
            yield replace(change, by_replacement=fixed.is_replaceable)
    for path in fixed.growing:
        yield from _smaller(path, _at(before, path), _at(after, path))
    for path in fixed.spreading:
        yield from _fewer(path, _at(before, path), _at(after, path))
    yield from _data_disks(_by_unit(before), _by_unit(after))


def _differing(path: str, before: Any, after: Any) -> Iterator[FixedChange]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in (*before, *(key for key in after if key not in before)):
            yield from _differing(f"{path}.{key}", before.get(key), after.get(key))
    elif _is_plain(before) and _is_plain(after) and _folded(before) != _folded(after):
        yield FixedChange(path, before, after, by_replacement=True)


def _smaller(path: str, before: Any, after: Any) -> Iterator[FixedChange]:
    if isinstance(before, int | float) and isinstance(after, int | float) and after < before:
        yield FixedChange(path, int(before), int(after), by_replacement=False)


def _fewer(path: str, before: Any, after: Any) -> Iterator[FixedChange]:
    old, new = before or [], after or []
    if _is_plain(old) and _is_plain(new) and not set(map(str, old)) <= set(map(str, new)):
        yield FixedChange(path, before, after, by_replacement=False)


def _data_disks(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> Iterator[FixedChange]:
    for unit in before.keys() & after.keys():
        path, old, new = f"{_DATA_DISKS}[{unit}]", before[unit], after[unit]
        yield from _differing(f"{path}.createOption", old.get("createOption"), new.get("createOption"))
        yield from _smaller(f"{path}.diskSizeGB", old.get("diskSizeGB"), new.get("diskSizeGB"))


def _by_unit(inputs: Mapping[str, Any]) -> dict[Any, Mapping[str, Any]]:
    disks = _at(inputs, _DATA_DISKS)
    return {int(disk["lun"]): disk for disk in disks if "lun" in disk} if isinstance(disks, list) else {}


def _at(inputs: Any, path: str) -> Any:
    for step in path.split("."):
        if not isinstance(inputs, Mapping):
            return inputs
        inputs = inputs.get(step)
    return inputs


def _is_plain(value: Any) -> bool:
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, str | int | float | Mapping)


def _folded(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value
