"""Run commands, of Azure's machines and of Arc's: what they must say, and what is reported of them."""

from azure_hotpatch.emulator.arm.bodies import Json, fill
from azure_hotpatch.emulator.arm.errors import InvalidParameter
from azure_hotpatch.emulator.arm.resource_type import Act, Change
from azure_hotpatch.emulator.arm.stored import Resource, stamp
from azure_hotpatch.emulator.arm.transaction import Transaction

SECRETS = ("protectedParameters", "runAsPassword")
_SOURCES = ("script", "scriptUri", "commandId", "galleryScriptReferenceId")


def prepare(change: Change) -> None:
    source = change.properties.get("source") or {}
    if not any(source.get(name) for name in _SOURCES):
        raise InvalidParameter("Required parameter 'runCommand.properties.source' is missing (null).", "source")
    fill(change.properties, {"parameters": [], "asyncExecution": False, "timeoutInSeconds": 0})
    fill(change.properties, {"treatFailureAsDeploymentFailure": False})
    change.hidden["ran"] = stamp(change.tx.now())


def view(act: Act) -> Json:
    """No script is run: the emulated machine has no system to run it."""
    return _view(act.resource)


def show(_tx: Transaction, command: Resource, shown: Json) -> None:
    """Arc gives the view with the resource itself."""
    shown["properties"]["instanceView"] = _view(command)


def _view(command: Resource) -> Json:
    when = command.hidden["ran"]
    return {
        "executionState": "Succeeded",
        "exitCode": 0,
        "output": "",
        "error": "",
        "startTime": when,
        "endTime": when,
        "statuses": [],
    }
