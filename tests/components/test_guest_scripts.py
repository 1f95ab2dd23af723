"""The PowerShell of the guest: it parses, and no value can leave its quotes."""

import pytest
import tree_sitter_powershell
from tree_sitter import Language, Node, Parser

from azure_hotpatch.components.azure_local_virtual_machine.guest_scripts import (
    enable_hotpatch_script,
    windows_update_script,
)
from azure_hotpatch.domain.azure import windows_update
from azure_hotpatch.templates.powershell import literal


def syntax_errors(script: str) -> list[str]:
    parser = Parser(Language(tree_sitter_powershell.language()))

    def errors(node: Node) -> list[str]:
        own = [node.text.decode()] if node.text and (node.is_error or node.is_missing) else []
        return own + [error for child in node.children for error in errors(child)]

    return errors(parser.parse(script.encode()).root_node)


def test_the_parser_sees_a_syntax_error() -> None:
    assert syntax_errors("if ($x { 'a' }")


@pytest.mark.parametrize(
    "values",
    [
        windows_update.group_policy("downloadAndSchedule", "Sunday", 4, no_restart_with_logged_on_users=True),
        windows_update.sconfig("manual"),
        windows_update.update_server("https://wsus.contoso.com:8531"),
    ],
)
def test_a_windows_update_script_parses(values: tuple[windows_update.RegistryValue, ...]) -> None:
    script = windows_update_script(values)
    assert syntax_errors(script) == []
    for value in values:
        assert f"Name = '{value.name}'; Type = '{value.type}'; Value = {literal(value.value)} }}" in script


def test_the_script_for_an_iso_parses_and_has_every_step() -> None:
    script = enable_hotpatch_script()
    assert syntax_errors(script) == []
    steps = ["EnableVirtualizationBasedSecurity", "shutdown.exe /r", "HotPatchTableSize", "KB5003508.msu", "dism.exe"]
    places = [script.index(step) for step in steps]
    assert places == sorted(places)


def test_the_script_for_an_iso_works_where_only_administrators_write() -> None:
    """What SYSTEM runs or installs must not lie where any user may have put it."""
    script = enable_hotpatch_script()
    assert "$folder = Join-Path $env:ProgramFiles 'EnableHotpatch'" in script
    assert "$env:TEMP" not in script
    assert "$env:ProgramData" not in script


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (4, "4"),
        (None, "$null"),
        ("a'b", "'a''b'"),
        ("$(Remove-Item x)", "'$(Remove-Item x)'"),
        ("a\u2019b", "'a\u2019\u2019b'"),
    ],
)
def test_a_value_stays_inside_its_quotes(value: object, text: str) -> None:
    assert literal(value) == text


def test_a_server_name_cannot_run_as_code() -> None:
    script = windows_update_script(windows_update.update_server("https://x'; Stop-Computer; '"))
    assert "Value = 'https://x''; Stop-Computer; ''' }" in script
    assert syntax_errors(script) == []
