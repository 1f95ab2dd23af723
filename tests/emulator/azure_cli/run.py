"""Runs commands of the Azure CLI in one process, for a Python that has it: lists of arguments in, outcomes out."""

import contextlib
import io
import json
import logging
import sys

from azure.cli.core import get_default_cli


def outcome(arguments: list[str]) -> dict[str, object]:
    """The exit code of a command, and everything that it said beside its result."""
    said, result = io.StringIO(), io.StringIO()
    cli = get_default_cli()
    logging.getLogger("cli").handlers = [logging.StreamHandler(said)]  # where it says why a command failed
    try:
        with contextlib.redirect_stderr(said):
            code = cli.invoke(arguments, out_file=result)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except Exception as error:  # noqa: BLE001  a defect of the CLI is an outcome as well
        code, _ = 99, said.write(f"{type(error).__name__}: {error}")
    error = getattr(cli.result, "error", None)
    return {"code": code, "said": f"{said.getvalue()}{error or ''}"}


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(f"{json.dumps(outcome(json.loads(line)))}\n")
