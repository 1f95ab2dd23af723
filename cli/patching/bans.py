"""Stop every wave that has a bad update, or lift such a stop, by a file that an allowed signer has signed."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from azure_hotpatch.cli.failure import Failure

if TYPE_CHECKING:
    from azure_hotpatch.operations.durable.wave_store import WaveStore
    from azure_hotpatch.operations.install.advisory import Advisory, Lift
    from azure_hotpatch.operations.install.model import Valid


class SignedFile(NamedTuple):
    """A file with its detached signature, and the file of those who may sign it."""

    name: str
    content: bytes
    signature: bytes
    allowed: Path


def advisory_of(file: SignedFile) -> "tuple[Advisory, str]":
    """The stop that a signed file tells of, and its signer."""
    from azure_hotpatch.operations.install.advisory import NAMESPACE, Advisory

    found, signer = _signed(file, Advisory, NAMESPACE)
    if not found.holds(datetime.now(UTC)):
        raise Failure(f"{file.name}: expires: {found.expires:%Y-%m-%d %H:%M} UTC is past: it would stop nothing")
    return found, signer


def lift_of(file: SignedFile) -> "tuple[Lift, str]":
    """The lift that a signed file tells of, and its signer."""
    from azure_hotpatch.operations.install.advisory import LIFT_NAMESPACE, Lift

    return _signed(file, Lift, LIFT_NAMESPACE)


def _signed(file: SignedFile, kind: "type[Valid]", namespace: str) -> "tuple[Valid, str]":
    """The content of a signed file, and its signer; the signature is checked before the file is read."""
    from azure_hotpatch.operations.clients.signature import SignatureError, signer_of
    from azure_hotpatch.operations.install.model import FileError, validated

    if not file.allowed.is_file():
        raise Failure(f"--allowed-signers {file.allowed} is not there")
    try:
        signer = signer_of(file.content, file.signature, file.allowed, namespace)
        return validated(kind, json.loads(file.content), file.name), signer
    except (SignatureError, FileError) as error:
        raise Failure(f"{error}" if isinstance(error, FileError) else f"{file.name}: {error}") from None
    except ValueError as error:
        raise Failure(f"{file.name} is not JSON: {error}") from None


def stop_all(store: "WaveStore", advisory: "Advisory", signer: str) -> tuple[list[str], int]:
    """Record the ban, then stop every wave; their names, and for how many machines they had the update planned."""
    from azure_hotpatch.cli.patching.record import keep_decision
    from azure_hotpatch.cli.patching.wave_session import looking
    from azure_hotpatch.operations.durable import decisions, waves
    from azure_hotpatch.operations.durable.notes import ban, opened
    from azure_hotpatch.operations.durable.turn import turn_of
    from azure_hotpatch.operations.durable.wave_store import make
    from azure_hotpatch.operations.durable.worker import prepare

    make(store)
    prepare(store)
    with looking(store) as client, turn_of(client):
        with opened(store) as engine:
            ban(engine, advisory, signer)  # first: whatever is planned from now on leaves the update out
        live = [one.id for one in waves.live(client)]
        planned = 0
        for name in live:
            decisions.stop(client, name, f"KB{advisory.kb} is bad: {advisory.reason} (signed by {signer})")
            planned += sum(_has(machine, advisory.kb) for machine in waves.plan_of(client, name).machines)
        keep_decision("stop", {**advisory.model_dump(mode="json", by_alias=True), "signer": signer, "waves": live})
    return live, planned


def lift_stop(store: "WaveStore", lift: "Lift", signer: str) -> None:
    """Lift a stop, and keep that in the journal. Raises Failure where the file does not lift what is stopped now."""
    from azure_hotpatch.cli.patching.record import keep_decision
    from azure_hotpatch.operations.durable import notes
    from azure_hotpatch.operations.durable.turn import turn
    from azure_hotpatch.operations.durable.wave_store import exists
    from azure_hotpatch.operations.durable.worker import reaching
    from azure_hotpatch.operations.install.advisory import why_not_lifted

    now = datetime.now(UTC)
    if not exists(store):
        raise Failure(why_not_lifted(lift, None, now))
    with reaching(store), notes.opened(store) as engine, turn(engine):
        stop = notes.ban_of(engine, lift.kb)
        why = why_not_lifted(lift, stop, now)
        if stop is None or why is not None:
            raise Failure(why)
        # First: a lift that is not recorded is worse than one that is recorded twice.
        keep_decision("stop-lifted", {**lift.model_dump(mode="json", by_alias=True), "signer": signer})
        notes.lift(engine, stop)


def _has(machine: object, kb: str) -> bool:
    patches = getattr(machine, "patches", None)
    return patches is None or any(patch.kb == kb for patch in patches)  # not assessed: it may have
