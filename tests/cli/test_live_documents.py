"""What Azure's tools print of machines that run: judged, or refused with what to give instead; never clean unread."""

import copy
from pathlib import Path
from typing import Any

import pytest

from tests.policies.machines import HEALTH, PROFILE, SET

GROUP = "/subscriptions/0/resourceGroups/rg/providers"
ID = f"{GROUP}/Microsoft.Compute/virtualMachines/web"
NICS = f"{GROUP}/Microsoft.Network/networkInterfaces/nic"


def _changed(value: Any, *path: Any, to: Any) -> Any:
    """A copy with another value at a path."""
    made = copy.deepcopy(value)
    holder = made
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = to
    return made


def properties(hotpatch: bool = True, bypass: bool = False) -> dict[str, Any]:
    made: dict[str, Any] = {**copy.deepcopy(PROFILE), "hardwareProfile": {"vmSize": "Standard_D2s_v5"}, "vmId": "1"}
    made["storageProfile"]["osDisk"]["osType"] = "Windows"
    made["osProfile"]["windowsConfiguration"]["patchSettings"]["enableHotpatching"] = hotpatch
    settings = made["osProfile"]["windowsConfiguration"]["patchSettings"]["automaticByPlatformSettings"]
    settings["bypassPlatformSafetyChecksOnUserSchedule"] = bypass
    return made


ENVELOPE = {"id": ID, "name": "web", "type": "Microsoft.Compute/virtualMachines", "location": "westeurope", "tags": {}}


def of_cli(**how: Any) -> dict[str, Any]:
    """`az vm show`: the properties beside the envelope (azure-cli, aaz, client_flatten), and the group's name."""
    return {**ENVELOPE, "resourceGroup": "RG", **properties(**how), "resources": None, "zones": ["1"], "plan": None}


def of_graph(**how: Any) -> dict[str, Any]:
    """A row of Resource Graph's table `resources`, which has types, and often ids, in lower case."""
    row = {**ENVELOPE, "id": ID.lower(), "type": "microsoft.compute/virtualmachines", "properties": properties(**how)}
    return {
        **row,
        "resourceGroup": "rg",
        "subscriptionId": "0",
        "kind": "",
        "sku": None,
        "plan": None,
        "identity": None,
    }


def of_powershell(**how: Any) -> dict[str, Any]:
    """`Get-AzVM -Name web | ConvertTo-Json`: .NET's names, and members of an enumeration as numbers."""
    made = _pascal({**ENVELOPE, **properties(**how)})
    made["OSProfile"] = made.pop("OsProfile")
    made["StorageProfile"]["OsDisk"]["OsType"] = 0
    beside = {"ResourceGroupName": "rg", "AvailabilitySetReference": None, "Extensions": [], "DisplayHint": 0}
    identity = {"PrincipalId": "p", "TenantId": "t", "Type": 0, "UserAssignedIdentities": None}
    return {**made, **beside, "Identity": identity, "StatusCode": 200}


def _pascal(value: Any) -> Any:
    if isinstance(value, dict):
        return {key[:1].upper() + key[1:]: _pascal(child) for key, child in value.items()}
    return [_pascal(item) for item in value] if isinstance(value, list) else value


def query(*rows: Any, **rest: Any) -> dict[str, Any]:
    return {"count": len(rows), "data": list(rows), "skip_token": None, "total_records": len(rows), **rest}


