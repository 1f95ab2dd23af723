"""Each command that changes machines, with one that is powered off: it is named with what to do, the other is not."""

from contextlib import closing

import pytest

from azure_hotpatch.operations.clients.connection import Connection
from tests.operations import carriers
from tests.operations.azure import SUBSCRIPTION

OFF, OTHER = "vm-0000", "vm-0001"
FIRST, AGAIN = "it is deallocated: start it first", "it is deallocated: start it, and plan again"
WAVE = ("--poll", "0.1", "--store", "waves.sqlite")
BEGIN = ("install", "--no-assess", "--yes", "--confirm", "all", "--max-errors", "100%", "--detach", *WAVE)
# What is run before the machine is off, what is run then, and what is said of the machine.
COMMANDS = {
    "assess": ([], [("assess", "--poll", "0.1")], "skipped: it is deallocated, start it first"),
    "install": ([], [("install", "--dry-run", "--no-assess")], FIRST),
    "rollback": (
        [],
        [("rollback", f"KB{carriers.BAD}", "--unpaused", "--at", "2025-02-20T08:00", "--dry-run")],
        FIRST,
    ),
    "worker": ([BEGIN], [("worker", "--until-idle", *WAVE), ("wave", "show", "{wave}", *WAVE[2:])], AGAIN),
    "wave": ([BEGIN], [("wave", "resume", "{wave}", *WAVE)], AGAIN),
}


@pytest.fixture
def printed(hotpatch):
    """Runs a command; the lines that it printed."""
    return lambda *arguments: [line for text in hotpatch(*arguments)[1:] for line in text.splitlines()]


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_a_machine_that_is_off_is_named_with_what_to_do(name, serve, connect, printed):
    before, then, words = COMMANDS[name]
    served = serve(2, prepare=carriers.carrying([OFF, OTHER]))
    connect(served)
    wave = ""
    for line in before:
        wave = next(one.split()[1].rstrip(":") for one in printed(*line) if one.startswith("plan "))
    with closing(Connection()) as connection:
        machines = connection.compute(SUBSCRIPTION).virtual_machines
        machines.begin_deallocate("fleet", OFF, polling_interval=0.1).result()
    for line in then:
        said = printed(*(word.format(wave=wave) for word in line))
    assert [one for one in said if OFF in one and words in one], said
    assert not [one for one in said if OTHER in one and words in one]
    assert OFF not in served.installs()
