"""The quota of queries per caller: reported in every response, and enforced where that was switched on."""

import hashlib
import time
from dataclasses import dataclass
from math import ceil

from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.http import Request

# "Guidance for throttled requests in Azure Resource Graph": 15 queries in every window of five seconds
QUERIES, WINDOW = 15, 5.0
_KEY = "emulator/graph"


@dataclass(frozen=True, slots=True)
class Allowance:
    headers: dict[str, str]
    is_exceeded: bool


def spent(request: Request) -> Allowance:
    """Count one query of the caller's. The window runs in the time of the machine, not of the emulated clock."""
    caller, now = _caller(request), time.time()
    started, used = _window(request.tx, caller, now)
    request.tx.record(_KEY, caller, "", {"started": started, "used": used + 1})
    headers = {
        "x-ms-user-quota-remaining": str(max(QUERIES - used - 1, 0)),
        "x-ms-user-quota-resets-after": f"00:00:{ceil(started + WINDOW - now):02d}",
    }
    return Allowance(headers, used >= QUERIES and is_enforced(request.tx))


def _window(tx: Transaction, caller: str, now: float) -> tuple[float, int]:
    """When the caller's window started and how many queries there were in it."""
    for kept in tx.recorded(_KEY, caller):
        if now - WINDOW < kept["started"] <= now:
            return kept["started"], kept["used"]
    return now, 0


def _caller(request: Request) -> str:
    """A caller is known by the token; those without one share a quota. The token itself is not kept."""
    return f"caller {hashlib.sha256(request.headers.get('authorization', '').encode()).hexdigest()[:16]}"


def is_enforced(tx: Transaction) -> bool:
    return any(kept["enforceQuota"] for kept in tx.recorded(_KEY, "setting"))


def enforce(tx: Transaction, *, enforced: bool) -> None:
    """Whether queries beyond the quota are refused; they are not in a new store."""
    tx.record(_KEY, "setting", "", {"enforceQuota": enforced})
