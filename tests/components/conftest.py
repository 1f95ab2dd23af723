"""What a component registers, recorded: Pulumi's mocks hold inputs under ARM's names."""

import asyncio
from collections.abc import Callable
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
from tests.components.arguments import machine
from tests.recorder import Recorder, Registered

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
def virtual_machine(register: Register) -> Callable[[dict[str, Any]], Registered]:
    """The machine itself among what the component registers."""

    def made(args: dict[str, Any]) -> Registered:
        return next(each for each in register(lambda: machine(args)) if each.type.endswith(":VirtualMachine"))

    return made


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
