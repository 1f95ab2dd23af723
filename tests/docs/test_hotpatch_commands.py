"""Every command `hotpatch …` that a page shows is one, with options that it has and values that they take."""

import re
import shlex
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from azure_hotpatch.cli.__main__ import app

ROOT = Path(__file__).resolve().parents[2]
GENERATED = {"cli.md"}
PAGES = sorted(
    [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SUPPORT.md", ROOT / "examples/project/README.md"]
    + [page for page in (ROOT / "docs").rglob("*.md") if page.name not in GENERATED]
)
BLOCK = re.compile(r"^ *```(sh|bash|console|powershell)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
TYPED = re.compile(r"^ *\$ (.*)$", re.MULTILINE)
# At the beginning of a line, or after a pipe or `$(`; up to what the shell makes of the rest.
COMMAND = re.compile(r"(?:^ *|\| |\$\(|= )hotpatch(?= |$)((?:'[^']*'|\"[^\"]*\"|[^'\"|;&<>()#\n])*)", re.MULTILINE)
# A span of code may name a command without what it needs, or leave out a part.
SPAN = re.compile(r"`hotpatch ([^`\n]+)`")


def in_blocks(page: str) -> list[str]:
    """The arguments of each; in a console what has no prompt is output."""
    joined = [(language, text.replace("\\\n", " ")) for language, text in BLOCK.findall(page)]
    typed = ("\n".join(TYPED.findall(text)) if language == "console" else text for language, text in joined)
    return [arguments.strip() for text in typed for arguments in COMMAND.findall(text)]


def in_spans(page: str) -> list[str]:
    """Without what the shell makes of the rest."""
    return [re.split(r" ?[|;&<>]", span)[0] for span in SPAN.findall(page)]


def resolved(words: list[str]) -> tuple[Any, list[str]]:
    """The command that the first words name, and the arguments after them."""
    command: Any = typer.main.get_command(app)
    while isinstance(command, TyperGroup) and words and not words[0].startswith("-"):
        found = command.get_command(typer.Context(command), words[0])
        assert found, f"hotpatch has no command {words[0]!r}"
        command, words = found, words[1:]
    return command, words


def places(find: Any) -> list[Any]:
    """The commands with their page, as the parameters of a test."""
    found = {(page.relative_to(ROOT), text) for page in PAGES for text in find(page.read_text(encoding="utf-8"))}
    return [pytest.param(text, id=f"{page}-{text}") for page, text in sorted(found)]


@pytest.mark.parametrize("text", places(in_blocks))
def test_a_command_in_a_block_is_taken(text: str) -> None:
    command, arguments = resolved(shlex.split(text))
    with suppress(typer.Exit):  # of --version, which ends at once
        command.parse_args(typer.Context(command, info_name="hotpatch"), arguments)


@pytest.mark.parametrize("text", places(in_spans))
def test_a_command_in_a_sentence_has_its_options(text: str) -> None:
    command, arguments = resolved([word for word in shlex.split(text) if word not in {"…", "KB…"}])
    options = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    named = {word.partition("=")[0] for word in arguments if word.startswith("-") and word != "-"}
    assert named - options - {"--help"} == set()


@pytest.mark.parametrize("wrong", ["status --rings one", "statuses", "history --format yaml", "rollback --dry-run"])
def test_a_wrong_command_is_found(wrong: str) -> None:
    page = f"```console\n$ hotpatch {wrong}\n```\n"
    (text,) = in_blocks(page)
    assert text == wrong
    with pytest.raises((AssertionError, TyperException)):
        test_a_command_in_a_block_is_taken(text)
