"""The typed specs that the plans take: every argument reaches its spec, and every default is what its page says."""

import ast
import dataclasses
import inspect
import itertools
from typing import Any

import pytest

from azure_hotpatch.components.azure_local_image.args import AzureLocalImageArgs, OnAzureLocalSpec
from azure_hotpatch.components.azure_local_virtual_machine.args import (
    AzureLocalMachineSpec,
    AzureLocalVirtualMachineArgs,
)
from azure_hotpatch.components.guardrails.args import GuardrailsSpec, HotpatchGuardrailsArgs
from azure_hotpatch.components.maintenance_schedule.args import (
    DynamicScopeArgs,
    DynamicScopeSpec,
    MaintenanceScheduleArgs,
    ScheduledMachineArgs,
    ScheduledMachineSpec,
    ScheduleSpec,
)
from azure_hotpatch.components.network.args import HotpatchNetworkArgs, NetworkSpec
from azure_hotpatch.components.scale_set.args import (
    HealthProbeArgs,
    HealthProbeSpec,
    HotpatchScaleSetArgs,
    ScaleSetSpec,
)
from azure_hotpatch.components.shared.profile_args import (
    DataDiskArgs,
    DataDiskSpec,
    MachineDataDiskArgs,
    MachineDataDiskSpec,
    ProfileArgs,
)
from azure_hotpatch.components.virtual_machine.args import (
    HotpatchVirtualMachineArgs,
    InterfaceSpec,
    NetworkInterfaceArgs,
    VirtualMachineSpec,
)

# Arguments that another field is made of: the image has its version, and its generation is for the check alone.
PARSED = {"image_version", "image_generation"}
PAIRS: tuple[tuple[Any, Any, set[str], set[str]], ...] = (
    (AzureLocalImageArgs, OnAzureLocalSpec, PARSED, set()),
    (AzureLocalVirtualMachineArgs, AzureLocalMachineSpec, PARSED, set()),
    (HotpatchGuardrailsArgs, GuardrailsSpec, set(), set()),
    (HotpatchNetworkArgs, NetworkSpec, set(), set()),
    (HotpatchVirtualMachineArgs, VirtualMachineSpec, {*PARSED, "subnet_id"}, set()),
    (NetworkInterfaceArgs, InterfaceSpec, set(), set()),
    (DataDiskArgs, DataDiskSpec, set(), set()),
    (MachineDataDiskArgs, MachineDataDiskSpec, set(), set()),
    (HotpatchScaleSetArgs, ScaleSetSpec, PARSED, {"patching_mode"}),
    (HealthProbeArgs, HealthProbeSpec, set(), set()),
    (MaintenanceScheduleArgs, ScheduleSpec, set(), set()),
    (ScheduledMachineArgs, ScheduledMachineSpec, set(), set()),
    (DynamicScopeArgs, DynamicScopeSpec, set(), set()),
)
IDS = [spec.__name__ for _, spec, *_ in PAIRS]


def described(arguments: Any) -> dict[str, str]:
    """The description of each argument that the class itself has."""
    body = ast.parse(inspect.getsource(arguments)).body[0].body  # type: ignore[attr-defined]  # it is a class
    pairs = itertools.pairwise(body)
    return {each.target.id: after.value.value for each, after in pairs if isinstance(each, ast.AnnAssign)}  # type: ignore[union-attr,attr-defined]  # a docstring follows each


@pytest.mark.parametrize(("arguments", "spec", "parsed", "added"), PAIRS, ids=IDS)
def test_every_argument_is_a_field(arguments: Any, spec: Any, parsed: set[str], added: set[str]) -> None:
    fields = {field.name for field in dataclasses.fields(spec)}
    assert fields == (set(arguments.__annotations__) - parsed) | added


@pytest.mark.parametrize(("arguments", "spec"), [pair[:2] for pair in PAIRS] + [(ProfileArgs, VirtualMachineSpec)])
def test_a_default_is_what_its_description_says(arguments: Any, spec: Any) -> None:
    defaults = {
        field.name: field.default for field in dataclasses.fields(spec) if field.default is not dataclasses.MISSING
    }
    texts = described(arguments)
    wrong = {
        name: (value, texts[name])
        for name, value in defaults.items()
        if name in texts and value not in (None, (), False) and f"Default {_written(value)}" not in texts[name]
    }
    assert wrong == {}


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"{', '.join(value[:-1])} and {value[-1]}"
    return "a connection to port 3389" if isinstance(value, HealthProbeSpec) else str(value)
