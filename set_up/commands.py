"""The commands of set-up; the Makefile has a target for each."""

import os
import shlex
import shutil
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import FrameType

from set_up import azure_cli, checks, sandbox
from set_up.environment_variables import our_folders, shell_exports
from set_up.failure import SetUpError
from set_up.go_build import NODEJS_SDK, YAML_HOST, GoProgram
from set_up.layout import CHECKOUT, Layout
from set_up.lock import lock
from set_up.progress import say
from set_up.set_up import set_up
from set_up.turns import in_use


def print_exports(layout: Layout, _: Sequence[str]) -> int:
    for name, value in shell_exports(layout).items():
        print(f"export {name}={shlex.quote(value)}")  # noqa: T201  this command's output
    folders = os.pathsep.join(map(str, our_folders(layout)))
    print(f'export PATH={shlex.quote(folders)}:"$PATH"')  # noqa: T201  this command's output
    return 0


def _clean(layout: Layout, _: Sequence[str]) -> int:
    for folder in (layout.made, layout.root / "dist"):
        shutil.rmtree(folder, ignore_errors=True)
    return 0


STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def _stop_once(_signal: int, _frame: FrameType | None) -> None:
    """A second signal, such as make's own after the terminal's, must not interrupt the tidying up."""
    for stop in STOPS:
        signal.signal(stop, signal.SIG_IGN)
    raise KeyboardInterrupt


@dataclass(frozen=True)
class Command:
    """`hosts` are the language hosts that it needs beyond Python's; `set_up` is False where it needs nothing at all."""

    summary: str
    run: Callable[[Layout, Sequence[str]], int]
    hosts: tuple[GoProgram, ...] = ()
    set_up: bool = True


COMMANDS = {
    "up": Command("set up, preview the sandbox with the policy pack, bring it up, show the fleet", sandbox.bring_up),
    "destroy": Command("destroy the sandbox and leave nothing behind", sandbox.tear_down),
    "env": Command('print the exports for plain pulumi: eval "$(make -s env)"', print_exports, hosts=(YAML_HOST,)),
    "test": Command(
        "run the tests; some of them: make test ARGS='tests/rules -k image'", checks.test, hosts=(YAML_HOST, NODEJS_SDK)
    ),
    "quick": Command("run the tests that are fast: without the engine, the wheel and the slow ones", checks.quick),
    "azure-cli": Command("install the Azure CLI (733 MB) and run it against the served emulator", azure_cli.test),
    "check": Command("check format, lint, types and structure", checks.check),
    "types": Command("check the types alone", checks.types),
    "format": Command("format the sources and fix what the linter can", checks.reformat),
    "bench": Command("measure; some of it: make bench ARGS=name", checks.bench),
    "wheel": Command("build the wheel into dist/", checks.wheel),
    "template": Command("make dist/template, from which pulumi new makes a project", checks.template),
    "lock": Command("pin the requirements again; newer releases: make lock ARGS=--upgrade", lock),
    "clean": Command("delete all that set-up made", _clean, set_up=False),
}


def main(arguments: Sequence[str]) -> int:
    """Runs one command, after the set-up that it needs. 1 with one line where the set-up fails, 130 where stopped."""
    name, *rest = arguments or ["help"]
    command = COMMANDS.get(name)
    if command is None:
        print(_help())  # noqa: T201  this command's output
        return 0 if name == "help" else 2
    for stop in STOPS:
        signal.signal(stop, _stop_once)
    try:
        if command.set_up:
            set_up(CHECKOUT, command.hosts)
        return _run(command, rest)
    except SetUpError as error:
        say(str(error))
        return 1
    except OSError as error:
        say(f"{error.filename or 'the set-up'}: {error.strerror}")
        return 1
    except KeyboardInterrupt:
        say("stopped; run it again to continue")
        return 130


def _run(command: Command, arguments: Sequence[str]) -> int:
    if not command.set_up:
        return command.run(CHECKOUT, arguments)
    with in_use(CHECKOUT):
        return command.run(CHECKOUT, arguments)


def _help() -> str:
    lines = (f"  make {name:<11}{command.summary}" for name, command in COMMANDS.items())
    return "\n".join(("Targets:", *lines))
