"""HP045: which scripts are told, and that what is secret of them is not."""

from base64 import b64encode
from typing import Any

import pytest

from azure_hotpatch.domain.azure.update_scripts import why_script_matters
from azure_hotpatch.domain.judging.finding import Finding, Verdict
from azure_hotpatch.domain.judging.judge import judge
from azure_hotpatch.domain.judging.record import UNKNOWN, Kind, Record
from azure_hotpatch.domain.judging.rule import Context
from azure_hotpatch.domain.rules.hp045_scripts_leave_patching_alone import RULE

STOPS = "powershell -Command Stop-Service -Name wuauserv"


def found(body: Any, context: Context, kind: Kind = Kind.SCRIPT, **more: Any) -> list[Finding]:
    return judge(Record(kind, "s", "t", body, **more), [RULE], context)


@pytest.mark.parametrize(
    "script",
    [
        STOPS,
        "net stop wuauserv",
        "sc.exe stop UsoSvc",
        "sc config wuauserv start= disabled",
        "Set-Service -Name WUAUSERV -StartupType Disabled",
        "Service u { Name = 'wuauserv'; State = 'Stopped'; StartupType = 'Disabled' }",
        "Get-Service wuauserv | Stop-Service",
        "(Get-Service wuauserv).Stop()",
        "Set-Service wuauserv -StartupType 4",
        "sc config wuauserv start=disabled",
        r"reg add HKLM\SYSTEM\CurrentControlSet\Services\wuauserv /v Start /t REG_DWORD /d 4 /f",
        r"Set-ItemProperty HKLM:\SYSTEM\CurrentControlSet\Services\UsoSvc -Name Start -Value 4",
        "Invoke-CimMethod -Query \"… Name='wuauserv'\" -MethodName ChangeStartMode -Arguments @{StartMode='Disabled'}",
        r"Disable-ScheduledTask -TaskPath '\Microsoft\Windows\WindowsUpdate\' -TaskName 'Scheduled Start'",
        "Registry off { ValueName = 'NoAutoUpdate'\n ValueData = '1' }",
        f"powershell -enc {b64encode(STOPS.encode('utf-16-le')).decode()}",
        "az rest \\\n  --method patch --url https://management.azure.com/x",
        "az resource invoke-action --action x",
        "az vm run-command invoke --command-id RunPowerShellScript",
        "Invoke-AzRestMethod -Method PATCH -Path /x",
        "New-AzResourceGroupDeployment -TemplateFile x.json",
        r"reg add HKLM\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU /v NoAutoUpdate /t REG_DWORD /d 1",
        "az vm update -g rg -n web --set osProfile.windowsConfiguration.patchSettings.patchMode=Manual",
        "az rest --method PATCH --url https://management.azure.com/x",
        "az maintenance assignment create --name a",
        "Update-AzVM -VM $vm -ResourceGroupName rg",
        "New-AzConfigurationAssignment -Name a",
    ],
)
def test_tells_a_script_that_turns_updates_off_or_changes_azure(script: str, context: Context) -> None:
    (finding,) = found({"settings": {"commandToExecute": script}}, context)
    assert finding.verdict is Verdict.VIOLATION
    assert finding.path == "settings.commandToExecute"
    assert script not in f"{finding.message} {finding.found}"


@pytest.mark.parametrize(
    "script",
    [
        "Install-WindowsFeature Web-Server",
        "Stop-Service wuauserv; Remove-Item C:\\cache; Start-Service wuauserv",
        "Restart-Service wuauserv",
        "net stop spooler",
        "az vm list -g rg",
        "az login --identity",
        "Get-AzVM -Name web",
        "",
        "Set-Service wuauserv -StartupType Manual",
        "if ((Get-Service wuauserv).StartType -eq 'Disabled') { Set-Service wuauserv -StartupType Manual }",
        "(Get-Service wuauserv).Stop(); Remove-Item C:\\cache; (Get-Service wuauserv).Start()",
        "reg add HKLM\\x /v NoAutoUpdate /t REG_DWORD /d 0 /f",
        "Remove-ItemProperty -Path x -Name NoAutoUpdate",
        "az vm show -g create-rg -n web",
        "az vm list --query \"[?tags.set=='x']\"",
        "az deployment group what-if -g rg -f main.bicep",
        "az rest --method get --url https://management.azure.com/update",
        "Invoke-AzRestMethod -Method GET -Path /x",
        "Invoke-AzVMPatchAssessment -ResourceGroupName rg -VMName web",
        "New-AzResourceGroup -Name rg -Location westeurope",
        f"powershell -enc {'A' * 50}",
        *(
            word * 20_000
            for word in ("wuauserv ", "noautoupdate ", "az rest ", "schtasks ", "\\\n", " ", "-enc A", "start ")
        ),
        "stop-service " * 20_000 + "az vm " * 20_000,
    ],
)
def test_any_other_script_is_fine(script: str) -> None:
    assert why_script_matters(script) is None


def test_a_script_that_is_not_known_cannot_be_verified(context: Context) -> None:
    (finding,) = found({"source": {"script": UNKNOWN}, "location": UNKNOWN}, context)
    assert (finding.verdict, finding.path) == (Verdict.UNVERIFIABLE, "source.script")


def test_a_secret_script_is_judged_and_not_shown(context: Context) -> None:
    body = {"protectedSettings": {"commandToExecute": STOPS}}
    (finding,) = found(body, context, secrets=frozenset({"protectedSettings"}))
    assert finding.found == "[secret]"
    assert "wuauserv" not in f"{finding.message}{finding.remedy}{finding.allowed}"


def test_of_a_scale_set_its_extensions_are_read_alone(context: Context) -> None:
    profile = {"extensionProfile": {"extensions": [{"settings": {"commandToExecute": STOPS}}]}}
    body = {"virtualMachineProfile": profile, "tags": {"note": STOPS}, "orchestrationMode": "Flexible"}
    (finding,) = found(body, context, Kind.SCALE_SET)
    assert finding.path == "virtualMachineProfile.extensionProfile.extensions[0].settings.commandToExecute"
