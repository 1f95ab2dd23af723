"""The guide to patching by hand: its commands are what Azure takes, and what it sends to the emulator is answered."""

import json
import re
import shlex
from pathlib import Path

import pytest
from azure.mgmt.compute import models

GUIDE = (Path(__file__).parents[3] / "docs" / "guides" / "day-two.md").read_text(encoding="utf-8")
INSTALLS = re.findall(r"^ *(az vm install-patches --ids .*)$", GUIDE, re.MULTILINE)
_BODY = r"(?: -H 'Content-Type: application/json' -d '(.*)')?"
REQUESTS = re.findall(
    r'^curl .*?(?:-X (POST) )?"\$ARM\$MACHINE(/\w+)\?api-version=([\d-]+)"' + _BODY + "$", GUIDE, re.MULTILINE
)
OF_THE_CLI = {"ids"}


def options(command: str) -> dict[str, list[str]]:
    """`--a b c --d e` as `{"a": ["b", "c"], "d": ["e"]}`."""
    words = [part.split() for part in " ".join(shlex.split(command)).split(" --")[1:]]
    return {name: values for name, *values in words}


def body(given: dict[str, list[str]]) -> dict[str, object]:
    """The request that `az vm install-patches` makes of its options."""
    lists = {
        "classificationsToInclude": given.get("classifications-to-include-win"),
        "kbNumbersToInclude": given.get("kb-numbers-to-include"),
        "kbNumbersToExclude": given.get("kb-numbers-to-exclude"),
        "excludeKbsRequiringReboot": "exclude-kbs-requiring-reboot" in given or None,
    }
    windows = {name: value for name, value in lists.items() if value is not None}
    (duration,), (reboot,) = given["maximum-duration"], given["reboot-setting"]
    return {"maximumDuration": duration, "rebootSetting": reboot, "windowsParameters": windows}


@pytest.mark.parametrize("command", INSTALLS)
def test_every_option_is_one_of_azure_s(command):
    client = {*vars(models.VirtualMachineInstallPatchesParameters), *vars(models.WindowsParameters)}
    named = {name.removesuffix("-win").replace("-", "_") for name in options(command).keys() - OF_THE_CLI}
    assert named - client == set()


@pytest.mark.parametrize("command", INSTALLS)
def test_an_installation_is_accepted(arm, vm, good_vm, command):
    arm.make(vm, good_vm)
    assert arm.act(f"{vm}/installPatches", body(options(command)))["status"] == "Succeeded"


def test_the_guide_has_installations() -> None:
    assert len(INSTALLS) >= 3


def test_the_classifications_are_azure_s():
    sentence = GUIDE.partition("The classifications are ")[2].partition(".")[0]
    assert set(re.findall(r"`(\w+)`", sentence)) == {one.value for one in models.VMGuestPatchClassificationWindows}


def test_the_requests_to_the_emulator_are_answered(arm, vm, good_vm):
    arm.make(vm, good_vm)
    answers = [
        arm.ask(method or "GET", vm + path, json.loads(sent) if sent else None, version)
        for method, path, version, sent in REQUESTS
    ]
    assert [answer.status_code for answer in answers] == [202, 202, 200]
    assert answers[0].headers["Location"]
