"""What a value from a file may look like in a log."""

import json

import pytest

from azure_hotpatch.domain.printable import line, one_line, quoted


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("web-1 (ä, 日本)", "web-1 (ä, 日本)"),
        ("a\r\nb", "a\\r\\nb"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\u2028b\u202ec", "a\\u2028b\\u202ec"),
        ("half \ud800", "half \\ud800"),
    ],
)
def test_what_cannot_be_seen_is_written_out(text: str, shown: str) -> None:
    assert one_line(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "##vso[task.setvariable variable=x]y",
        "a ##VSO[x]",
        "##[error]x",
        "::error::x",
        "  ::set-output name=a::b",
        "a\n::error::x",
        "## [x]",
    ],
)
def test_no_log_finds_a_command_in_a_line(text: str) -> None:
    shown = line(text)
    assert "##" not in shown
    assert not shown.lstrip().startswith("::")
    assert "\n" not in shown


def test_other_lines_stay_as_they_are() -> None:
    for text in ("urn:pulumi:dev::p::t::n", "### heading", "a ## b", ":colon", "  on         web"):
        assert line(text) == text


def test_json_says_the_same_without_a_command() -> None:
    written = json.dumps({"name": "##vso[x] ##[y] [z]"})
    assert "##vso[" not in quoted(written)
    assert "##[" not in quoted(written)
    assert json.loads(quoted(written)) == json.loads(written)
