"""assessPatches and installPatches of a virtual machine: what they take, and what they answer when they are done."""

from collections.abc import Mapping

from azure_hotpatch.emulator.arm.bodies import Json, read
from azure_hotpatch.emulator.arm.errors import OperationNotAllowed
from azure_hotpatch.emulator.arm.patching import assessment, guests, requests
from azure_hotpatch.emulator.arm.patching.installation import carry_out
from azure_hotpatch.emulator.arm.providers.compute import power
from azure_hotpatch.emulator.arm.resource_type import Act, Action

_UNSHOWN = {"lastModifiedDateTime", "startedBy"}


def refuse_without_agent(act: Act) -> None:
    """Patching is done by extensions: they must be allowed, and the machine must run."""
    if read(act.resource.body, "properties.osProfile.allowExtensionOperations") is False:
        raise OperationNotAllowed(
            "This operation cannot be performed when extension operations are disallowed. To allow, please ensure VM "
            "Agent is installed on the VM and the osProfile.allowExtensionOperations property is true."
        )
    if not power.is_running(act.resource):
        raise OperationNotAllowed(  # wording not published
            f"Patch operations cannot be performed on VM '{act.resource.name}' because it is not running."
        )


def _assess(act: Act) -> Json:
    kept = assessment.assess(guests.of(act.tx, act.resource), act.tx.now(), "User")
    act.tx.hide(act.resource)
    return {
        "status": "Succeeded",
        "startDateTime": kept["time"],
        **assessment.counted(kept),
        "availablePatches": kept["patches"],
    }


def _begin_install(act: Act) -> None:
    refuse_without_agent(act)
    requests.check_install(act.body)


def _install(act: Act) -> Json:
    result = carry_out(act.tx, guests.of(act.tx, act.resource), requests.order_of(act.body), act.tx.now())
    act.tx.hide(act.resource)
    return {name: value for name, value in result.items() if name not in _UNSHOWN}


ACTIONS: Mapping[str, Action] = {
    "assessPatches": Action(_assess, refuse_without_agent, polls=1),
    "installPatches": Action(_install, _begin_install, polls=1, remembers=requests.INSTALL_BODY),
}
