"""A machine as Azure reports it, and a plan of some."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from azure_hotpatch.operations.install.order import Order
from azure_hotpatch.operations.install.plan import Plan
from azure_hotpatch.operations.install.planning import WaveRequest, make
from azure_hotpatch.operations.install.wave_settings import WaveSettings
from azure_hotpatch.operations.machine import Assessment, Machine, MachineType, Patch

NOW = datetime(2026, 9, 10, 20, 0, tzinfo=UTC)
GROUP = "/subscriptions/s/resourceGroups/fleet/providers/Microsoft.Compute"
LCU = Patch("5122871", "Cumulative update", ("Security",), "Available", "AlwaysRequiresReboot", NOW)
HOTPATCH = Patch("5123000", "Hotpatch", ("Security",), "Available", "NeverReboots", NOW)
DOTNET = Patch("5120001", ".NET", ("Updates",), "Available", "CanRequestReboot", NOW)


def machine(name: str, patches: tuple[Patch, ...] | None = (LCU,), **more: Any) -> Machine:
    """A running machine that was just assessed."""
    assessment = Assessment("Succeeded", NOW, patches=patches)
    place = {"resource_group": "fleet", "subscription": "s", "location": "westeurope", "power": "running"}
    return Machine(
        id=f"{GROUP}/virtualMachines/{name}",
        type=MachineType.VIRTUAL_MACHINE,
        name=name,
        **{**place, "assessment": assessment, **more},
    )


@pytest.fixture
def plan() -> Callable[..., Plan]:
    """Makes a plan: plan([machine("a")], canary="1")."""

    def made(machines: list[Machine], order: Order | None = None, left: Any = None, **settings: Any) -> Plan:
        wanted = WaveSettings.model_validate(settings)
        return make(WaveRequest("wave-1", order or Order(), wanted), machines, NOW, left)

    return made
