"""HP010: an operating system from a disk cannot be asked for hotpatch."""

from typing import Any

import pytest

OPTION = "storageProfile.osDisk.createOption"


@pytest.mark.parametrize("option", ["Attach", "attach", "Copy", "Restore", "Empty"])
def test_refuses_an_operating_system_from_a_disk(option: str, vm: Any, ask: Any, absent: Any) -> None:
    changes = {OPTION: option, "osProfile": absent, "storageProfile.imageReference": absent}
    (finding,) = ask("HP010", vm(changes))
    assert finding.path == OPTION


def test_accepts_an_image_and_an_absent_option(vm: Any, ask: Any, absent: Any) -> None:
    assert ask("HP010", vm({OPTION: "fromImage"})) == []
    assert ask("HP010", vm({OPTION: absent})) == []


def test_a_linux_disk_is_not_judged(vm: Any, ask: Any, absent: Any) -> None:
    disk = {"createOption": "Attach", "osType": "Linux"}
    assert ask("HP010", vm({"storageProfile": {"osDisk": disk}, "osProfile": absent})) == []
