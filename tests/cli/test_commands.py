"""The commands that answer from the domain, and what the program says of itself."""

import json
import os
import re
import subprocess
import sys
from importlib.metadata import version

import pytest

from azure_hotpatch.cli.__main__ import COMMANDS
from azure_hotpatch.cli.table import show
from azure_hotpatch.domain.rules import RULES


def test_lists_the_images_of_both_revisions_of_the_article(hotpatch):
    listed = json.loads(hotpatch("images", "--json").out)
    accepted = [image["sku"] for image in listed if image["acceptedByDefault"]]
    assert (len(listed), len(accepted)) == (8, 4)
    assert "2022-Datacenter-Azure-Edition-Core" in accepted
    assert all(image["sku"] in hotpatch("images").out for image in listed)


def test_shows_the_months_of_a_year_as_they_were(hotpatch):
    months = json.loads(hotpatch("calendar", "--year=2025", "--on=2026-11-24", "--json").out)["months"]
    assert [month["release"] for month in months] == ["baseline", "hotpatch", "hotpatch"] * 4
    assert {month["certainty"] for month in months} == {"actual"}
    assert months[0]["kb"] == "KB5049983"


def test_shows_the_next_twelve_months_with_the_next_restart(hotpatch):
    outcome = hotpatch("calendar", "--on=2026-11-24")
    lines = outcome.out.splitlines()
    assert [line[:10] for line in lines[1:4]] == ["2026-12-08", "2027-01-12", "2027-02-09"]
    assert lines[2].endswith("a restart")
    assert lines[-1].endswith("comes on 2027-01-12.")
    assert len(lines) == 17


@pytest.mark.parametrize("group", [(), ("azure",), ("evidence",)])
def test_no_summary_of_a_command_is_cut(group, hotpatch):
    assert "..." not in hotpatch(*group).out.split("Commands:")[1]


@pytest.mark.parametrize("arguments", [("--on=today",), ("--windows-server=2019",), ("--year=1",)])
def test_refuses_a_calendar_that_there_is_not(arguments, hotpatch):
    outcome = hotpatch("calendar", *arguments)
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (3, "", 1)


def test_a_value_that_is_not_allowed_is_answered_with_those_that_are(hotpatch):
    err = hotpatch("calendar", "--windows-server=2019").err
    assert err == "hotpatch: Invalid value for '--windows-server': '2019' is not one of '2022', '2025'.\n"


def test_lists_every_rule(hotpatch):
    assert [rule["id"] for rule in json.loads(hotpatch("rules", "--json").out)] == [rule.id for rule in RULES]
    assert all(rule.name in hotpatch("rules").out for rule in RULES)


@pytest.mark.parametrize("word", ["HP001", "hp001", "image-is-hotpatchable"])
def test_explains_a_rule_by_its_id_or_name(word, hotpatch):
    assert hotpatch("explain", word).out.startswith("# HP001")


def test_every_rule_can_be_explained(hotpatch):
    assert all(rule.name in hotpatch("explain", rule.id).out for rule in RULES)


def test_points_from_a_rule_that_there_is_not_to_the_nearest(hotpatch):
    outcome = hotpatch("explain", "image-is-hotpachable")
    assert outcome.code == 3
    assert "did you mean HP001 image-is-hotpatchable?" in outcome.err


def test_says_its_version(hotpatch):
    assert hotpatch("--version").out == f"hotpatch {version('azure-hotpatch')}\n"


def test_alone_it_lists_its_commands(hotpatch):
    outcome = hotpatch()
    assert outcome.code == 0
    assert [line.split()[0] for line in outcome.out.partition("Commands:\n")[2].splitlines()] == list(COMMANDS)


@pytest.mark.parametrize("arguments", [["flet"], ["fleet", "--stacks", "a"], ["fleet", "surplus"]])
def test_a_command_line_that_does_not_fit_is_one_line(arguments, hotpatch):
    outcome = hotpatch(*arguments)
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (3, "", 1)


