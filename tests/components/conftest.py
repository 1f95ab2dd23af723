"""What a component registers, recorded: Pulumi's mocks hold inputs under ARM's names."""

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pulumi
import pytest

from azure_hotpatch.domain.azure.image_names import catalogue
from azure_hotpatch.domain.judging.finding import Verdict
from azure_hotpatch.domain.judging.judge import judge, judge_links
from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.domain.judging.rule import Context
from azure_hotpatch.domain.rules import RULES
from azure_hotpatch.policies.reading import Source, records

GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/fleet"
SUBNET = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/net/subnets/machines"
PASSWORD = "Correct-horse-9"  # noqa: S105 - a machine that is never made
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
        return f"{GROUP}/providers/Microsoft.{namespace.capitalize()}/{kind[0].lower()}{kind[1:]}s/{self.name}"


class Recorder(pulumi.runtime.Mocks):
    """Answers as Azure would as far as the components read it, and remembers."""

    def __init__(self) -> None:
        self.resources: list[Registered] = []

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        made = Registered(args.typ, args.name, {})
        made.inputs = _plain(args.inputs, "", made.secrets)
        self.resources.append(made)
        return (made.id if args.typ.startswith("azure-native:") else ""), _answer(made)

    def call(self, args: pulumi.runtime.MockCallArgs) -> dict[str, Any]:
        raise AssertionError(f"the components call no function, and {args.token} was called")


Register = Callable[[Callable[[], Any]], list[Registered]]


@pytest.fixture(scope="session")
def loop() -> asyncio.AbstractEventLoop:
    """One for all, never closed: the SDK's mocks leave a loop in each thread of its executor.

    An output that fails and that nobody waits for tells so when it is collected. Python 3.11 parses source to print
    that, and falls over where it was parsing already, as when pytest imports: so it is not told.
    """
    made = asyncio.new_event_loop()
    made.set_exception_handler(lambda _loop, _context: None)
    return made


@pytest.fixture(autouse=True)
def current_loop(loop: asyncio.AbstractEventLoop) -> None:
    """The SDK asks for the thread's loop, and `asyncio.run` in an earlier test leaves none behind."""
    asyncio.set_event_loop(loop)


@pytest.fixture
def register() -> Register:
    """`register(lambda: HotpatchVirtualMachine(…))` gives the resources of azure-native; it raises what that raises."""

    def run(build: Callable[[], Any]) -> list[Registered]:
        recorder = Recorder()
        pulumi.runtime.set_mocks(recorder, preview=False)
        pulumi.runtime.test(lambda: _outputs(build()))()
        return [resource for resource in recorder.resources if resource.type.startswith("azure-native:")]

    return run


@pytest.fixture
def violations() -> Callable[..., list[str]]:
    """The rules that what was registered does not keep, by id."""

    def found(resources: list[Registered], generation: str = "2022") -> list[str]:
        context = Context(today=date(2026, 1, 1), catalogue=catalogue(generation))
        read = [record for resource in resources for record in _records(resource)]
        assert read, "nothing was registered that a rule reads"
        findings = [finding for record in read for finding in judge(record, RULES, context)]
        findings += [finding for _, finding in judge_links(read, RULES, context)]
        return sorted({finding.rule for finding in findings if finding.verdict is not Verdict.UNVERIFIABLE})

    return found


def _records(resource: Registered) -> list[Record]:
    urn = f"urn:pulumi:test::test::{resource.type}::{resource.name}"
    return records(
        Source(resource.type, resource.name, urn, {**resource.inputs, "id": resource.id, "name": resource.name})
    )


def _outputs(component: Any) -> Any:
    """An output that waits for every output of a component."""
    declared = getattr(type(component), "__annotations__", {})
    return pulumi.Output.all(*(getattr(component, name) for name in declared))


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
