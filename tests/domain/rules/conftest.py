"""Good resources to spoil, and ways to ask one rule."""

import copy
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import pytest

from azure_hotpatch.domain.azure.patching import PatchingMode, windows_configuration
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.judge import judge, judge_links
from azure_hotpatch.domain.judging.record import Kind, Record
from azure_hotpatch.domain.judging.rule import Context
from azure_hotpatch.domain.rules import RULES
from tests.images import windows_server_image

TODAY = date(2026, 3, 2)
SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000001"
GROUP = f"{SUBSCRIPTION}/resourceGroups/fleet"
ABSENT: Any = object()

VM: dict[str, Any] = {
    "id": f"{GROUP}/providers/Microsoft.Compute/virtualMachines/web",
    "name": "web",
    "location": "westeurope",
    "tags": {"app": "shop"},
    "hardwareProfile": {"vmSize": "Standard_D2s_v5"},
    "storageProfile": {
        "imageReference": windows_server_image("2022-Datacenter-Azure-Edition-Core"),
        "osDisk": {"createOption": "FromImage", "osType": "Windows"},
    },
    "osProfile": {
        "computerName": "web",
        "adminUsername": "operator",
        "adminPassword": "correct-horse-1",
        "allowExtensionOperations": True,
        "windowsConfiguration": windows_configuration(PatchingMode.HOTPATCH),
    },
    "securityProfile": {
        "securityType": "TrustedLaunch",
        "uefiSettings": {"secureBootEnabled": True, "vTpmEnabled": True},
    },
}
HEALTH = {"name": "health", "publisher": "Microsoft.ManagedServices", "type": "ApplicationHealthWindows"}
SCALE_SET = {
    "id": f"{GROUP}/providers/Microsoft.Compute/virtualMachineScaleSets/farm",
    "name": "farm",
    "location": "westeurope",
    "sku": {"name": "Standard_D2s_v5", "capacity": 2},
    "identity": {"type": "UserAssigned"},
    "orchestrationMode": "Flexible",
    "platformFaultDomainCount": 1,
    "singlePlacementGroup": False,
    "virtualMachineProfile": {
        "storageProfile": VM["storageProfile"],
        "osProfile": {
            "computerNamePrefix": "farm",
            "windowsConfiguration": windows_configuration(PatchingMode.HOTPATCH),
        },
        "networkProfile": {"networkApiVersion": "2022-11-01"},
        "extensionProfile": {"extensions": [HEALTH]},
        "securityProfile": VM["securityProfile"],
    },
}
CONFIGURATION = {
    "id": f"{GROUP}/providers/Microsoft.Maintenance/maintenanceConfigurations/saturday",
    "name": "saturday",
    "location": "westeurope",
    "maintenanceScope": "InGuestPatch",
    "extensionProperties": {"InGuestPatchMode": "User"},
    "maintenanceWindow": {
        "startDateTime": "2026-02-14 02:00",
        "expirationDateTime": "2030-01-01 00:00",
        "duration": "03:00",
        "timeZone": "W. Europe Standard Time",
        "recurEvery": "Month Second Tuesday Offset4",
    },
    "installPatches": {
        "rebootSetting": "IfRequired",
        "windowsParameters": {
            "classificationsToInclude": ["Critical", "Security"],
            "kbNumbersToInclude": ["KB5034129"],
            "kbNumbersToExclude": ["5034130"],
        },
    },
}
ASSIGNMENT = {
    "name": "saturday-web",
    "maintenanceConfigurationId": CONFIGURATION["id"],
    "resourceId": VM["id"],
}
SCHEDULED = windows_configuration(PatchingMode.CUSTOMER_MANAGED_SCHEDULE)

Build = Callable[..., Record]
Ask = Callable[..., list[Finding]]


@pytest.fixture
def absent() -> Any:
    """A value for `vm({path: absent})`: the property is not there."""
    return ABSENT


@pytest.fixture
def context() -> Context:
    return Context(today=TODAY)


@pytest.fixture
def vm() -> Build:
    return _builder(Kind.VIRTUAL_MACHINE, "Microsoft.Compute/virtualMachines", VM)


@pytest.fixture
def scheduled_vm() -> Build:
    body = copy.deepcopy(VM)
    body["osProfile"]["windowsConfiguration"] = SCHEDULED
    return _builder(Kind.VIRTUAL_MACHINE, "Microsoft.Compute/virtualMachines", body)


@pytest.fixture
def scale_set() -> Build:
    return _builder(
        Kind.SCALE_SET, "Microsoft.Compute/virtualMachineScaleSets", SCALE_SET, prefix="virtualMachineProfile."
    )


@pytest.fixture
def extension() -> Build:
    return _builder(
        Kind.SCALE_SET_EXTENSION,
        "Microsoft.Compute/virtualMachineScaleSets/extensions",
        {**HEALTH, "vmScaleSetName": "farm"},
    )


@pytest.fixture
def configuration() -> Build:
    return _builder(Kind.MAINTENANCE_CONFIGURATION, "Microsoft.Maintenance/maintenanceConfigurations", CONFIGURATION)


@pytest.fixture
def assignment() -> Build:
    return _builder(Kind.MAINTENANCE_ASSIGNMENT, "Microsoft.Maintenance/configurationAssignments", ASSIGNMENT)


@pytest.fixture
def policy_assignment() -> Build:
    return _builder(
        Kind.POLICY_ASSIGNMENT,
        "Microsoft.Authorization/policyAssignments",
        {"name": "guard", "policyDefinitionId": "/providers/Microsoft.Authorization/policyDefinitions/mine"},
    )


@pytest.fixture
def ask(context: Context) -> Ask:
    """`ask("HP001", record, *others)`: what that rule says of `record`, beside the others."""

    def asked(rule_id: str, record: Record, *others: Record, context: Context = context) -> list[Finding]:
        rules = [rule for rule in RULES if rule.id == rule_id]
        of_fleet = judge_links([record, *others], rules, context)
        return judge(record, rules, context) + [finding for judged, finding in of_fleet if judged is record]

    return asked


def _builder(kind: Kind, arm_type: str, good: Mapping[str, Any], prefix: str = "") -> Build:
    def build(changes: Mapping[str, Any] | None = None, **fields: Any) -> Record:
        body = copy.deepcopy(dict(good))
        for path, value in (changes or {}).items():
            _put(body, path.split("."), value)
        settings = {"api_version": "2024-11-01", "group": "fleet", "prefix": prefix, "arm_type": arm_type} | fields
        return Record(kind, str(body.get("name")), arm_type, body, **settings)

    return build


def _put(body: Any, steps: Iterable[str], value: Any) -> None:
    *path, last = steps
    for step in path:
        body = body[int(step)] if isinstance(body, list) else body.setdefault(step, {})
    if value is ABSENT:
        body.pop(last, None)
    else:
        body[int(last) if isinstance(body, list) else last] = value
