"""What an operator decides about a wave: stop it, let it go on, open its closed gate, end it for good.

Of two operators at once each looks and acts within a turn (see `turn`), and the second sees what the first decided.
Each can be given again after a kill: it is stored before it is carried out, and carried out in steps that may repeat.
"""

from datetime import UTC, datetime

from dbos import DBOSClient, WorkflowStatus

from azure_hotpatch.operations.durable import ids, notes, waves
from azure_hotpatch.operations.durable.control import ASK, RESUMING, RUN, opening, stop_of
from azure_hotpatch.operations.durable.wave_store import WaveStoreError
from azure_hotpatch.operations.durable.waves import Wave, engine_of
from azure_hotpatch.operations.install.outcome import FAILURES, State

# Of a machine that was started it is read how that ended; it is started only where nothing shows.
_LOOKED_AT_AGAIN = {State.NOT_STARTED, State.UNKNOWN}


def stop(client: DBOSClient, wave: str, why: str) -> None:
    """Start no further machine. Installations that Azure has begun go on.

    The flag comes first: what is claimed meanwhile reads it before it acts.
    """
    client.update_workflow_attributes(wave, stop_of(why), merge=True)
    _take_off_the_queue(client, wave)


def closed_gate(client: DBOSClient, wave: str) -> str:
    """The ring whose closed gate stopped a wave. Raises WaveStoreError where it is not stopped by one."""
    found = waves.one(client, wave)
    _refuse_finished(found)
    if not found.stopped or not found.gate:
        raise WaveStoreError(f"the wave {wave} is not stopped by a closed gate: {_state_of(found)}")
    return found.gate


def open_gate(client: DBOSClient, wave: str, by: str, why: str) -> None:
    """Let a wave go on past the closed gate that stopped it."""
    client.update_workflow_attributes(wave, {opening(closed_gate(client, wave)): f"{by}: {why}"}, merge=True)
    resume(client, wave, by)


def finish(client: DBOSClient, wave: str, said: str) -> bool:
    """End a wave for good, whatever it does; False where it was ended before, and the first reason stays."""
    is_first = not waves.one(client, wave).finished
    if is_first:
        client.update_workflow_attributes(wave, {**stop_of(said), "finished": said}, merge=True)
    _take_off_the_queue(client, wave)
    return is_first


def resume(client: DBOSClient, wave: str, by: str) -> bool:
    """Let a stopped wave go on; False where it goes on already. Failures so far no longer count.

    Raises WaveStoreError where it was ended for good.
    """
    found = waves.one(client, wave)
    _refuse_finished(found)
    if not (found.stopped or found.resuming or found.is_over):
        return False
    ended = client.list_workflows(workflow_id_prefix=ids.below(wave), status=["SUCCESS"], load_input=False)
    failed = sum(waves.state_of(one) in FAILURES for one in ended)
    said = {"approved": True} if found.stopped == ASK else {}
    changed = {"control": RUN, "why": "", "gate": "", "forgiven": failed, "resumed": f"{by} at {_now()}", **said}
    # Until its machines are on the queue again a wave that still runs must not take them for done.
    client.update_workflow_attributes(wave, {**changed, RESUMING: True}, merge=True)
    _put_on_the_queue(client, wave, ended)
    if waves.one(client, wave).is_over:
        client.rewind_workflow(wave, queue_name=ids.WAVES)
    client.update_workflow_attributes(wave, {RESUMING: False}, merge=True)
    return True


def must_go_on(client: DBOSClient, wave: str) -> bool:
    """Whether a wave ended for a stop that was lifted at the same moment, so that it has to be resumed once more."""
    found = waves.one(client, wave)
    return found.is_over and not found.stopped and bool(waves.why_ended(client, wave)) and found.status == "SUCCESS"


def _put_on_the_queue(client: DBOSClient, wave: str, ended: list[WorkflowStatus]) -> None:
    """The machines that were taken off the queue, not started or left as not known, and those whose workflow failed."""
    cancelled = waves.ids_of(client.list_workflows(status=["CANCELLED"], **waves.machines_below(wave)))
    if cancelled:
        client.resume_workflows(cancelled, queue_name=ids.INSTALLS)  # on another queue it would know no limits
    again = [one for one in ended if waves.state_of(one) in _LOOKED_AT_AGAIN]
    # Who resumes has decided that a request whose answer was lost will not come any more.
    notes.ask_again(engine_of(client), waves.ids_of(again))
    failed = ["ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
    for machine in (*again, *client.list_workflows(status=failed, **waves.machines_below(wave))):
        key = machine.queue_partition_key
        client.rewind_workflow(machine.workflow_id, queue_name=ids.INSTALLS, queue_partition_key=key)


def _take_off_the_queue(client: DBOSClient, wave: str) -> None:
    queued = waves.ids_of(client.list_workflows(status=waves.QUEUED, **waves.machines_below(wave)))
    if queued:
        client.cancel_workflows(queued)


def _refuse_finished(wave: Wave) -> None:
    if wave.finished:
        raise WaveStoreError(f"the wave {wave.id} does not go on: {wave.stopped}; plan again for the machines left")


def _state_of(wave: Wave) -> str:
    """What a wave does, for who wanted to open a gate of it."""
    if wave.stopped:
        return wave.stopped
    if wave.resumed:
        return f"{wave.resumed} let it go on"
    return wave.phase or ("it is over" if wave.is_over else "it waits for a worker")


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"
