"""Operations that end late, never, or with an error, although they were accepted."""

from dataclasses import asdict, dataclass
from datetime import datetime

from azure_hotpatch.emulator.arm.database.stored import stamp
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import ArmError

NEVER = "9999"  # later than every time as ARM writes it
RECORD = "planned end"


@dataclass(frozen=True, slots=True)
class PlannedEnd:
    """How an operation ends: not before `until` on the emulator's clock, and with `error` if there is one.

    `error` has ARM's `code` and `message`; `status` is that of a client which asks at the operation's Location.
    """

    until: str = ""
    error: Json | None = None
    status: int = 409

    def is_open(self, now: datetime) -> bool:
        return stamp(now) < self.until


def decide(tx: Transaction, name: str, planned: PlannedEnd) -> None:
    """Decide the end of an operation by its id, or of what a resource is on its way to by the resource's key."""
    tx.record(name, RECORD, "", asdict(planned))


def of(tx: Transaction, name: str) -> PlannedEnd | None:
    return next((PlannedEnd(**found) for found in tx.recorded(name, RECORD)), None)


def forget(tx: Transaction, name: str) -> None:
    """Let another operation end as usual."""
    tx.forget_records(name, RECORD)


def failure(tx: Transaction, name: str) -> ArmError | None:
    """The error that an operation, or the last one on a resource, ended with."""
    planned = of(tx, name)
    if planned is None or planned.error is None:
        return None
    return ArmError(planned.error["message"], code=planned.error["code"], status=planned.status)
