"""The forms in which a report is written, by the name that `--format` takes; each is a function from Report to text."""

from collections.abc import Callable
from importlib import import_module
from typing import Final, cast

from azure_hotpatch.cli.check_report import CheckReport

FORMATS: Final = ("text", "json", "markdown", "sarif", "junit")


def write(form: str, report: CheckReport) -> str:
    """The report in one of `FORMATS`. A format is imported only when it is used: Jinja2 is for Markdown alone."""
    writer = import_module(f"{__name__}.{form}")
    return cast(Callable[[CheckReport], str], writer.write)(report)
