"""Which records refer to each other: nothing that is known of the two may differ."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.links import Links
from azure_hotpatch.domain.judging.named_resource import NamedResource, named_by
from azure_hotpatch.domain.judging.record import UNKNOWN, Kind, Record

MACHINES = "/subscriptions/1/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines"
BY_PARTS = {"providerName": "Microsoft.Compute", "resourceType": "virtualMachines", "resourceName": "web"}


def machine(**change: Any) -> Record:
    given = {"group": "rg", "arm_type": "Microsoft.Compute/virtualMachines"} | change
    return Record(Kind.VIRTUAL_MACHINE, "web", "t", {"name": "web"} | given.pop("body", {}), **given)


def assignment(body: Any, **change: Any) -> Record:
    return Record(Kind.MAINTENANCE_ASSIGNMENT, "as", "t", body, **change)


def joined(of: Record, body: Any, **change: Any) -> bool:
    each = assignment(body, **change)
    return bool(Links([of, each]).assignments_of(of))


@pytest.mark.parametrize(
    "body",
    [
        BY_PARTS,
        {"resourceName": "WEB"},
        {"resourceId": f"{MACHINES}/web"},
        {"resourceId": f"{MACHINES}/web".upper()},
        {"resourceId": "Microsoft.Compute/virtualMachines/web"},
        {**BY_PARTS, "providerName": "microsoft.compute", "resourceType": "VIRTUALMACHINES"},
        {**BY_PARTS, "resourceType": UNKNOWN},
    ],
)
def test_a_machine_is_found_by_name_and_by_id(body: Any) -> None:
    assert joined(machine(), body)
    assert joined(machine(body={"id": f"{MACHINES}/web"}), body)


@pytest.mark.parametrize(
    "body",
    [
        {**BY_PARTS, "providerName": "Microsoft.HybridCompute", "resourceType": "machines"},
        {**BY_PARTS, "resourceParentType": "hostGroups", "resourceParentName": "g", "resourceType": "hosts"},
        {**BY_PARTS, "resourceParentType": "virtualMachineScaleSets", "resourceParentName": "set"},
        {**BY_PARTS, "resourceType": "virtualMachineScaleSets"},
        {"resourceId": "/subscriptions/1/resourceGroups/rg/providers/Microsoft.HybridCompute/machines/web"},
        {"resourceId": f"{MACHINES}/web".replace("/rg/", "/other/")},
        {"resourceId": f"{MACHINES}/web2"},
        {"resourceName": "web2"},
    ],
)
def test_another_resource_of_that_name_is_not_the_machine(body: Any) -> None:
    assert not joined(machine(), body)


def test_an_id_of_another_subscription_is_another_machine() -> None:
    known = machine(body={"id": f"{MACHINES}/web"})
    assert not joined(known, {"resourceId": f"{MACHINES}/web".replace("/1/", "/2/")})


def test_a_group_that_differs_tells_two_of_one_name_apart() -> None:
    assert not joined(machine(), {"resourceName": "web"}, group="other")
    assert joined(machine(group=""), {"resourceName": "web"}, group="other")


@pytest.mark.parametrize(
    ("value", "named"),
    [
        (f"{MACHINES}/Web", NamedResource("web", "microsoft.compute/virtualmachines", "rg", "1")),
        ("web", NamedResource("web", "", "mine")),
        (
            "/subscriptions/1/resourceGroups/rg/providers/Microsoft.Compute/hostGroups/g/hosts/web",
            NamedResource("web", "microsoft.compute/hostgroups/hosts", "rg", "1"),
        ),
        ("providers/x", NamedResource("x", "", "mine")),
    ],
)
def test_what_a_reference_says(value: str, named: NamedResource) -> None:
    assert named_by(assignment({}, group="Mine"), "resourceId", value) == named
