"""Run commands on Azure's and Arc's machines: their validation and their results."""

from azure_hotpatch.emulator.arm.database.stored import Resource, stamp
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.guest import commands
from azure_hotpatch.emulator.arm.guest.scripts import understood
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act, Change
from azure_hotpatch.emulator.arm.patching import guests
from azure_hotpatch.emulator.arm.protocol.bodies import Json, fill
from azure_hotpatch.emulator.arm.protocol.errors import InvalidParameter

SECRETS = ("protectedParameters", "runAsPassword")
_SOURCES = ("script", "scriptUri", "commandId", "galleryScriptReferenceId")


def prepare(change: Change) -> None:
    """Check a run command, and run its script if it has changed."""
    source = change.properties.get("source") or {}
    if not any(source.get(name) for name in _SOURCES):
        raise InvalidParameter("Required parameter 'runCommand.properties.source' is missing (null).", "source")
    fill(change.properties, {"parameters": [], "asyncExecution": False, "timeoutInSeconds": 0})
    fill(change.properties, {"treatFailureAsDeploymentFailure": False})
    if "result" in change.hidden and source == change.previous.get("source"):
        return
    change.hidden["ran"] = stamp(change.tx.now())
    machine = change.tx.find(change.id.rsplit("/", 2)[0])
    if machine:
        change.hidden["result"] = _run(change.tx, machine, str(source.get("script") or ""))


def _run(tx: Transaction, machine: Resource, script: str) -> Json:
    ran = commands.run(guests.of(tx, machine), script, tx.now())
    tx.hide(machine)
    state = ("Failed" if ran.exit_code not in {0, 3010} else "Succeeded") if ran.ran else "Unknown"
    return {"executionState": state, "exitCode": ran.exit_code, "output": ran.output, "error": ran.error}


def view(act: Act) -> Json:
    """The result of the script; the state is Unknown where it was not run."""
    return _view(act.resource)


def show(_tx: Transaction, command: Resource, shown: Json) -> None:
    """Arc gives the view with the resource itself."""
    shown["properties"]["instanceView"] = _view(command)


def _view(command: Resource) -> Json:
    when = command.hidden["ran"]
    return {**command.hidden.get("result", {}), "startTime": when, "endTime": when, "statuses": []}


def begin(act: Act) -> None:
    """Parse the script of the action runCommand; nothing else of the request is kept, as it may hold a secret."""
    script = act.body.get("script")
    lines = script if isinstance(script, list) else []
    known = str(act.body.get("commandId", "")).lower() == "runpowershellscript"
    act.body["commands"] = understood("\n".join(map(str, lines))) if known else None


def finish(act: Act) -> Json:
    """Do what was understood; the answer has a status for each stream, as Azure's."""
    guest = guests.of(act.tx, act.resource)
    ran = commands.carry_out(guest, act.body.get("commands") if guest.windows else None, act.tx.now())
    act.tx.hide(act.resource)
    return {"value": [_stream("StdOut", ran.output, ran=ran.ran), _stream("StdErr", ran.error, ran=ran.ran)]}


def _stream(name: str, text: str, *, ran: bool) -> Json:
    state, words = ("succeeded", "Provisioning succeeded") if ran else ("failed", "Not run")
    level = "Info" if ran else "Error"
    return {"code": f"ComponentStatus/{name}/{state}", "level": level, "displayStatus": words, "message": text}
