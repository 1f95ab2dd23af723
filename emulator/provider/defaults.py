"""The inputs that the provider adds to a program's: a name, a location, the api-version."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from azure_hotpatch.emulator.provider import names
from azure_hotpatch.emulator.provider.arm_client import ArmClient, ArmRefusedError
from azure_hotpatch.emulator.provider.catalogue import ProviderResource
from azure_hotpatch.emulator.provider.values import UNKNOWN

Json = dict[str, Any]

RANDOMLY_NAMED = "__createBeforeDelete"  # a new one can stand beside the old one
_GROUPS_VERSION = "2020-10-01"
# A backend address pool has a location only where it is one of addresses, a group's deployment never.
_WITHOUT_DEFAULT = (
    "/loadbalancers/{loadbalancername}/backendaddresspools/{backendaddresspoolname}",
    "/resourcegroups/{resourcegroupname}/providers/microsoft.resources/deployments/{deploymentname}",
)


@dataclass(frozen=True)
class AutoNaming:
    """What the engine says about the name of one resource. `mode` is "", "propose", "enforce" or "disable"."""

    urn: str
    seed: bytes = b""
    mode: str = ""
    proposed: str = ""


@dataclass(frozen=True)
class Defaults:
    """Where defaults come from: the stack's config, and the resource groups in ARM, each asked for once."""

    arm: ArmClient
    subscription: str
    location: str = ""
    _groups: dict[str, str] = field(default_factory=dict)

    async def applied(
        self, resource: ProviderResource, naming: AutoNaming, old: Mapping[str, Any], new: Mapping[str, Any]
    ) -> Json:
        """The inputs with what was left out."""
        inputs = {**new, **_name(resource, naming, old, new)}
        if "location" in resource.shape and "location" not in inputs and not _unplaced(resource):
            location = old.get("location") or self.location or await self._group_location(inputs)
            inputs |= {"location": location} if location else {}
        if resource.version:
            inputs.setdefault("azureApiVersion", resource.version)
        return inputs

    async def _group_location(self, inputs: Mapping[str, Any]) -> Any:
        """The location of the resource's group; unknown with the group, and "" where there is no such group."""
        group = inputs.get("resourceGroupName")
        if group is UNKNOWN:
            return UNKNOWN
        if not isinstance(group, str):
            return ""
        if group not in self._groups:
            found = await self._asked(f"/subscriptions/{self.subscription}/resourceGroups/{group}")
            if not found:
                return ""
            self._groups[group] = found
        return self._groups[group]

    async def _asked(self, group_id: str) -> str:
        try:
            group = await self.arm.find(group_id, _GROUPS_VERSION)
        except ArmRefusedError:
            return ""
        return str(group.get("location", "")) if group else ""


def _name(resource: ProviderResource, naming: AutoNaming, old: Mapping[str, Any], new: Mapping[str, Any]) -> Json:
    parameter = next((p for p in resource.path_parameters if names.strategy(resource.path, p)), "")
    if not parameter or parameter in new:
        return {}
    if parameter in old:
        return {parameter: old[parameter]} | ({RANDOMLY_NAMED: True} if old.get(RANDOMLY_NAMED) is True else {})
    how = names.strategy(resource.path, parameter)
    if naming.mode == "disable":
        return {}
    if naming.mode == "enforce" or (naming.mode == "propose" and how != names.UUID):
        return {parameter: naming.proposed, RANDOMLY_NAMED: True}
    name, random = names.made(how, naming.urn, naming.seed)
    return {parameter: name} | ({RANDOMLY_NAMED: True} if random else {})


def _unplaced(resource: ProviderResource) -> bool:
    return resource.path.lower().endswith(_WITHOUT_DEFAULT)
