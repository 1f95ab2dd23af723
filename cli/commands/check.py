"""`hotpatch check`: run the rules over a file, without the engine; report the findings, and exit by them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

import typer

from azure_hotpatch.cli import known_releases
from azure_hotpatch.cli.dates import day_of
from azure_hotpatch.cli.documents import read_document
from azure_hotpatch.cli.documents.parameters import parameters_in, refuse_misspelt
from azure_hotpatch.cli.given import config_of, outputs_of
from azure_hotpatch.cli.json_input import called, read_bytes
from azure_hotpatch.cli.judging import report_on
from azure_hotpatch.cli.output_file import TO_STDOUT, Force, deliver, output_file, refuse_twice
from azure_hotpatch.cli.reports import FORMATS, MARKS, write
from azure_hotpatch.policies.reading import Run


def check(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="A preview or state of Pulumi, a plan or state of Terraform, an ARM template, a what-if, machines "
            "in Azure as its tools print them; - is stdin.",
        ),
    ],
    config: Annotated[
        str | None, typer.Option("--config", metavar="FILE", help="The policy pack's configuration.")
    ] = None,
    parameters: Annotated[
        str | None, typer.Option("--parameters", metavar="FILE", help="The parameters of the ARM templates.")
    ] = None,
    form: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help=f"What to print: {', '.join(FORMATS)}.")
    ] = None,
    output: Annotated[
        list[str] | None,
        typer.Option("--output", metavar="FORMAT=FILE", help="Write a report to a file, or - for stdout; repeatable."),
    ] = None,
    adoption: Annotated[
        bool, typer.Option("--adoption", help="Report for each machine whether it can become hotpatchable, and how.")
    ] = False,
    source_root: Annotated[
        str, typer.Option("--source-root", metavar="DIR", help="The project's folder, for the lines of its program.")
    ] = "",
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="Check as of that day, not today.")] = None,
    force: Force = False,
) -> int:
    """Check previews, plans, states and templates by the pack's rules.

    Exit code: 0 clean, 1 violations, 2 something could not be verified, 3 bad input.
    """
    today = day_of(on) if on is not None else datetime.now(UTC).date()
    wanted = [
        (kind, None if target == TO_STDOUT else output_file(target, MARKS, force=force))
        for kind, target in outputs_of(form, output or ())
    ]
    refuse_twice([file for _, file in wanted if file])
    settings = config_of(config, known_releases.calendar())
    values = parameters_in(parameters) if parameters is not None else None
    run = Run()
    documents = [read_document(called(name), read_bytes(name), values, run) for name in _distinct(files)]
    if parameters is not None:
        refuse_misspelt(parameters, documents)
    report = report_on(documents, settings, today, source_root, adoption)
    for kind, file in wanted:
        deliver(write(kind, report).encode("utf-8", "replace"), file)  # JSON may hold half a character
    return report.exit_code


def _distinct(files: Sequence[str]) -> Sequence[str]:
    return list(dict.fromkeys(files))
