"""assessPatches and installPatches of Arc machines, whose results differ in shape from a virtual machine's."""

from collections.abc import Mapping

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act, Action
from azure_hotpatch.emulator.arm.patching import assessment, guests, requests
from azure_hotpatch.emulator.arm.patching.installation import carry_out
from azure_hotpatch.emulator.arm.protocol.bodies import Json, read
from azure_hotpatch.emulator.arm.protocol.errors import OperationNotAllowed

_SYSTEM = {"osType": "Windows", "patchServiceUsed": "WU"}


def is_connected(machine: Resource) -> bool:
    """Whether Azure reaches a machine. Nobody but its user connects an emulated one; on Azure Local all are."""
    on_azure_local = str(machine.body.get("kind", "")).lower() == "hci"
    return on_azure_local or str(read(machine.body, "properties.status")).lower() == "connected"


def _refuse_disconnected(act: Act) -> None:
    if not is_connected(act.resource):
        raise OperationNotAllowed(  # wording not published
            f"Patch operations cannot be performed on machine '{act.resource.name}' because its agent is not connected."
        )


def _assess(act: Act) -> Json:
    kept = assessment.assess(guests.of(act.tx, act.resource), act.tx.now(), "User")
    act.tx.hide(act.resource)
    return {
        "status": "Succeeded",
        "assessmentActivityId": kept["assessmentActivityId"],
        "rebootPending": kept["rebootPending"],
        "availablePatchCountByClassification": assessment.by_classification(kept),
        "startDateTime": kept["time"],
        "lastModifiedDateTime": kept["time"],
        "startedBy": "User",
        **_SYSTEM,
    }


def _begin_install(act: Act) -> None:
    _refuse_disconnected(act)
    requests.check_install(act.body)


def _install(act: Act) -> Json:
    result = carry_out(act.tx, guests.of(act.tx, act.resource), requests.order_of(act.body), act.tx.now())
    act.tx.hide(act.resource)
    error = {"errorDetails": result["error"]} if "error" in result else {}
    return {**{name: value for name, value in result.items() if name not in {"patches", "error"}}, **_SYSTEM, **error}


ACTIONS: Mapping[str, Action] = {
    "assessPatches": Action(_assess, _refuse_disconnected, polls=1),
    "installPatches": Action(_install, _begin_install, polls=1, remembers=requests.INSTALL_BODY),
}
