"""When Azure patches machines by itself: some days after each patch day that the emulator's clock is moved over."""

import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from azure_hotpatch.emulator.arm.providers.compute import orchestration, patching, power
from azure_hotpatch.emulator.arm.providers.compute.orchestration import Orchestration
from azure_hotpatch.emulator.arm.providers.compute.patch_days import following, patch_day
from azure_hotpatch.emulator.arm.stored import Resource
from azure_hotpatch.emulator.arm.transaction import Transaction

_MACHINES = "Microsoft.Compute/virtualMachines"
# "Automatic Guest Patching": within 30 days of the release, on another day for each machine, critical and security.
_LONGEST_DELAY = 14
_CHOICE = {"classificationsToInclude": ["Critical", "Security"]}


def run(tx: Transaction, before: datetime, after: datetime) -> None:
    """Patch the machines whose day lies between two moments. The machines are taken as they are at the second one."""
    for machine in tx.within("", _MACHINES):
        if orchestration.of(tx, machine) is not Orchestration.AZURE or not power.is_running(machine):
            continue
        for moment in _moments(machine, before, after):
            patching.carry_out(machine, _CHOICE, orchestration.reboot_setting(machine), moment)
        tx.hide(machine)


def _moments(machine: Resource, before: datetime, after: datetime) -> Iterator[datetime]:
    """The nights between two moments in which this machine is patched."""
    delay = timedelta(days=1 + zlib.crc32(machine.key.encode()) % _LONGEST_DELAY)
    month: date = (before - timedelta(days=31)).date().replace(day=1)
    while month <= after.date():
        moment = datetime.combine(patch_day(month) + delay, time(3), UTC)
        if before < moment <= after:
            yield moment
        month = following(month)
