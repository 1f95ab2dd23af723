"""The command `hotpatch`: its subcommands, and how errors are printed."""

import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from azure_hotpatch import __version__
from azure_hotpatch.cli.failure import BAD_INPUT, Failure
from azure_hotpatch.cli.loading import group_of, loaded
from azure_hotpatch.domain.printable import line

COMMANDS = {
    "check": "azure_hotpatch.cli.commands.check:check",
    "fleet": "azure_hotpatch.cli.commands.fleet:fleet",
    "status": "azure_hotpatch.cli.commands.status:status",
    "history": "azure_hotpatch.cli.commands.history:history",
    "images": "azure_hotpatch.cli.commands.images:images",
    "calendar": "azure_hotpatch.cli.commands.calendar:calendar",
    "forecast": "azure_hotpatch.cli.commands.forecast:forecast",
    "replay": "azure_hotpatch.cli.commands.replay:replay",
    "assess": "azure_hotpatch.cli.commands.assess:assess",
    "install": "azure_hotpatch.cli.commands.install:install",
    "wave": "azure_hotpatch.cli.commands.wave:wave",
    "worker": "azure_hotpatch.cli.commands.worker:worker",
    "rollback": "azure_hotpatch.cli.commands.rollback:rollback",
    "report": "azure_hotpatch.cli.commands.report:report",
    "evidence": "azure_hotpatch.cli.commands.evidence:evidence",
    "rules": "azure_hotpatch.cli.commands.rules:rules",
    "explain": "azure_hotpatch.cli.commands.rules:explain",
    "pack": "azure_hotpatch.cli.commands.pack:pack",
    "schema": "azure_hotpatch.cli.commands.schema:schema",
    "azure": "azure_hotpatch.cli.commands.azure.group:azure",
}

# Free text for the record, and a folder that is by default none: without them the command does the same.
_MAY_BE_EMPTY = ("--change", "--note", "--why", "--source-root")
UNREAD = 128 + 13  # as a shell says of a program that SIGPIPE has ended
_OF_PYDANTIC = "Value error, "  # what typer's validation puts before its own message


def command_of(name: str) -> Any:
    """The command of that name in `COMMANDS`."""
    return loaded(name, COMMANDS[name])


app = typer.Typer(cls=group_of(COMMANDS), name="hotpatch", rich_markup_mode=None, pretty_exceptions_enable=False)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"hotpatch {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def hotpatch(
    context: typer.Context,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Say the version and stop.")
    ] = False,
) -> None:
    """Windows Server hotpatch on Azure: check stacks, see, foresee and patch machines, roll back, report."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command line (that of the process by default) and give its exit code; an error is one line on stderr."""
    try:
        _refuse_empty(sys.argv[1:] if arguments is None else arguments)
        code: Any = app(arguments, prog_name="hotpatch", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except SystemExit as stop:
        if isinstance(
            stop.__context__, BrokenPipeError
        ):  # which typer ends with 1: of a check that would be violations
            return _unread()
        raise
    except BrokenPipeError:
        return _unread()
    except OSError as error:
        return _unwritten(error)
    except Failure as failure:
        return _failed(str(failure))
    except TyperException as error:  # an option that does not exist, a value that does not fit
        return _failed(error.format_message().replace(_OF_PYDANTIC, ""))
    return int(code or 0)


def _refuse_empty(arguments: Sequence[str]) -> None:
    """Refuse an option whose variable of the shell is not set: without it the command would do something else."""
    for before, one in pairwise(("", *arguments)):
        is_assigned = one.startswith("--") and one.endswith("=") and one.count("=") == 1
        option = one[:-1] if is_assigned else before
        if (is_assigned or not one) and option.startswith("-") and option not in _MAY_BE_EMPTY:
            raise Failure(f"{option} is empty: is a variable of the shell not set?")


def _unread() -> int:
    """Whoever read standard output has gone, as `head` does: no error, and no verdict."""
    _drop_output()
    return UNREAD


def _unwritten(error: OSError) -> int:
    """Standard output cannot be written: a full disk."""
    _drop_output()
    return _failed(f"standard output cannot be written: {error.strerror}")


def _drop_output() -> None:
    """Python would try again to write it when the process ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _failed(message: str) -> int:
    with suppress(OSError):  # the exit code is left, where standard error is full too
        print(*map(line, f"hotpatch: {message}".split("\n")), sep="\n", file=sys.stderr)  # noqa: T201 - the one place where an error is printed
    return BAD_INPUT


def main() -> None:
    """The console script."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # it was closed before the command began, and nobody reads it
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - it is open until the end
        elif isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a character shows its number
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run())


if __name__ == "__main__":
    main()
