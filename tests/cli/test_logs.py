"""What a name, a tag, a waiver or a file's name can do to the log and the page in which a report is shown: nothing."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from azure_hotpatch.cli.documents import read_document
from azure_hotpatch.cli.judging import report_on
from azure_hotpatch.cli.reports import FORMATS, write
from azure_hotpatch.cli.reports.markdown import words
from azure_hotpatch.policies.config import parse_config

REPOSITORY = Path(__file__).resolve().parents[2]
NASTY = "a\r\n::error::b\n##vso[task.x]c ##[error]d \x1b[31m [x](https://e.example) www.e.example @octocat"
WAIVER = {"urn": "*", "rule": "HP001", "owner": NASTY, "reason": NASTY, "expires": "2027-01-01"}


def reported(form: str) -> str:
    machine = {"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01", "name": NASTY}
    machine["properties"] = {"osProfile": {"windowsConfiguration": {"patchSettings": {"patchMode": NASTY}}}}  # type: ignore[assignment]  # a body
    data = json.dumps({"contentVersion": "1.0.0.0", "resources": [machine]}).encode()
    document = read_document("::warning::##vso[x].json", data)
    return write(form, report_on([document], parse_config({"hotpatch": {"waivers": [WAIVER]}}), date(2026, 6, 1)))


@pytest.mark.parametrize("form", FORMATS)
def test_no_report_gives_a_command_to_a_log(form: str) -> None:
    for line in reported(form).splitlines():
        if form != "junit":  # read from a file by the build server, where a line of an attribute is no line
            assert "##vso[" not in line
            assert "##[" not in line
        assert not line.lstrip().startswith("::")
        assert "\x1b" not in line


def test_a_report_of_text_has_no_line_of_a_name_s_own() -> None:
    lines = reported("text").splitlines()
    assert [line for line in lines if "error" in line and not line.startswith("  ")] == []
    assert any("\\r\\n::error::b\\n# #vso[task.x]c" in line for line in lines)


def test_sarif_has_no_link_of_a_name_s_own() -> None:
    run = json.loads(reported("sarif"))["runs"][0]
    texts = [result["message"]["text"] for result in run["results"]]
    texts += [each["justification"] for result in run["results"] for each in result.get("suppressions", ())]
    assert any("[x] (https://e.example)" in text for text in texts)
    assert not any("](" in text for text in texts)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see https://e.example", "see https:<!-- -->//e.example"),
        ("www.e.example", "www<!-- -->.e.example"),
        ("ftp://e.example", "ftp:<!-- -->//e.example"),
        ("mailto:a@b.example", "mailto<!-- -->:a@<!-- -->b.example"),
        ("GH-12 and #12", "GH<!-- -->-12 and #<!-- -->12"),
        ("[x](y)", "\\[x\\](y)"),
        ("12:30 a://", "12:30 a:<!-- -->//"),
    ],
)
def test_markdown_links_nothing_that_a_name_holds(text: str, shown: str) -> None:
    assert words(text) == shown


def test_json_is_written_in_one_place_which_escapes_it() -> None:
    files = (REPOSITORY / "cli").rglob("*.py")
    assert [file.name for file in files if "json.dump" in file.read_text()] == ["json_output.py"]


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_the_outputs_of_a_stack_give_no_command_to_a_log(form: list[str]) -> None:
    outputs = json.dumps({"fleet": [{"name": NASTY, "image": NASTY}], "asOf": NASTY})
    command = [sys.executable, "-m", "azure_hotpatch.cli", "fleet", "--outputs", "-", *form]
    done = subprocess.run(command, input=outputs, capture_output=True, text=True, timeout=120, check=True)
    printed = done.stdout + done.stderr
    assert "octocat" in printed
    assert not any(line.startswith("::") for line in printed.splitlines())
    assert [part for part in ("##vso[", "##[", "\x1b", "\r") if part in printed] == []


def run(arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
    command = f'"{sys.executable}" -m azure_hotpatch.cli {arguments}'
    return subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=120, check=False, **more)


def test_a_closed_standard_input_is_one_line() -> None:
    done = run("check - <&-")
    assert (done.returncode, done.stderr) == (3, "hotpatch: standard input cannot be read: it is closed\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("arguments", ["rules >/dev/full", "calendar >/dev/full", "--version >/dev/full"])
def test_a_full_standard_output_is_one_line(arguments: str) -> None:
    done = run(arguments)
    assert done.returncode == 3
    assert done.stderr == "hotpatch: standard output cannot be written: No space left on device\n"


@pytest.mark.parametrize("arguments", ["rules", "--help", "schema"])
def test_a_reader_that_has_gone_is_no_verdict(arguments: str) -> None:
    """1 would be violations, and 3 bad input."""
    read, written = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "azure_hotpatch.cli", arguments]
    done = subprocess.run(command, stdout=written, stderr=subprocess.PIPE, timeout=120, check=False)
    os.close(written)
    assert (done.returncode, done.stderr) == (141, b"")


def test_a_file_s_name_gives_no_command_to_a_log(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "azure_hotpatch.cli", "check", "x\n::error::y\n##vso[z]"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=tmp_path)
    assert done.returncode == 3
    assert "##vso" not in done.stderr
    assert not any(line.startswith("::") for line in done.stderr.splitlines())
