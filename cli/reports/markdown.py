"""The report that a pull request shows, as a comment or as the summary of a step."""

import re
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from azure_hotpatch.cli.check_report import CheckReport, FindingOutcome
from azure_hotpatch.domain.printable import line, one_line

# GitHub refuses a comment of more than 65,536 characters; half of that leaves room for what a workflow adds.
MOST_CHARACTERS = 32_000
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&])")
# What GitHub links by itself, which a backslash does not keep it from: a person, an issue, an address.
_LINKING = re.compile(r"([@#])(?=\w)|(:)(?=//)|\b(www)(?=\.)|\b(GH)(?=-\d)|\b(mailto|xmpp)(?=:)", re.IGNORECASE)


def write(report: CheckReport) -> str:
    """The findings that fail the check first; those for which there is no room are counted."""
    template = _template()
    room = max(len(report.entries), len(report.prospects))
    while True:
        text = _rendered(template, report, room)
        if len(text) <= MOST_CHARACTERS or not room:
            return text
        room = min(room - 1, int(room * MOST_CHARACTERS / len(text)))


def words(text: str) -> str:
    """Text from a file, as text: nothing in it is a link, a mention, HTML or a table's border."""
    return _LINKING.sub(r"\g<0><!-- -->", _SPECIAL.sub(r"\\\1", one_line(" ".join(text.split()))))


def code(text: str) -> str:
    """Text as code, in as many backticks as it takes."""
    flat = line(" ".join(text.split())).replace("|", "\\|")
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", flat)), default=0))
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{fence}{pad}{flat}{pad}{fence}"


@cache
def _template() -> Template:
    environment = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False)  # noqa: S701 - Markdown is not HTML; `words` and `code` escape it
    environment.filters |= {"code": code, "words": words}
    return environment.from_string((files("azure_hotpatch.templates") / "report.md.j2").read_text(encoding="utf-8"))


def _rendered(template: Template, report: CheckReport, room: int) -> str:
    ranked = sorted(report.entries, key=lambda entry: list(FindingOutcome).index(entry.outcome))
    return template.render(
        report=report,
        entries=ranked[:room],
        left_out=max(len(ranked) - room, 0),
        prospects=report.prospects[:room],
        prospects_left_out=max(len(report.prospects) - room, 0),
    )
