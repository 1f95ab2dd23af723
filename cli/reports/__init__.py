"""The forms in which a report is written, by the name that `--format` takes; each is a function from Report to text."""

import re
from collections.abc import Callable
from importlib import import_module
from typing import Final, cast

from azure_hotpatch.cli.check_report import CheckReport

FORMATS: Final = ("text", "json", "markdown", "sarif", "junit")
# What the beginning of a file tells of being a report in one of them.
MARKS: Final = (
    re.compile(rb"\A[^\n]+, \d+ resources? judged\n"),
    re.compile(rb'"tool": "hotpatch [^"]+",\s+"exitCode": '),
    re.compile(rb"\A## Hotpatch check: "),
    re.compile(rb'"driver": {\s+"name": "hotpatch"'),
    re.compile(rb'<testsuites name="hotpatch check">'),
)


def write(form: str, report: CheckReport) -> str:
    """The report in one of `FORMATS`. A format is imported only when it is used: Jinja2 is for Markdown alone."""
    writer = import_module(f"{__name__}.{form}")
    return cast(Callable[[CheckReport], str], writer.write)(report)
