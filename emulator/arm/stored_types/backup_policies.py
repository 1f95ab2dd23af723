"""The times of a backup policy: a time of day that is sent comes back with a date, as clients read it."""

import re
from typing import Any

from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change

TYPE = "Microsoft.RecoveryServices/vaults/backupPolicies"
_LISTS = ("scheduleRunTimes", "retentionTimes")
_TIME_OF_DAY = re.compile(r"\d\d:\d\d:\d\d(\.\d+)?Z")


def date(change: Change) -> None:
    """Give the times of day today's date, wherever a policy has them."""
    _walk(change.body, change.tx.now().date().isoformat())


def _walk(value: Any, day: str) -> None:
    for part in value if isinstance(value, list) else ():
        _walk(part, day)
    for name, part in value.items() if isinstance(value, dict) else ():
        if name in _LISTS and isinstance(part, list):
            value[name] = [f"{day}T{one}" if _TIME_OF_DAY.fullmatch(str(one)) else one for one in part]
        else:
            _walk(part, day)
