"""Bring the sandbox stack up, and destroy it."""

import json
import shutil
import subprocess
from collections.abc import Sequence

from set_up.environment_variables import for_commands
from set_up.foreground import run
from set_up.interruption import delete_store, start_afresh_if_interrupted
from set_up.layout import Layout
from set_up.processes import Command

STACK = "sandbox"
PACK = "policies"


def bring_up(layout: Layout, _: Sequence[str] = ()) -> int:
    """Previews the stack with the policy pack, brings it up, prints the fleet. 0, or the exit code of what failed."""
    start_afresh_if_interrupted(layout, STACK)
    # `up` shows its preview with the pack's verdict, and stops there if a mandatory rule is violated.
    return _first_failure(
        layout,
        ("pulumi", "stack", "select", "--create", STACK, "--secrets-provider", "passphrase"),
        ("pulumi", "up", "--yes", "--suppress-outputs", "--stack", STACK, "--policy-pack", PACK),
        (layout.python, "-m", "azure_hotpatch.cli", "fleet", "--stack", STACK),
    )


def tear_down(layout: Layout, _: Sequence[str] = ()) -> int:
    """Destroys the stack and forgets it; its config file stays, since it belongs to the project.

    Where no other stack uses the sandbox's backend, the backend and the emulator's store are deleted too.
    """
    start_afresh_if_interrupted(layout, STACK)
    if STACK in _stacks(layout):
        failed = _first_failure(
            layout,
            ("pulumi", "destroy", "--yes", "--skip-preview", "--suppress-outputs", "--stack", STACK),
            ("pulumi", "stack", "rm", "--yes", "--stack", STACK, "--preserve-config", "--remove-backups"),
        )
        if failed:
            return failed
    if not _stacks(layout):
        _forget(layout)
    return 0


def _forget(layout: Layout) -> None:
    shutil.rmtree(layout.state / ".pulumi", ignore_errors=True)
    delete_store(layout)


def _stacks(layout: Layout) -> list[str]:
    """The stacks in the sandbox's backend: plain names for this project's, `organization/project/stack` for others."""
    command = ["pulumi", "stack", "ls", "--all", "--json"]
    listed = subprocess.run(  # noqa: S603  a constant command
        command, cwd=layout.root, env=for_commands(layout), check=True, stdout=subprocess.PIPE
    )
    return [stack["name"] for stack in json.loads(listed.stdout)]


def _first_failure(layout: Layout, *commands: Command) -> int:
    """Runs the commands in turn, as the person would, until one fails; its exit code, or 0."""
    env = for_commands(layout)
    codes = (run(command, layout.root, env) for command in commands)
    return next((code for code in codes if code), 0)
