"""Completion in a shell: of commands without importing them, of options, and of names that are known here."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from azure_hotpatch.cli.__main__ import COMMANDS

HOTPATCH = Path(sys.executable).parent / "hotpatch"
MODULES = {place.partition(":")[0] for place in COMMANDS.values()}
SUBSCRIPTION = "11111111-2222-3333-4444-555555555555"
MACHINE = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/fleet/providers/Microsoft.Compute/virtualMachines"


@pytest.fixture
def complete(tmp_path):
    """What bash is offered after a line, in a folder with stacks and with a journal."""
    for name in ("Pulumi.yaml", "Pulumi.prod.yaml", "Pulumi.dev.yaml"):
        (tmp_path / name).write_text("{}")
    journal = tmp_path / "journal.jsonl"
    lines = [
        json.dumps({"body": {"machine": f"{MACHINE}/{name}"}}, separators=(",", ":")) for name in ("web-1", "sql-1")
    ]
    journal.write_text("\n".join(lines) + "\n")
    kept = {**os.environ, "AZURE_HOTPATCH_JOURNAL": str(journal)}

    def completed(line):
        given = {"_HOTPATCH_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
        run = subprocess.run([HOTPATCH], env=kept | given, cwd=tmp_path, capture_output=True, text=True, check=True)
        return run.stdout.split()

    return completed


def test_offers_every_command(complete):
    assert complete("hotpatch ") == list(COMMANDS)


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("hotpatch st", ["status"]),
        ("hotpatch azure ad", ["advance"]),
        ("hotpatch status --stale", ["--stale-after"]),
        ("hotpatch status --format c", ["csv"]),
        ("hotpatch status --stack ", ["dev", "prod"]),
        ("hotpatch fleet --stack p", ["prod"]),
        ("hotpatch history --name w", ["web-1"]),
        ("hotpatch install --name ", ["sql-1", "web-1"]),
        ("hotpatch install --resource-group ", ["fleet"]),
        ("hotpatch report --subscription 1", [SUBSCRIPTION]),
        ("hotpatch wave re", ["resume"]),
    ],
)
def test_offers_what_fits(line, offered, complete):
    assert complete(line) == offered


def test_offers_nothing_where_nothing_is_known(complete, tmp_path):
    (tmp_path / "journal.jsonl").unlink()
    assert complete("hotpatch history --name ") == []


@pytest.mark.parametrize(
    ("shell", "words"),
    [
        ("bash", "complete -o default -F _hotpatch_completion hotpatch"),
        ("zsh", "compdef _hotpatch_completion hotpatch"),
        ("fish", "complete --command hotpatch --no-files"),
        ("powershell", "Register-ArgumentCompleter -Native -CommandName hotpatch"),
    ],
)
def test_writes_the_script_of_a_shell(shell, words):
    source = {**os.environ, "_HOTPATCH_COMPLETE": f"source_{shell}"}
    assert words in subprocess.run([HOTPATCH], env=source, capture_output=True, text=True, check=True).stdout


def test_installs_itself_for_bash(tmp_path):
    """Once more with bash around it, by which the shell is found."""
    home = {**os.environ, "HOME": str(tmp_path)}
    bash = ["bash", "-c", f"'{HOTPATCH}' --install-completion; true"]
    said = subprocess.run(bash, env=home, capture_output=True, text=True, check=True).stdout
    assert "bash completion installed" in said
    asked = f"source {tmp_path}/.bashrc; complete -p hotpatch"
    shown = subprocess.run(["bash", "-c", asked], env=home, capture_output=True, text=True, check=True).stdout
    assert shown == "complete -o default -F _hotpatch_completion hotpatch\n"


@pytest.mark.parametrize("line", ["hotpatch ", "hotpatch st", "hotpatch --ver"])
def test_imports_no_command_for_the_list_of_commands(line):
    program = (
        "import sys\n"
        f"MODULES = {MODULES}\n"
        "from azure_hotpatch.cli.__main__ import run\n"
        "try:\n"
        "    run([])\n"
        "finally:\n"
        "    print('loaded:', *sorted(MODULES & set(sys.modules)))\n"
    )
    given = {"_HOTPATCH_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": "1"}
    command = [sys.executable, "-c", f"import sys; sys.argv = ['hotpatch']\n{program}"]
    run = subprocess.run(command, env={**os.environ, **given}, capture_output=True, text=True, check=False)
    assert run.stdout.splitlines()[-1] == "loaded:", run.stderr