def _process(*arguments, **options):
    command = [sys.executable, "-m", "azure_hotpatch.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, **options)


def test_runs_as_a_process_with_the_exit_code_of_the_check(write, preview, vm, tmp_path):
    write("a.json", preview(vm({"storageProfile.imageReference.sku": "2022-datacenter-azure-edition"})))
    done = _process("check", "a.json", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert "VIOLATION HP001" in done.stdout


def test_a_process_that_fails_writes_one_line_and_no_traceback(tmp_path):
    done = _process("check", "nowhere.json", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == "hotpatch: nowhere.json cannot be read: No such file or directory\n"


def test_a_reader_that_stops_early_gets_no_traceback(write, preview, vm, tmp_path):
    write("a.json", preview(*(vm({"storageProfile.imageReference.sku": "x"}, name=f"w{i}") for i in range(2000))))
    check = f"{sys.executable} -m azure_hotpatch.cli check a.json | head -n 1"
    done = subprocess.run(["sh", "-c", check], capture_output=True, text=True, check=False, cwd=tmp_path, timeout=60)
    assert (done.stdout.count("\n"), done.stderr) == (1, "")


@pytest.mark.parametrize("arguments", ["rules", "explain HP001", "calendar --format=json", "images", "schema"])
def test_closed_output_is_no_error(arguments, tmp_path):
    command = f"{sys.executable} -m azure_hotpatch.cli {arguments} >&-"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, cwd=tmp_path, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    done = subprocess.run(["sh", "-c", f"{command} 2>&-"], check=False, cwd=tmp_path, timeout=60)
    assert done.returncode == 0


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_terminal_that_lacks_a_character_gets_its_number(encoding, write, tmp_path):
    write("outputs.json", {"fleet": [{"name": "w\u4e16b", "image": "half \ud800"}]})
    command = [sys.executable, "-m", "azure_hotpatch.cli", "fleet", "--outputs", "outputs.json"]
    env = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run(command, capture_output=True, check=False, cwd=tmp_path, timeout=60, env=env)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    name = b"w\\u4e16b" if encoding != "utf-8" else "w\u4e16b".encode()
    assert done.stdout.splitlines()[1].startswith(name)


def test_the_fleet_is_shown_without_waiting_for_what_only_a_check_needs():
    heavy = ["pulumi", "jinja2", "azure_hotpatch.domain.rules", "azure_hotpatch.policies", "rich.table"]
    program = "import sys; from azure_hotpatch.cli.__main__ import run; run(['fleet', '--outputs', '-'])"
    program += f"; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], input='{"fleet": []}', capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_shows_what_a_stack_adds_to_the_record(hotpatch, tmp_path):
    release = "{day: 2026-12-08, generation: '2022', release: unplannedBaseline, kb: KB5999999, source: our notes}"
    stack = tmp_path / "Pulumi.prod.yaml"
    stack.write_text(f"config:\n  shop:calendar:\n    events:\n      - {release}\n", encoding="utf-8")
    outcome = hotpatch("calendar", "--on=2026-11-24", f"--stack-file={stack}")
    assert "KB5999999" in outcome.out.splitlines()[1]
    assert outcome.out.splitlines()[-1].endswith("comes on 2026-12-08.")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("config: {'shop:calendar': {events: [{day: soon}]}}", "calendar.events[0].day (line 1): 'soon' is not a date"),
        ("runtime: python", "it has no config"),
        ("a: [", "cannot be read as YAML: line 1: while parsing a flow node"),
        (None, "cannot be read"),
    ],
)
def test_refuses_a_stack_file_in_words(hotpatch, tmp_path, text, words):
    stack = tmp_path / "Pulumi.prod.yaml"
    if text:
        stack.write_text(text, encoding="utf-8")
    outcome = hotpatch("calendar", f"--stack-file={stack}")
    assert (outcome.code, outcome.out) == (3, "")
    assert words in outcome.err


def test_a_printed_page_has_no_link_that_leads_nowhere(hotpatch):
    for rule in RULES:
        text = hotpatch("explain", rule.id).out
        assert [link for link in re.findall(r"\]\(([^)]+)\)", text) if not link.startswith("https://")] == []
    text = hotpatch("explain", "HP043").out
    assert "(`hotpatch explain HP020`)" in text
    assert "The configuration of the pack (docs/policy-pack.md)" in text


@pytest.mark.parametrize(("columns", "drawn"), [(60, False), (160, True)])
def test_a_table_that_does_not_fit_a_terminal_breaks_no_name(columns, drawn, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    name = "2022-Datacenter-Azure-Edition-Hotpatch-smalldisk"
    show(["publisher", "sku"], [["MicrosoftWindowsServer", name]])
    printed = capsys.readouterr().out
    assert name in printed
    assert ("─" in printed) is drawn


@pytest.mark.parametrize(
    "arguments",
    [
        ["fleet", "--outputs="],
        ["calendar", "--on="],
        ["status", "--subscription", ""],
        ["check", "good.json", "--config", ""],
        ["check", "good.json", "--parameters="],
        ["forecast", "--machines="],
        ["replay", "Pulumi.dev.yaml", "--events", ""],
        ["install", "--name=web-*", "--exclude-kb", "", "--yes"],
        ["rollback", "KB5099999", "-n", ""],
        ["worker", "--database-url="],
        ["azure", "serve", "--store", ""],
    ],
)
def test_an_option_without_a_value_is_not_taken_for_none(hotpatch, arguments):
    """`--config="$FILE"`, where the variable is not set: the check would be another than the one that was meant."""
    outcome = hotpatch(*arguments)
    option = next(one for one in reversed(arguments) if one.startswith("-") and one != "--yes").removesuffix("=")
    said = f"hotpatch: {option} is empty: is a variable of the shell not set?\n"
    assert (outcome.code, outcome.out, outcome.err) == (3, "", said)


@pytest.mark.parametrize("argument", ["--tag=ring=", "--ring=a=b="])
def test_a_value_that_ends_in_an_equals_sign_is_one(hotpatch, argument):
    assert "is empty" not in hotpatch("status", argument, "--outputs", "none.json").err


def test_free_text_may_be_empty(hotpatch):
    refused = hotpatch("install", "--note", "", "--change=", "--dry-run", "--rehearse")
    assert refused.err == "hotpatch: give --rehearse or --dry-run, not both\n"
