"""How far Resource Graph lags behind ARM; there is no delay by default."""

from datetime import timedelta

from azure_hotpatch.emulator.arm.database.stored import stamp
from azure_hotpatch.emulator.arm.database.transaction import Transaction

_SETTING = ("emulator/graph", "delay")
LONGEST = 24 * 3600.0  # seconds


def seconds(tx: Transaction) -> float:
    return float(next(iter(tx.recorded(*_SETTING)), 0.0))


def horizon(tx: Transaction) -> str:
    """The moment, as ARM writes it, after which Resource Graph has seen nothing yet."""
    return stamp(tx.now() - timedelta(seconds=seconds(tx)))


def turn(tx: Transaction, wanted: float) -> None:
    """Show each change that many seconds later, on the emulator's clock; 0 for at once."""
    tx.record(*_SETTING, "", wanted)
    tx.keep_past(kept=wanted > 0)


def seen(tx: Transaction) -> Transaction:
    """What Resource Graph reads: the resources of a moment ago."""
    behind = seconds(tx)
    return tx.at(tx.now() - timedelta(seconds=behind)) if behind else tx
