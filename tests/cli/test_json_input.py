"""Every command that reads JSON reads it in any of Windows' encodings, and says in one line what it cannot read."""

import json
import subprocess
import sys

import pytest

COMMANDS = {
    "check": ["check", "FILE"],
    "check --config": ["check", "good.json", "--config", "FILE"],
    "check --parameters": ["check", "good.json", "--parameters", "FILE"],
    "fleet": ["fleet", "--outputs", "FILE"],
    "status": ["status", "--outputs", "FILE"],
    "forecast": ["forecast", "--machines", "FILE"],
    "report": ["report", "--machines", "FILE"],
    "report --check": ["report", "--machines", "machines.json", "--check", "FILE"],
    "rollback": ["rollback", "KB5122871", "--machines", "FILE"],
    "calendar update": ["calendar", "update", "FILE"],
    "replay --events": ["replay", "Pulumi.dev.yaml", "--events", "FILE"],
    "azure seed": ["azure", "seed", "FILE"],
}
DAMAGED = {
    "empty": (b" \n", "is empty: did the command that wrote it fail?"),
    "binary": (b"\xff\x00\x86" * 9, "is not text in UTF-8, UTF-16 or UTF-32"),
    "cut": (b'{"a": [', "is not JSON: Expecting value: line 1 column 8 (char 7)"),
    "deep": (b"[" * 100_000, "is nested deeper than can be read"),
    "long": (b'{"a": ' + b"9" * 5000 + b"}", "is damaged: it holds a number that is too long to be one"),
}
MACHINE = {"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/web", "name": "web"}
MACHINE |= {"type": "Microsoft.Compute/virtualMachines", "resourceGroup": "g", "subscription": "s", "location": "x"}


@pytest.fixture
def beside(write):
    """Good files beside the one that is not."""
    write("good.json", {"steps": [], "changeSummary": {}})
    write("machines.json", {"machines": [MACHINE]})
    write("Pulumi.dev.yaml", b"config: {'a:fleet': {machines: [{name: web, image: 2022-core}]}}")


@pytest.mark.usefixtures("beside")
@pytest.mark.parametrize(("data", "words"), DAMAGED.values(), ids=DAMAGED)
@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_says_in_one_line_why_it_cannot_be_read(hotpatch, write, arguments, data, words):
    write("input.json", data)
    outcome = hotpatch(*("input.json" if word == "FILE" else word for word in arguments))
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (3, "", 1)
    assert f"input.json {words}" in outcome.err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_reads_what_a_shell_of_windows_redirects(hotpatch, encoding):
    outputs = json.dumps({"fleet": [{"name": "wéb"}]}, ensure_ascii=False).encode(encoding)
    outcome = hotpatch("fleet", "--outputs", "-", "--json", stdin=outputs)
    assert json.loads(outcome.out) == [{"name": "wéb"}]


@pytest.mark.parametrize("arguments", [["fleet", "--outputs", "-"], ["forecast", "--machines", "-"], ["check", "-"]])
def test_a_closed_standard_input_is_said(arguments):
    program = "import sys; from azure_hotpatch.cli.__main__ import run; sys.exit(run(sys.argv[1:]))"
    command = ["sh", "-c", 'exec "$@" <&-', "sh", sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (3, "hotpatch: standard input cannot be read: it is closed\n")


@pytest.mark.parametrize(
    "line",
    [
        "check good.json > good.json",
        "check good.json --format json >> good.json",
        "check - < good.json > good.json",
        "forecast Pulumi.dev.yaml > Pulumi.dev.yaml",
        "calendar --stack-file Pulumi.dev.yaml > Pulumi.dev.yaml",
    ],
)
@pytest.mark.usefixtures("beside")
def test_a_file_that_the_output_is_redirected_to_is_not_read(line, tmp_path):
    command = f"{sys.executable} -m azure_hotpatch.cli {line}"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 3
    assert "is also where the output goes" in done.stderr
    assert done.stderr.count("\n") == 1
