"""The action runCommand, and Azure's own scripts for it."""

from azure_hotpatch.emulator.arm.http import Reply, Request
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act
from azure_hotpatch.emulator.arm.protocol import queries
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import NotFound
from azure_hotpatch.emulator.arm.protocol.queries import NONE

# "Run scripts in your Windows VM by using action Run Commands", and the page of Linux: id, system, label.
_DOCUMENTS = (
    ("RunPowerShellScript", "Windows", "Executes a PowerShell script"),
    ("DisableNLA", "Windows", "Disable Network Level Authentication"),
    ("DisableWindowsUpdate", "Windows", "Disable Windows Update Automatic Updates"),
    ("EnableAdminAccount", "Windows", "Enable administrator account"),
    ("EnableEMS", "Windows", "Enable EMS"),
    ("EnableRemotePS", "Windows", "Enable remote PowerShell"),
    ("EnableWindowsUpdate", "Windows", "Enable Windows Update Automatic Updates"),
    ("IPConfig", "Windows", "List IP configuration"),
    ("RDPSettings", "Windows", "Verify RDP Listener Settings"),
    ("ResetRDPCert", "Windows", "Restore RDP Authentication mode to defaults"),
    ("SetRDPPort", "Windows", "Set Remote Desktop port"),
    ("RunShellScript", "Linux", "Executes a Linux shell script"),
    ("ifconfig", "Linux", "List network configuration"),
)


def list_all(request: Request) -> Reply:
    values = [_shown(*one) for one in _DOCUMENTS]
    return Reply(200, {"value": queries.applied(request.query, values, NONE, "run commands")})


def get(request: Request) -> Reply:
    """One document. Its script is Azure's and not repeated here: RunPowerShellScript runs what it is given."""
    wanted = request.parameters["command"]
    for one in _DOCUMENTS:
        if one[0].lower() == wanted.lower():
            return Reply(200, {**_shown(*one), "script": [], "parameters": []})
    raise NotFound(f"The entity was not found: run command '{wanted}'.")  # wording not published


def finish(_act: Act) -> Json:
    # No script is run: the emulated machine has no system to run it.
    return {
        "value": [
            {
                "code": f"ComponentStatus/{stream}/succeeded",
                "level": "Info",
                "displayStatus": "Provisioning succeeded",
                "message": "",
            }
            for stream in ("StdOut", "StdErr")
        ]
    }


def _shown(identifier: str, system: str, label: str) -> Json:
    return {
        "$schema": "http://schema.management.azure.com/schemas/2016-11-17/runcommands.json",
        "id": identifier,
        "osType": system,
        "label": label,
        "description": label,
    }
