"""What a program registers, recorded: Pulumi's mocks hold inputs under ARM's names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pulumi

GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/fleet"
SUBNET = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/net/subnets/machines"
_GET_GROUP = "azure-native:resources:getResourceGroup"
EXISTING_GROUPS = ("rg-landing", "rg-shop")
PASSWORD = "Correct-horse-9"  # noqa: S105 - a machine that is never made
# What is called otherwise than its type with an s, or lies in another resource.
_KINDS = {"Subnet": "virtualNetworks/net/subnets"}
_SIGNATURE = "4dabf18193072939515e22adb298388d"


@dataclass
class Registered:
    """One resource that a component registered; `secrets` are the dotted paths of its secret inputs."""

    type: str
    name: str
    inputs: dict[str, Any]
    secrets: set[str] = field(default_factory=set)

    @property
    def id(self) -> str:
        namespace, kind = self.type.split(":")[1:]
        kinds = _KINDS.get(kind, f"{kind[0].lower()}{kind[1:]}s")
        return f"{GROUP}/providers/Microsoft.{namespace.capitalize()}/{kinds}/{self.name}"


class Recorder(pulumi.runtime.Mocks):
    """Answers as Azure would as far as the components read it, and remembers."""

    def __init__(self) -> None:
        self.resources: list[Registered] = []

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        made = Registered(args.typ, args.name, {})
        made.inputs = _plain(args.inputs, "", made.secrets)
        self.resources.append(made)
        return (made.id if args.typ.startswith("azure-native:") else ""), _answer(made)

    def call(self, args: pulumi.runtime.MockCallArgs) -> Any:
        if args.token != _GET_GROUP:
            raise AssertionError(f"the program calls no other function, and {args.token} was called")
        name = args.args["resourceGroupName"]
        if name not in EXISTING_GROUPS:
            return {}, [("resourceGroupName", f"Resource group '{name}' could not be found.")]
        return {"name": name, "id": f"{GROUP.rpartition('/')[0]}/{name}", "location": "westeurope"}


def _plain(value: Any, path: str, secrets: set[str]) -> Any:
    if isinstance(value, Mapping) and _SIGNATURE in value:
        secrets.add(path)
        return _plain(value["value"], path, secrets)
    if isinstance(value, Mapping):
        return {key: _plain(child, f"{path}.{key}".lstrip("."), secrets) for key, child in value.items()}
    if isinstance(value, list):
        return [_plain(child, f"{path}[{index}]", secrets) for index, child in enumerate(value)]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _answer(made: Registered) -> dict[str, Any]:
    answer = {**made.inputs, "name": made.name, "location": made.inputs.get("location", "westeurope")}
    if "identity" in answer:
        given = {one: {} for one in answer["identity"].get("userAssignedIdentities", [])}
        answer["identity"] = {"type": answer["identity"]["type"], "principalId": "own", "userAssignedIdentities": given}
    if re.search(":NetworkInterface$", made.type):
        answer["ipConfigurations"] = [{**made.inputs["ipConfigurations"][0], "privateIPAddress": "10.0.0.4"}]
    if re.search(":PublicIPAddress$", made.type):
        answer["ipAddress"] = "203.0.113.7"
    if re.search(":LoadBalancer$", made.type):
        answer["backendAddressPools"] = [{"name": "instances", "id": f"{made.id}/backendAddressPools/instances"}]
    return answer
