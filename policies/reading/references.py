"""Which of ARM's references a property of a source may hold, so that records are joined before an id is known."""

import re
from collections.abc import Iterable, Mapping

_IMAGES = ("storageProfile.imageReference.id", "virtualMachineProfile.storageProfile.imageReference.id")
_ALL = (
    "maintenanceConfigurationId",
    "resourceId",
    "resourceName",
    "resourceParentName",
    "vmScaleSetName",
    "virtualMachineScaleSet.id",
    *_IMAGES,
)
_PATHS: Mapping[str, tuple[str, ...]] = {
    "maintenanceConfigurationId": ("maintenanceConfigurationId",),
    "resourceId": ("resourceId",),
    "resourceName": ("resourceName",),
    "resourceParentName": ("resourceParentName",),
    "virtualMachineId": ("resourceId",),
    "vmScaleSetName": ("vmScaleSetName",),
    "virtualMachineScaleSet": ("virtualMachineScaleSet.id",),
    "virtualMachineScaleSetId": ("virtualMachineScaleSet.id", "virtualMachineScaleSetId", "resourceId"),
    # Of a body, the engine knows the dependencies as a whole.
    "properties": _ALL,
    "body": _ALL,
    "parentId": _ALL,
    "parentResourcePath": ("resourceName",),
    "storageProfile": _IMAGES,
    "virtualMachineProfile": _IMAGES,
    "sourceImageId": _IMAGES,
}


def references(depends_on: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """The URNs that each ARM path may come from; a URN of another kind is passed over where it is looked up."""
    found: dict[str, tuple[str, ...]] = {}
    for name, urns in depends_on.items():
        for path in _PATHS.get(_camel(name), ()):
            found[path] = (*found.get(path, ()), *urns)
    return found


def _camel(name: str) -> str:
    return re.sub(r"_([a-z])", lambda match: match[1].upper(), name)
