"""`hotpatch rules` and `hotpatch explain`: list the rules, and show the page of one."""

import sys
from typing import Annotated

import typer

from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.json_output import print_json
from azure_hotpatch.cli.pages import page, readable
from azure_hotpatch.cli.table import show
from azure_hotpatch.domain.azure.nearest import nearest
from azure_hotpatch.domain.judging.rule import Rule
from azure_hotpatch.domain.rules import RULES


def rules(as_json: Annotated[bool, typer.Option("--json", help="Write the rules as JSON.")] = False) -> None:
    """List the rules. An error fails a check unless the configuration says otherwise; a warning is advice."""
    if as_json:
        keys = ("id", "name", "severity", "summary", "remedy", "page")
        print_json([{key: getattr(rule, key) for key in keys} for rule in RULES])
        return
    show(["rule", "what should be so", "severity"], [[rule.id, rule.name, rule.severity.value] for rule in RULES])


def explain(rule: Annotated[str, typer.Argument(metavar="RULE", help="An id such as HP001, or a name.")]) -> None:
    """Show the page of a rule. It says why, which error of Azure it prevents, and how to waive it."""
    found = _named(rule)
    text = readable(page(found.id)) or f"# {found.id} {found.name}\n\n{found.summary}\n\n{found.remedy}\n"
    if not sys.stdout.isatty():
        typer.echo(text)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(text))


def _named(text: str) -> Rule:
    by_word = {rule.id.lower(): rule for rule in RULES} | {rule.name: rule for rule in RULES}
    found = by_word.get(text.strip().lower())
    if found:
        return found
    meant = by_word.get(nearest(text, by_word))
    hint = f"; did you mean {meant.id} {meant.name}?" if meant else ";"
    raise Failure(f"there is no rule {text!r}{hint} `hotpatch rules` lists them")
