"""The store of waves that a command names, and the errors of stores and of Azure as one line."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from azure_hotpatch.cli.failure import Failure

if TYPE_CHECKING:
    from azure_hotpatch.operations.durable.wave_store import WaveStore


@contextmanager
def refusing() -> Iterator[None]:
    """A context in which an error of a store or of Azure becomes a Failure of one line."""
    from azure_hotpatch.operations.clients.refusals import Refusal
    from azure_hotpatch.operations.durable.wave_store import WaveStoreError

    try:
        yield
    except (WaveStoreError, Refusal) as error:
        raise Failure(str(error)) from None


def store_at(file: str | None, database_url: str | None) -> "WaveStore":
    from azure_hotpatch.cli.patching.options import database_url_of
    from azure_hotpatch.operations.durable.wave_store import store_of

    return store_of(file, database_url_of(database_url))
