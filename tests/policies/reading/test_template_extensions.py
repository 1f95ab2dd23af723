"""The extensions that a scale set's profile in a template holds."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.record import Record, Unknown
from azure_hotpatch.policies.reading import template_records

AT = "virtualMachineProfile.extensionProfile.extensions[0]"


def set_with(extension: dict[str, Any], spelled: str = "virtualMachineProfile") -> Record:
    """A scale set whose profile has the one extension."""
    properties = {spelled: {"extensionProfile": {"extensions": [extension]}}}
    scale_set = {"type": "Microsoft.Compute/virtualMachineScaleSets", "name": "s", "properties": properties}
    (record,) = template_records({"resources": [scale_set]})
    return record


def test_its_properties_are_flat() -> None:
    record = set_with({"name": "h", "properties": {"type": "ApplicationHealthWindows"}}, "VirtualMachineProfile")
    assert record.peek(f"{AT}.type") == "ApplicationHealthWindows"


@pytest.mark.parametrize("properties", ["[reference('x')]", "[if(reference('x').y, createObject(), reference('z'))]"])
def test_it_may_be_any_where_its_properties_are_hidden_as_a_whole(properties: str) -> None:
    record = set_with({"name": "h", "properties": properties})
    assert isinstance(record.peek(f"{AT}.publisher"), Unknown)
    assert isinstance(record.peek(f"{AT}.type"), Unknown)
