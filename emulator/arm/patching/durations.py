"""Whether installations take their time: as long as their updates and the restart, on the emulator's clock.

By default one ends as soon as its operation has been asked about a few times.
"""

from azure_hotpatch.emulator.arm.database.transaction import Transaction

_SETTING = ("emulator/patching", "durations")


def are_lived(tx: Transaction) -> bool:
    return bool(next(iter(tx.recorded(*_SETTING)), False))


def live(tx: Transaction, *, lived: bool) -> None:
    tx.record(*_SETTING, "", lived)
