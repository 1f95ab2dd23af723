"""Which changes Azure refuses of what it fixed when a machine, a set or a disk was made."""

from typing import Any

import pytest

from azure_hotpatch.domain.azure.fixed_values import (
    DISK,
    LOCAL_DISK,
    LOCAL_IMAGE,
    LOCAL_INSTANCE,
    LOCAL_INTERFACE,
    MACHINE,
    SCALE_SET,
    Fixed,
    FixedChange,
    fixed_changes,
)

DOMAINS, PLACED = "platformFaultDomainCount", "proximityPlacementGroup"
USER, ADDRESS = ("osProfile.adminUsername", False), ("macAddress", False)
IMAGE = {"publisher": "MicrosoftWindowsServer", "offer": "WindowsServer", "sku": "core", "version": "latest"}


def machine(**storage: Any) -> dict[str, Any]:
    return {
        "zones": ["1"],
        "osProfile": {"computerName": "web", "adminUsername": "hotpatch"},
        "storageProfile": {"imageReference": IMAGE, "osDisk": {"diskSizeGB": 128}, **storage},
    }


def disk(unit: int, **values: Any) -> dict[str, Any]:
    return {"lun": unit, "createOption": "Empty", "diskSizeGB": 64, **values}


def changes(fixed: Fixed, before: Any, after: Any) -> list[FixedChange]:
    return list(fixed_changes(fixed, before, after))


def test_a_change_of_the_image_is_one_whatever_its_case() -> None:
    after = machine(imageReference={**IMAGE, "offer": "windowsserver", "sku": "hotpatch"})
    path = "storageProfile.imageReference.sku"
    assert changes(MACHINE, machine(), after) == [FixedChange(path, "core", "hotpatch", by_replacement=True)]


@pytest.mark.parametrize(
    ("fixed", "before", "after", "expected"),
    [
        (MACHINE, machine(), {**machine(), "zones": ["2"]}, [("zones", True)]),
        (MACHINE, machine(), {key: value for key, value in machine().items() if key != "zones"}, [("zones", True)]),
        (MACHINE, {}, {"availabilitySet": {"id": "set"}}, [("availabilitySet", True)]),
        (MACHINE, machine(), machine(osDisk={"diskSizeGB": 127}), [("storageProfile.osDisk.diskSizeGB", False)]),
        (MACHINE, machine(), machine(osDisk={"diskSizeGB": 256}), []),
        (SCALE_SET, {DOMAINS: 1}, {DOMAINS: 2}, [(DOMAINS, True)]),
        (SCALE_SET, {"zones": ["1"]}, {"zones": ["1", "2"]}, []),
        (SCALE_SET, {PLACED: {"id": "/a"}}, {}, [(f"{PLACED}.id", True)]),
        (SCALE_SET, {PLACED: {"id": "/a"}}, {PLACED: {"id": "/A"}}, []),
        (MACHINE, {PLACED: {"id": "/a"}}, {PLACED: {"id": "/b"}}, []),
        (SCALE_SET, {"zones": ["1", "2"]}, {"zones": ["1"]}, [("zones", False)]),
        (DISK, {"diskSizeGB": 64}, {"diskSizeGB": 32}, [("diskSizeGB", False)]),
        (DISK, {"zones": ["1"]}, {"zones": ["2"]}, [("zones", False)]),
        (LOCAL_IMAGE, {"identifier": {"sku": "a"}}, {"identifier": {"sku": "b"}}, [("identifier.sku", False)]),
        (LOCAL_IMAGE, {"version": {"name": "1"}}, {}, [("version", False)]),
        (LOCAL_INSTANCE, {"osProfile": {"adminUsername": "a"}}, {"osProfile": {"adminUsername": "b"}}, [USER]),
        (LOCAL_INSTANCE, {"hardwareProfile": {"processors": 2}}, {"hardwareProfile": {"processors": 4}}, []),
        (LOCAL_INTERFACE, {"macAddress": "02:EC:01:00:00:01"}, {"macAddress": "02:ec:01:00:00:01"}, []),
        (LOCAL_INTERFACE, {"macAddress": "02:EC:01:00:00:01"}, {"macAddress": "02:EC:01:00:00:02"}, [ADDRESS]),
        (LOCAL_DISK, {"diskSizeGB": 64}, {"diskSizeGB": 32}, [("diskSizeGB", False)]),
    ],
)
def test_only_what_is_fixed_is_refused(fixed: Fixed, before: Any, after: Any, expected: list[Any]) -> None:
    assert [(change.path, change.by_replacement) for change in changes(fixed, before, after)] == expected


def test_a_data_disk_keeps_its_origin_and_is_known_by_its_unit() -> None:
    before = machine(dataDisks=[disk(0), disk(1)])
    after = machine(dataDisks=[disk(1, createOption="Attach", diskSizeGB=32), disk(2)])
    assert [(change.path, change.by_replacement) for change in changes(MACHINE, before, after)] == [
        ("storageProfile.dataDisks[1].createOption", True),
        ("storageProfile.dataDisks[1].diskSizeGB", False),
    ]


def test_what_is_unknown_is_no_change() -> None:
    after = machine(imageReference={**IMAGE, "sku": object()}, osDisk={"diskSizeGB": object()})
    assert changes(MACHINE, machine(), after) == []
    assert changes(MACHINE, machine(), {"osProfile": object(), "storageProfile": object(), "zones": object()}) == []
