"""Stop every wave that has a bad update, by a file that an allowed signer has signed."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from azure_hotpatch.cli.failure import Failure

if TYPE_CHECKING:
    from azure_hotpatch.operations.durable.wave_store import WaveStore
    from azure_hotpatch.operations.install.advisory import Advisory


def advisory_of(content: bytes, signature: bytes, allowed: Path, file: str) -> "tuple[Advisory, str]":
    """The content of a signed file, and its signer; the signature is checked before the file is read."""
    from azure_hotpatch.operations.clients.signature import SignatureError, signer_of
    from azure_hotpatch.operations.install.advisory import NAMESPACE, Advisory
    from azure_hotpatch.operations.install.model import FileError, validated

    if not allowed.is_file():
        raise Failure(f"--allowed-signers {allowed} is not there")
    try:
        signer = signer_of(content, signature, allowed, NAMESPACE)
        return validated(Advisory, json.loads(content), file), signer
    except (SignatureError, FileError) as error:
        raise Failure(f"{error}" if isinstance(error, FileError) else f"{file}: {error}") from None
    except ValueError as error:
        raise Failure(f"{file} is not JSON: {error}") from None


def stop_all(store: "WaveStore", advisory: "Advisory", signer: str) -> tuple[list[str], int]:
    """Record the ban, then stop every wave; their names, and for how many machines they had the update planned."""
    from azure_hotpatch.cli.patching.session import looking
    from azure_hotpatch.operations.durable import waves
    from azure_hotpatch.operations.durable.notes import ban, engine_of
    from azure_hotpatch.operations.durable.wave_store import make
    from azure_hotpatch.operations.durable.worker import prepare

    make(store)
    prepare(store)
    engine = engine_of(store)
    ban(engine, advisory, signer)  # first: whatever is planned from now on leaves the update out
    engine.dispose()
    with looking(store) as client:
        live = [one.id for one in waves.live(client)]
        planned = 0
        for name in live:
            waves.stop(client, name, f"KB{advisory.kb} is bad: {advisory.reason} (signed by {signer})")
            planned += sum(_has(machine, advisory.kb) for machine in waves.plan_of(client, name).machines)
    return live, planned


def _has(machine: object, kb: str) -> bool:
    patches = getattr(machine, "patches", None)
    return patches is None or any(patch.kb == kb for patch in patches)  # not assessed: it may have
