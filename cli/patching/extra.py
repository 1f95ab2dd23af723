"""The extra `operations`: imported when a command needs it, and reported in one line if it is missing."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from azure_hotpatch.cli.failure import Failure

_PACKAGES = frozenset(("azure", "dbos", "httpx", "icalendar", "psycopg", "requests", "sqlalchemy"))


@contextmanager
def needing_operations(command: str) -> Iterator[None]:
    """Within it, a package of the extra that is not installed is a Failure that says which extra to install."""
    # Azure's clients log what they also raise, azure-identity at length; a person gets the one line.
    logging.getLogger("azure").setLevel(logging.CRITICAL)
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in _PACKAGES:
            raise
        raise Failure(
            f"`hotpatch {command}` needs the extra `operations`: pip install 'azure-hotpatch[operations]'"
        ) from None
