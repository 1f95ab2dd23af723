"""Extensions and run commands of a machine."""

from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act, Change, ResourceType
from azure_hotpatch.emulator.arm.protocol.bodies import Json, fill
from azure_hotpatch.emulator.arm.protocol.errors import InvalidParameter, OperationNotAllowed
from azure_hotpatch.emulator.arm.protocol.queries import Queries
from azure_hotpatch.emulator.arm.providers import run_commands
from azure_hotpatch.emulator.arm.providers.compute import agent, power

_MACHINES = "Microsoft.Compute/virtualMachines"
_VERSIONS = ("2015-06-15", "2026-12-31")
_VERSIONS_OF_RUN_COMMANDS = ("2020-06-01", "2026-12-31")


def _prepare_extension(change: Change) -> None:
    _require_agent(change)
    for name in ("publisher", "type", "typeHandlerVersion"):
        if not change.properties.get(name):
            raise InvalidParameter(f"Required parameter '{name}' is missing (null).", name)
    for name in ("publisher", "type"):
        old = change.previous.get(name)
        if old and old.lower() != change.properties[name].lower():
            raise InvalidParameter(  # wording not published
                f"The {name} of extension '{change.name}' cannot be changed after the extension is installed.", name
            )
    fill(change.properties, {"autoUpgradeMinorVersion": False})


def _view(act: Act) -> Json:
    properties = act.resource.body["properties"]
    return {
        "name": act.resource.name,
        "type": f"{properties['publisher']}.{properties['type']}",
        "typeHandlerVersion": properties["typeHandlerVersion"],
        "statuses": [
            {"code": "ProvisioningState/succeeded", "level": "Info", "displayStatus": "Provisioning succeeded"}
        ],
    }


def _prepare_run_command(change: Change) -> None:
    _require_agent(change)
    run_commands.prepare(change)


def _require_agent(change: Change) -> None:
    machine = change.tx.find(change.id.rsplit("/", 2)[0])
    if machine is None:
        return
    agent.check(machine)
    if not power.is_running(machine):
        raise OperationNotAllowed("Cannot modify extensions in the VM when the VM is not running.")


TYPES = (
    ResourceType(
        f"{_MACHINES}/extensions",
        _VERSIONS,
        prepare=_prepare_extension,
        instance_view=_view,
        queries=Queries(lists=("instanceview",)),
        secrets=("protectedSettings",),
        polls=0,
    ),
    ResourceType(
        f"{_MACHINES}/runCommands",
        _VERSIONS_OF_RUN_COMMANDS,
        prepare=_prepare_run_command,
        instance_view=run_commands.view,
        queries=Queries(lists=("instanceview",)),
        secrets=run_commands.SECRETS,
        polls=0,
    ),
)
