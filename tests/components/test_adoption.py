"""What an imported machine keeps is what no argument says: an argument that it kept would be given, and do nothing."""

from collections.abc import Iterator
from typing import Any

import pytest

from azure_hotpatch.components import HotpatchVirtualMachineArgs
from azure_hotpatch.components.virtual_machine.adoption import kept_of_interface, kept_of_machine
from azure_hotpatch.components.virtual_machine.plan import spec_of
from tests.components.arguments import GOOD, GROUP, machine
from tests.components.test_hotpatch_virtual_machine import CONFIGURATION, EVERYTHING

# With EVERYTHING, each argument that leads to an input of the machine or of its first interface.
MORE: tuple[dict[str, Any], ...] = (
    {"availability_set_id": f"{GROUP}/Microsoft.Compute/availabilitySets/set"},
    {"network_interface_ids": [f"{GROUP}/Microsoft.Network/networkInterfaces/web"], "subnet_id": None},
    {"patching_mode": "customerManagedSchedule", "maintenance_configuration_id": CONFIGURATION},
    {"system_assigned_identity": False},
)
ELSEWHERE = {"import_virtual_machine_id", "import_network_interface_id", "replace_on_change"}
NEVER_RETURNED = "osProfile.adminPassword"
WITH_THEIR_ITEM = ("].createOption", "].deleteOption")  # of a disk or an interface that is attached: no argument's


def test_every_argument_is_set_in_one_of_the_cases() -> None:
    tried = {argument for case in (GOOD, EVERYTHING, *MORE) for argument in case}
    assert set(HotpatchVirtualMachineArgs.__annotations__) - tried == ELSEWHERE


@pytest.mark.parametrize("case", [EVERYTHING, *({**GOOD, **each} for each in MORE)], ids=lambda case: list(case)[-1])
def test_no_argument_is_kept_from_its_machine(case: dict[str, Any], register: Any) -> None:
    plain, changed = (inputs_of(register, args) for args in (GOOD, case))
    spec = spec_of({**case, "computer_name": "web"})
    kept = {"VirtualMachine": [path for path in kept_of_machine(spec) if not path.endswith(WITH_THEIR_ITEM)]}
    kept["VirtualMachine"].remove(NEVER_RETURNED)
    if spec.network_interfaces:
        kept["NetworkInterface"] = kept_of_interface(spec, spec.network_interfaces[0])
    for kind, paths in kept.items():
        said = {path for path, value in changed[kind].items() if plain[kind].get(path) != value}
        assert {path for path in paths if any(_is_at(one, path) for one in said)} == set()


def inputs_of(register: Any, args: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The leaves of the machine's inputs and of its first interface's, by path."""
    made = reversed(register(lambda: machine(args)))  # so that the first of a type comes last, and counts
    return {each.type.rpartition(":")[2]: dict(_leaves(each.inputs)) for each in made}


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, member in value.items():
            yield from _leaves(member, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and value:
        for index, member in enumerate(value):
            yield from _leaves(member, f"{path}[{index}]")
    else:
        yield path, value


def _is_at(leaf: str, path: str) -> bool:
    return leaf == path or leaf.startswith((f"{path}.", f"{path}["))
