"""Machines that took the cumulative update of February 2025 for Windows Server 2022, and the plan to take it back."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from azure_hotpatch.domain.azure.calendar import CALENDAR
from azure_hotpatch.emulator.arm.database.store import Store
from azure_hotpatch.operations.clients import compute
from azure_hotpatch.operations.clients.connection import Connection
from azure_hotpatch.operations.clients.machine_batches import viewed
from azure_hotpatch.operations.install.order import Order
from azure_hotpatch.operations.install.plan import Plan
from azure_hotpatch.operations.install.planning import WaveRequest
from azure_hotpatch.operations.install.wave_settings import WaveSettings
from azure_hotpatch.operations.rollback.plan import Wish, plan
from azure_hotpatch.operations.rollback.wave import wave_of
from tests.emulator.arm.conftest import Arm
from tests.operations.azure import SUBSCRIPTION

MACHINES = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/fleet/providers/Microsoft.Compute/virtualMachines"
BAD, FIX = "5051979", "5053603"  # of February and of March 2025
BAD_BUILD, GOOD_BUILD, FIXED_BUILD = "20348.3207", "20348.3091", "20348.3328"
FEBRUARY, MARCH = datetime(2025, 2, 20, tzinfo=UTC), datetime(2025, 3, 13, tzinfo=UTC)


def carrying(names: Sequence[str], now: datetime = FEBRUARY) -> Callable[[Path], None]:
    """Lets the machines of a store install the update, and time go on until `now`."""

    def prepare(store: Path) -> None:
        opened = Store(store)
        with opened.transaction() as tx:
            tx.move_clock(FEBRUARY - tx.now())
        opened.close()
        arm = Arm(store)
        for name in names:
            assert install(arm, name, BAD)["installedPatchCount"] == 1
        if now > FEBRUARY:
            go_to(arm, now)

    return prepare


def go_to(arm: Arm, moment: datetime) -> None:
    assert arm.post("/emulator/clock", {"now": moment.isoformat()}).status_code == 200


def install(arm: Arm, name: str, kb: str, reboot: str = "IfRequired") -> Any:
    body = {"maximumDuration": "PT2H", "rebootSetting": reboot, "windowsParameters": {"kbNumbersToInclude": [kb]}}
    return arm.act(f"{MACHINES}/{name}/installPatches", body)


def rollback(
    connection: Connection,
    name: str = "rollback-1",
    now: datetime = FEBRUARY,
    wish: Wish | None = None,
    **settings: Any,
) -> Plan:
    """The plan of a roll back of every machine that carries the update."""
    listed = list(compute.machines(connection, SUBSCRIPTION))
    machines = [read.machine for read in viewed(connection, listed)]
    plans = plan(machines, wish or Wish((BAD,), unpaused=True), now, CALENDAR)
    return wave_of(WaveRequest(name, Order(), WaveSettings.model_validate(settings)), plans, datetime.now(UTC))
