"""The Azure CLI, unmodified, logs in to the served emulator and does its work there: the table of commands.txt.

The CLI takes 733 MB, so it has a target of its own: `make azure-cli` installs it into .hotpatch and runs this.
"""

import json
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
CLI = HERE.parents[2] / ".hotpatch/azure-cli/bin/python"
LOG_IN = (
    "cloud register -n Emulator --endpoint-resource-manager {url}",
    "cloud set -n Emulator",
    "login --service-principal -u any -p any --tenant 00000000-0000-0000-0000-00000000a2e0",
)
PASSWORD = "Correct-Horse-7-Battery"  # noqa: S105  of emulated machines
WORDS = {
    "login": f"--admin-username azadmin --admin-password {PASSWORD}",
    "machine": f"--admin-username azadmin --admin-password {PASSWORD} --vnet-name v1 --subnet s1",
    "hotpatch": "--patch-mode AutomaticByPlatform --enable-hotpatching true --enable-agent true",
}
TEMPLATE: dict[str, Any] = {
    "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    "contentVersion": "1.0.0.0",
    "resources": [
        {
            "type": "Microsoft.Compute/disks",
            "apiVersion": "2024-03-02",
            "name": "[concat('disk', uniqueString(resourceGroup().id))]",
            "location": "[resourceGroup().location]",
            "sku": {"name": "StandardSSD_LRS"},
            "properties": {"creationData": {"createOption": "Empty"}, "diskSizeGB": 32},
        }
    ],
}
WINDOW: dict[str, Any] = {
    "location": "westeurope",
    "properties": {
        "maintenanceScope": "InGuestPatch",
        "extensionProperties": {"InGuestPatchMode": "User"},
        "maintenanceWindow": {
            "startDateTime": "2030-01-01 02:00",
            "duration": "03:00",
            "timeZone": "UTC",
            "recurEvery": "1Day",
        },
        "installPatches": {
            "rebootSetting": "IfRequired",
            "windowsParameters": {"classificationsToInclude": ["Security"]},
        },
    },
}


def commands(folder: Path, url: str) -> list[tuple[str, str | None]]:
    """Each command with the words of its refusal, or None for one that must succeed."""
    files = {"template": TEMPLATE, "window": WINDOW}
    for name, content in files.items():
        (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    words = {**WORDS, **{name: str(folder / f"{name}.json") for name in files}, "url": url}
    table = (HERE / "commands.txt").read_text(encoding="utf-8").splitlines()
    found = []
    for line in [*LOG_IN, *(each for each in table if not each.startswith("#"))]:
        refused, command = None, line
        if line.startswith("!"):
            refused, command = next(
                (line[1:at], line[at + 1 :]) for at in _blanks(line) if line[at + 1 :].split()[0] in GROUPS
            )
        for word, value in words.items():
            command = command.replace(f"{{{word}}}", value)
        found.append((command, refused))
    return found


GROUPS = ("vm", "vmss")


def _blanks(line: str) -> list[int]:
    return [at for at, letter in enumerate(line) if letter == " "]


def why_wrong(refused: str | None, code: int, said: str) -> str:
    if refused is None:
        return "" if code == 0 else f"ended with {code}: {said.strip()[-400:]}"
    if code == 0:
        return "was not refused"
    return "" if refused.lower() in said.lower() else f"was refused in other words: {said.strip()[-400:]}"


@pytest.mark.skipif(not CLI.exists(), reason="needs the Azure CLI, which `make azure-cli` installs")
def test_the_azure_cli_does_its_work(start_server: Callable[..., Any], tmp_path: Path) -> None:
    served = start_server(tmp_path)
    table = commands(tmp_path, served.url)
    asked = "".join(f"{json.dumps(shlex.split(command))}\n" for command, _ in table)
    done = subprocess.run(
        [CLI, HERE / "run.py"], input=asked, env=served.pointed_here(), capture_output=True, text=True, check=True
    )
    outcomes = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"code"')]
    assert len(outcomes) == len(table)
    wrong = [
        f"az {command}\n    {why}"
        for (command, refused), outcome in zip(table, outcomes, strict=True)
        if (why := why_wrong(refused, outcome["code"], outcome["said"]))
    ]
    assert not wrong, f"{len(wrong)} of {len(table)} commands are wrong:\n" + "\n".join(wrong)
