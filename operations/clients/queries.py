"""The queries of Resource Graph: which rows and columns of the fleet are read.

Columns are narrow, as an answer holds 16 MB at most; every query has `id` and is ordered by it, as only such can be
paged. Machines are joined here and not by the service, which allows three joins a query and pages no summary.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

_VM, _ARC = "microsoft.compute/virtualmachines", "microsoft.hybridcompute/machines"
_ORDERED = "| order by id asc"
# "Azure Resource Graph query language": fewer than 300 ids in a query
MOST_IDS = 250


@dataclass(frozen=True, slots=True)
class MachineFilter:
    """A filter for machines; an empty field matches all. `ids` are those of machines and scale sets.

    A tag is a name and a value; the value is compared without regard to letter case, the name with it.
    """

    groups: tuple[str, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    ids: tuple[str, ...] = ()


def quoted(text: str) -> str:
    """A string literal; KQL's escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False)


def listed(values: Iterable[str]) -> str:
    return f"({', '.join(quoted(value) for value in values)})"


def machines(selection: MachineFilter) -> str:
    """Virtual machines, members of Flexible sets among them, and Arc machines."""
    return f"""resources
| where type in~ {listed((_VM, _ARC))}{_groups(selection)}{_tags(selection)}{_ids(selection)}
| extend windows = properties.osProfile.windowsConfiguration, view = properties.extended.instanceView
| project id, name, type, kind, location, resourceGroup, subscriptionId, tags, zones,
    image = properties.storageProfile.imageReference, diskSystem = properties.storageProfile.osDisk.osType,
    patching = windows.patchSettings, agent = windows.provisionVMAgent, updates = windows.enableAutomaticUpdates,
    extensions = properties.osProfile.allowExtensionOperations, availabilitySet = properties.availabilitySet.id,
    scaleSet = properties.virtualMachineScaleSet.id, power = view.powerState.code, version = view.osVersion,
    arcSystem = properties.osType, arcVersion = properties.osVersion, edition = properties.osEdition,
    status = properties.status, features = properties.licenseProfile.productProfile.productFeatures
{_ORDERED}"""


def assessments(selection: MachineFilter, ids: Iterable[str] = ()) -> str:
    """The last assessment of each machine."""
    return f"""{_patches("assessment", "", selection, ids)}
| project id, status = properties.status, at = properties.lastModifiedDateTime, startedBy = properties.startedBy,
    counts = properties.availablePatchCountByClassification, rebootPending = properties.rebootPending,
    error = properties.errorDetails,
    support = properties.configurationStatus.vmGuestPatchReadiness.detectedVMGuestPatchSupportState
{_ORDERED}"""


def offered(selection: MachineFilter, ids: Iterable[str], kbs: Iterable[str]) -> str:
    """The updates with these numbers that assessments found."""
    return f"""{_patches("assessment", "/softwarepatches", selection, ids)}{_kbs(kbs)}
| project id, kb = properties.kbId
{_ORDERED}"""


def runs(selection: MachineFilter, ids: Iterable[str] = ()) -> str:
    """The installations of 30 days."""
    return f"""{_patches("installation", "", selection, ids)}
| project id, status = properties.status, started = properties.startDateTime, ended = properties.lastModifiedDateTime,
    rebootStatus = properties.rebootStatus, exceeded = properties.maintenanceWindowExceeded,
    startedBy = properties.startedBy, run = properties.maintenanceRunId, error = properties.errorDetails
{_ORDERED}"""


def installed(selection: MachineFilter, ids: Iterable[str], kbs: Iterable[str] = ()) -> str:
    """The updates of installations: those with these numbers, or all."""
    return f"""{_patches("installation", "/softwarepatches", selection, ids)}{_kbs(kbs)}
| project id, kb = properties.kbId, name = properties.patchName, state = properties.installationState,
    classifications = properties.classifications, severity = properties.msrcSeverity
{_ORDERED}"""


ASSIGNMENTS = f"""maintenanceresources
| where type =~ "microsoft.maintenance/configurationassignments"
| project id, configuration = properties.maintenanceConfigurationId, filter = properties.filter,
    resource = properties.resourceId
{_ORDERED}"""
GUEST_SCHEDULES = f"""resources
| where type =~ "microsoft.maintenance/maintenanceconfigurations"
| where properties.maintenanceScope =~ "InGuestPatch"
| project id
{_ORDERED}"""
AZURE_LOCAL_INSTANCES = f"""extensibilityresources
| where type =~ "microsoft.azurestackhci/virtualmachineinstances"
| project id, image = properties.storageProfile.imageReference.id
{_ORDERED}"""
AZURE_LOCAL_IMAGES = f"""resources
| where type =~ "microsoft.azurestackhci/marketplacegalleryimages"
| project id, identifier = properties.identifier
{_ORDERED}"""


def _patches(what: str, below: str, selection: MachineFilter, ids: Iterable[str]) -> str:
    types = listed(f"{kind}/patch{what}results{below}" for kind in (_VM, _ARC))
    found = f"patch{what}resources\n| where type in~ {types}{_groups(selection)}"
    wanted = [one.lower() for one in ids]
    if not wanted:
        return found
    return f'{found}\n| parse tolower(id) with machine "/patch{what}results/" *\n| where machine in {listed(wanted)}'


def _groups(selection: MachineFilter) -> str:
    return f"\n| where resourceGroup in~ {listed(selection.groups)}" if selection.groups else ""


def _tags(selection: MachineFilter) -> str:
    return "".join(f"\n| where tags[{quoted(name)}] =~ {quoted(value)}" for name, value in selection.tags)


def _ids(selection: MachineFilter) -> str:
    if not selection.ids:
        return ""
    wanted = listed(one.lower() for one in selection.ids)
    return f"\n| where tolower(id) in {wanted} or tolower(tostring(properties.virtualMachineScaleSet.id)) in {wanted}"


def _kbs(kbs: Iterable[str]) -> str:
    """Numbers are written with and without their letters."""
    spelled = [form for kb in kbs for form in (kb, f"KB{kb}")]
    return f"\n| where properties.kbId in~ {listed(spelled)}" if spelled else ""
