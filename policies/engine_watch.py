"""Notice that the engine is gone: one that was killed ends none of its plugins."""

import re
import socket
import time
from collections.abc import Sequence

_ADDRESS = re.compile(r"(?P<host>[\w.-]+|\[[\da-f:]+\]):(?P<port>\d{1,5})")
_SECONDS_BETWEEN_LOOKS = 2.0
Address = tuple[str, int]


def engine_address(arguments: Sequence[str]) -> Address | None:
    """Where the engine listens, which it gives to a plugin as the first argument; None if that is no address."""
    found = _ADDRESS.fullmatch(arguments[0]) if arguments else None
    return (found["host"].strip("[]"), int(found["port"])) if found else None


def wait_until_gone(engine: Address, seconds: float = _SECONDS_BETWEEN_LOOKS) -> None:
    """Returns when nobody listens at the address any more, which the engine does as long as it lives."""
    while not _is_refused(engine):
        time.sleep(seconds)


def _is_refused(engine: Address) -> bool:
    """Whether the system says that nobody listens; an engine that is slow to answer is there."""
    try:
        with socket.create_connection(engine, timeout=5):
            return False
    except ConnectionRefusedError:
        return True
    except OSError:
        return False
