"""What runs on a machine, told by one sign or by none."""

from base64 import b64encode
from typing import Any

import pytest

from azure_hotpatch.domain.judging.audience import audiences
from azure_hotpatch.domain.judging.operating_system import operating_system
from azure_hotpatch.domain.judging.record import UNKNOWN, Kind, Record
from azure_hotpatch.domain.judging.rule import Audience, Context


def _machine(body: Any) -> Record:
    return Record(Kind.VIRTUAL_MACHINE, "web", "Microsoft.Compute/virtualMachines", body)


def _image(publisher: Any, offer: Any = "x") -> Any:
    return {"storageProfile": {"imageReference": {"publisher": publisher, "offer": offer, "sku": "y"}}}


@pytest.mark.parametrize(
    ("body", "system"),
    [
        (_image("microsoftwindowsserver"), "Windows"),
        (_image("MicrosoftWindowsDesktop"), "Windows"),
        (_image("MicrosoftSQLServer", "sql2022-ws2022"), "Windows"),
        (_image("MicrosoftSQLServer", "sql2022-ubuntu2204"), "Linux"),
        (_image("Canonical"), "Linux"),
        (_image("RedHat"), "Linux"),
        (_image("someone", "hardened-debian-12"), "Linux"),
        ({"osProfile": {"windowsConfiguration": {}}}, "Windows"),
        ({"osProfile": {"linuxConfiguration": {}}}, "Linux"),
        ({"storageProfile": {"osDisk": {"osType": "windows"}}}, "Windows"),
        ({"storageProfile": {"osDisk": {"osType": "Linux"}}}, "Linux"),
        ({"storageProfile": {"osDisk": {"osType": "Linux"}, "imageReference": UNKNOWN}}, None),
        ({"storageProfile": {"osDisk": {"osType": "Linux"}, "imageReference": {"id": UNKNOWN}}}, None),
        ({"osProfile": {"linuxConfiguration": {}, "windowsConfiguration": {}}}, "Windows"),
        ({"osProfile": {"linuxConfiguration": UNKNOWN}}, None),
        (_image("procomputers", "rocky-linux-9"), "Linux"),
        (_image("kali-linux", "kali"), "Linux"),
        (_image("someone", "stream9-rhel"), "Linux"),
        (_image("someone", "paroles"), None),
        ({"licenseType": "RHEL_BYOS"}, "Linux"),
        ({"licenseType": "SLES_STANDARD"}, "Linux"),
        ({"licenseType": "UBUNTU_PRO"}, "Linux"),
        ({"licenseType": "Windows_Server"}, "Windows"),
        ({**_image("Canonical"), "licenseType": "Windows_Server"}, "Windows"),
        ({"licenseType": "None"}, None),
        ({"osProfile": {"customData": "#cloud-config\n"}}, "Linux"),
        ({"osProfile": {"customData": b64encode(b"#cloud-config\npackages: [nginx]\n").decode()}}, "Linux"),
        ({"osProfile": {"customData": b64encode(b"#!/bin/sh\n").decode()}}, "Linux"),
        ({"osProfile": {"customData": b64encode(b"<powershell>").decode()}}, None),
        ({**_image("MicrosoftWindowsServer"), "osProfile": {"customData": "#!/bin/sh"}}, "Windows"),
        (_image("microsoftwindowsserver", "WindowsServer-linux"), "Windows"),
        (_image("someone"), None),
        (_image(UNKNOWN), None),
        ({}, None),
    ],
)
def test_the_operating_system(body: Any, system: str | None) -> None:
    assert operating_system(_machine(body)) == system


@pytest.mark.parametrize(
    ("publisher", "handler", "image", "system"),
    [
        ("Microsoft.Azure.Extensions", "CustomScript", "someone", "Linux"),
        ("microsoft.ostcextensions", "CustomScriptForLinux", "someone", "Linux"),
        ("Microsoft.Azure.Monitor", "AzureMonitorLinuxAgent", "someone", "Linux"),
        ("Microsoft.Azure.Monitor", "AzureMonitorWindowsAgent", "someone", None),
        ("Microsoft.Compute", "CustomScriptExtension", "someone", None),
        ("Microsoft.ManagedServices", "ApplicationHealthLinux", "someone", None),
        ("Microsoft.Azure.Extensions", UNKNOWN, "someone", None),
        ("Microsoft.Azure.Extensions", "CustomScript", UNKNOWN, None),
        ("Microsoft.Azure.Extensions", "CustomScript", "MicrosoftWindowsServer", "Windows"),
    ],
)
def test_an_extension_of_a_set_that_linux_alone_has_says_linux(
    publisher: str, handler: Any, image: Any, system: str | None
) -> None:
    profile = {**_image(image), "extensionProfile": {"extensions": [{"publisher": publisher, "type": handler}]}}
    body = {"virtualMachineProfile": profile}
    record = Record(
        Kind.SCALE_SET, "s", "Microsoft.Compute/virtualMachineScaleSets", body, prefix="virtualMachineProfile."
    )
    assert operating_system(record) == system


def test_a_machine_of_no_known_system_is_judged_and_a_linux_one_is_not(context: Context) -> None:
    assert Audience.CONFIGURED in audiences(_machine({}), context)
    assert audiences(_machine(_image("Canonical")), context) == {Audience.EVERY}


def test_a_set_without_a_profile_has_no_machine_of_its_own(scale_set: Any, context: Context) -> None:
    assert audiences(scale_set({"virtualMachineProfile": None}), context) == {Audience.EVERY}
    assert Audience.CONFIGURED in audiences(scale_set({"virtualMachineProfile": UNKNOWN}), context)
