"""Proximity placement groups, and public keys for SSH: what machines refer to and the emulator need not understand."""

from azure_hotpatch.emulator.arm.bodies import fill
from azure_hotpatch.emulator.arm.resource_type import Change, ResourceType


def _prepare_group(change: Change) -> None:
    fill(change.properties, {"proximityPlacementGroupType": "Standard"})


TYPES = (
    ResourceType(
        "Microsoft.Compute/proximityPlacementGroups",
        ("2018-04-01", "2026-12-31"),
        prepare=_prepare_group,
        has_state=False,
    ),
    ResourceType("Microsoft.Compute/sshPublicKeys", ("2019-12-01", "2026-12-31"), has_state=False),
)
