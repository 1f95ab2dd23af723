"""Checks across the values of a network."""

from collections.abc import Iterator
from typing import Any

from azure_hotpatch.domain.azure.networks import ADDRESS_SPACE, first_subnet, why_not_subnet_prefix
from azure_hotpatch.domain.vocabulary.check import Check
from azure_hotpatch.domain.vocabulary.problem import Problem, printed


def _new_or_existing(space: Any, network_id: Any) -> Iterator[Problem]:
    if space and network_id:
        yield Problem(
            "address_space",
            "the network exists already and has an address space of its own",
            printed(space),
            "the id of the network with the prefix of its new subnet, or an address space",
        )


def _existing_network_needs_a_prefix(subnet: Any, network_id: Any) -> Iterator[Problem]:
    if network_id and not subnet:
        yield Problem("subnet_prefix", "is missing: the prefix of the subnet to make in the existing network")


def _subnet_fits(subnet: Any, space: Any, network_id: Any) -> Iterator[Problem]:
    known_space = None if network_id else space or ADDRESS_SPACE
    reason = why_not_subnet_prefix(subnet, known_space) if subnet else None
    if reason:
        meant = first_subnet(known_space) if known_space else ""
        yield Problem("subnet_prefix", reason, printed(subnet), "a prefix inside the address space", meant)


def _space_has_room(space: Any, subnet: Any, network_id: Any) -> Iterator[Problem]:
    """The default subnet, the first /24 of the space, is not too small."""
    reason = why_not_subnet_prefix(first_subnet(space), space) if space and not (subnet or network_id) else None
    if reason:
        yield Problem("address_space", reason, printed(space), "a larger address space")


NETWORK_CHECKS = (
    Check(("address_space", "network_id"), _new_or_existing),
    Check(("subnet_prefix", "network_id"), _existing_network_needs_a_prefix),
    Check(("subnet_prefix", "address_space", "network_id"), _subnet_fits),
    Check(("address_space", "subnet_prefix", "network_id"), _space_has_room),
)
