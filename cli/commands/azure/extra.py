"""Report a library of the emulator's extra that is not installed."""

from collections.abc import Iterator
from contextlib import contextmanager

from azure_hotpatch.cli.failure import Failure

_LIBRARIES = {"cryptography", "h11", "httpx", "re2", "starlette", "tzlocal", "uvicorn"}


@contextmanager
def emulator_installed() -> Iterator[None]:
    """Around the imports of a command: a library of the extra that is missing becomes one line that names the extra."""
    try:
        yield
    except ModuleNotFoundError as error:
        if str(error.name).split(".")[0] not in _LIBRARIES:
            raise
        raise Failure(
            f"the emulator's library {error.name} is not installed: pip install 'azure-hotpatch[emulator]'"
        ) from None