SHAPES: dict[str, Any] = {
    "az vm list": lambda **how: [of_cli(**how)],
    "az vm show": of_cli,
    "az graph query": lambda **how: query(of_graph(**how)),
    "Search-AzGraph": lambda **how: [{**of_graph(**how), "ResourceId": ID}],
    "Get-AzVM": lambda **how: [of_powershell(**how)],
    "Get-AzVM -Name": of_powershell,
    "Get-AzVM, Windows PowerShell": lambda **how: {"value": [of_powershell(**how)], "Count": 1},
    "REST, one": lambda **how: {**ENVELOPE, "properties": properties(**how)},
    "REST, a page": lambda **how: {"value": [{**ENVELOPE, "properties": properties(**how)}]},
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_machine_that_runs_is_judged(shape: str, check: Any, write: Any) -> None:
    good = check(write("good.json", SHAPES[shape]()))
    assert (good.findings, good.code) == ([], 0)
    assert check(write("off.json", SHAPES[shape](hotpatch=False))).findings == [("HP004", "violation")]
    assert check(write("bypass.json", SHAPES[shape](bypass=True))).findings == [("HP007", "violation")]


def test_a_bypass_is_unverified_where_the_file_has_no_schedules(check: Any, write: Any) -> None:
    outcome = check(write("a.json", [of_cli(hotpatch=False, bypass=True)]))
    assert outcome.findings == [("HP004", "violation"), ("HP024", "unverified")]
    assert "no assignment of a maintenance configuration is in it" in outcome.out


def test_a_schedule_among_the_rows_is_joined_to_its_machine(check: Any, write: Any) -> None:
    maintenance = f"{GROUP}/Microsoft.Maintenance".lower()
    configuration = {
        "id": f"{maintenance}/maintenanceconfigurations/c",
        "name": "c",
        "type": "microsoft.maintenance/maintenanceconfigurations",
        "properties": {
            "maintenanceScope": "InGuestPatch",
            "extensionProperties": {"InGuestPatchMode": "User"},
            "installPatches": {"windowsParameters": {"classificationsToInclude": ["Security"]}},
            "maintenanceWindow": {
                "startDateTime": "2026-12-05 01:00",
                "duration": "02:00",
                "timeZone": "UTC",
                "recurEvery": "Week Saturday",
            },
        },
    }
    assignment = {
        "id": f"{ID.lower()}/providers/microsoft.maintenance/configurationassignments/saturday",
        "name": "saturday",
        "type": "microsoft.maintenance/configurationassignments",
        "properties": {"maintenanceConfigurationId": configuration["id"]},
    }
    outcome = check(write("a.json", query(of_graph(), configuration, assignment)))
    assert outcome.findings == [("HP023", "violation")]
    assert check(write("b.json", query(of_graph(hotpatch=False, bypass=True), configuration, assignment))).findings == [
        ("HP004", "violation")
    ]


def test_a_scale_set_is_judged_with_its_health_extension(check: Any, write: Any) -> None:
    profile = copy.deepcopy(SET["virtualMachineProfile"])
    of_azure = {**{key: value for key, value in HEALTH.items() if key != "type"}, "typePropertiesType": HEALTH["type"]}
    profile["extensionProfile"] = {"extensions": [{**of_azure, "type": None}]}
    whole = {"id": f"{GROUP}/Microsoft.Compute/virtualMachineScaleSets/pool", "name": "pool"}
    made = {**whole, "type": "Microsoft.Compute/virtualMachineScaleSets", **SET, "virtualMachineProfile": profile}
    assert check(write("a.json", [made])).findings == []
    assert check(write("b.json", [{**made, "orchestrationMode": "Uniform"}])).findings[0] == ("HP003", "violation")


def test_an_extension_below_a_machine_is_judged(check: Any, write: Any) -> None:
    script = {"id": f"{ID}/extensions/e", "name": "e", "type": "Microsoft.Compute/virtualMachines/extensions"}
    settings = {"commandToExecute": "sc config wuauserv start= disabled"}
    machine = {**of_cli(), "resources": [{**script, "settings": settings}]}
    assert ("HP045", "advice") in check(write("a.json", [machine])).findings


def test_a_machine_of_powershell_with_linux_is_not_judged(check: Any, write: Any) -> None:
    machine = _changed(of_powershell(hotpatch=False), "StorageProfile", "OsDisk", "OsType", to=1)
    machine = _changed(machine, "StorageProfile", "ImageReference", to={"Id": f"{GROUP}/Microsoft.Compute/images/i"})
    del machine["OSProfile"]["WindowsConfiguration"]
    assert check(write("a.json", [machine])).findings == []


def test_the_availability_set_of_powershell_is_read(check: Any, write: Any) -> None:
    machine = {**of_powershell(), "AvailabilitySetReference": {"Id": "/s"}, "Zones": ["1"]}
    assert check(write("a.json", machine)).findings == [("HP041", "violation")]


def test_an_id_that_is_cut_short_hides_no_machine(check: Any, write: Any) -> None:
    assert check(write("a.json", [{**of_cli(hotpatch=False), "id": "/subscriptions/0"}])).findings == [
        ("HP004", "violation")
    ]


def test_a_text_in_brackets_is_no_expression_there(check: Any, write: Any) -> None:
    machine = _changed(of_cli(), "osProfile", "computerName", to="[parameters('name')]")
    assert check(write("a.json", machine)).findings == [("HP041", "violation")]


def test_the_publisher_of_an_extension_is_not_taken_for_what_powershell_cuts_off(check: Any, write: Any) -> None:
    machine = {**of_powershell(), "Extensions": [{"Publisher": "Microsoft.Azure.Extensions", "Type1": "CustomScript"}]}
    assert check(write("a.json", machine)).findings == []


@pytest.mark.parametrize(
    ("identity", "findings"),
    [
        ({"PrincipalId": "p", "Type": 0, "UserAssignedIdentities": None}, [("HP021", "violation")]),
        ({"PrincipalId": None, "Type": 1, "UserAssignedIdentities": {"/i": {}}}, []),
    ],
)
def test_a_scale_set_of_powershell_has_its_extension_and_its_identity(
    identity: Any, findings: Any, check: Any, write: Any
) -> None:
    extension = {"Name": "h", "Publisher": HEALTH["publisher"], "Type": None, "Type1": HEALTH["type"]}
    whole = {"id": f"{GROUP}/Microsoft.Compute/virtualMachineScaleSets/pool", "name": "pool"}
    made = _pascal({**whole, "type": "Microsoft.Compute/virtualMachineScaleSets", **SET})
    made["VirtualMachineProfile"]["ExtensionProfile"] = {"Extensions": [extension]}
    assert check(write("a.json", {**made, "Identity": identity})).findings == findings


CUT_OFF = "Microsoft.Azure.Management.Compute.Models.PatchSettings"
REFUSED: dict[str, tuple[Any, str]] = {
    "cut off": (
        _changed(of_powershell(), "OSProfile", "WindowsConfiguration", "PatchSettings", to=CUT_OFF),
        "ConvertTo-Json -Depth 20",
    ),
    "cut off by 5.1": (
        _changed(of_powershell(), "OSProfile", "WindowsConfiguration", to="@{ProvisionVMAgent=True; PatchSettings=}"),
        "ConvertTo-Json -Depth 20",
    ),
    "rows of Search-AzGraph, cut off": (
        [_changed(of_graph(), "properties", "osProfile", "windowsConfiguration", to="@{provisionVMAgent=True}")],
        "ConvertTo-Json -Depth 20",
    ),
    "cut off in a list": (
        _changed(
            of_powershell(), "StorageProfile", "DataDisks", to=["Microsoft.Azure.Management.Compute.Models.DataDisk"]
        ),
        "ConvertTo-Json -Depth 20",
    ),
    "az resource list": ([{**ENVELOPE, "properties": None, "sku": None}], "without its properties"),
    "properties that are text": ([{**ENVELOPE, "properties": "{…}"}], "without its properties"),
    "a projection": ([{"name": "web", "mode": "Manual"}], "without --query or Select-Object"),
    "a list of names": (["web", "db"], "without --query or Select-Object"),
    "a row that is whole and one that is not": ([of_cli(), {"name": "db"}], "no resource with an id and a type at [1]"),
    "an empty list": ([], "a.json holds no resource"),
    "an empty result": (query(), "a.json holds no resource"),
    "what-if of PowerShell": ({"Status": "Succeeded", "Changes": [], "Error": None}, "what-if --no-pretty-print"),
    "its changes": ([{"FullyQualifiedResourceId": ID, "ChangeType": 0}], "what-if --no-pretty-print"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_lacks_the_machines_is_refused_with_what_to_give(what: str, check: Any, write: Any) -> None:
    whole, words = REFUSED[what]
    outcome = check(write("a.json", whole))
    assert (outcome.code, outcome.out) == (3, "")
    assert words in outcome.err
    assert outcome.err.count("\n") == 1


def test_the_text_of_a_what_if_leads_to_its_json(check: Any, write: Any) -> None:
    text = "Note: …\n\nResource and property changes are indicated with these symbols:\n  + Create\n"
    outcome = check(write("a.txt", text.encode()))
    assert (outcome.code, "what-if --no-pretty-print" in outcome.err) == (3, True)


INCOMPLETE: dict[str, Any] = {
    "more rows": query(of_graph(), total_records=7),
    "more pages of a query": {**query(of_graph()), "skip_token": ID},
    "more pages": {
        "value": [{**ENVELOPE, "properties": properties()}],
        "nextLink": "https://management.azure.com/next",
    },
    "no machine": [{"id": NICS, "name": "nic", "type": "Microsoft.Network/networkInterfaces", "properties": {}}],
}


@pytest.mark.parametrize("what", INCOMPLETE)
def test_a_file_that_has_not_all_is_not_clean(what: str, check: Any, write: Any) -> None:
    outcome = check(write("a.json", INCOMPLETE[what]))
    assert (outcome.findings, outcome.code) == ([], 2)


def test_each_finding_has_the_line_of_its_machine(hotpatch: Any, write: Any, tmp_path: Path) -> None:
    name = write("a.json", [of_cli(), of_cli(hotpatch=False)])
    line = 2 + (tmp_path / name).read_text().split('"id"')[1].count("\n")
    assert f"a.json:{line}" in hotpatch("check", name).out


def test_a_waiver_names_a_machine_by_its_id(hotpatch: Any, write: Any) -> None:
    waiver = {"urn": "*/virtualMachines/web", "rule": "HP004", "owner": "A", "reason": "r", "expires": "2999-01-01"}
    config = write("policy.json", {"hotpatch": {"waivers": [waiver]}})
    assert hotpatch("check", write("a.json", [of_cli(hotpatch=False)]), "--config", config).code == 0


def test_which_machines_can_become_hotpatchable_is_answered(hotpatch: Any, write: Any) -> None:
    assert "web: in place" in hotpatch("check", write("a.json", [of_cli(hotpatch=False)]), "--adoption").out
