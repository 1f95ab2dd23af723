"""A file that a command writes: there whole or not at all, and never in the place of what something else wrote."""

import os
import subprocess
import sys

import pytest

from azure_hotpatch.cli import output_file as module
from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.output_file import NEVER_REPLACED, output_file, refuse_twice

FLEET = [
    {
        "id": "/subscriptions/s/resourceGroups/fleet/providers/Microsoft.Compute/virtualMachines/web",
        "type": "Microsoft.Compute/virtualMachines",
        "name": "web",
        "resourceGroup": "fleet",
        "subscription": "s",
        "location": "westeurope",
    }
]
OF_CHECK = [("check", "a.json", f"--output={form}=out") for form in ("text", "json", "markdown", "sarif", "junit")]
OF_CALENDAR = [("calendar", f"--format={form}", "--output=out") for form in ("text", "json", "ics", "svg")]
OF_REPORT = [
    ("report", *paths, "--machines=fleet.json") for paths in (("out",), ("p.html", "--csv=out"), ("--junit=out",))
]
COMMANDS = pytest.mark.parametrize("command", [*OF_CHECK, *OF_CALENDAR, *OF_REPORT], ids=" ".join)


@pytest.fixture(autouse=True)
def files(write, preview, vm, monkeypatch, tmp_path):
    monkeypatch.setenv("AZURE_HOTPATCH_JOURNAL", str(tmp_path / "journal.jsonl"))
    monkeypatch.chdir(tmp_path)
    write("a.json", preview(vm()))
    write("fleet.json", FLEET)
    return tmp_path


def partial(folder):
    return [one for one in os.listdir(folder) if "partial" in one]


@COMMANDS
def test_a_command_replaces_what_it_wrote_before(command, hotpatch, files):
    for _ in range(2):
        assert hotpatch(*command).code == 0
    assert (files / "out").stat().st_size
    assert partial(files) == []


@COMMANDS
def test_a_command_leaves_alone_what_something_else_wrote(command, hotpatch, files):
    (files / "out").write_text("the only copy\n")
    outcome = hotpatch(*command)
    told = "out is there already, and this command did not write it: give another path, or --force to replace it"
    assert (outcome.code, outcome.err) == (3, f"hotpatch: {told}\n")
    assert (files / "out").read_text() == "the only copy\n"
    assert hotpatch(*command, "--force").code == 0
    assert (files / "out").read_text() != "the only copy\n"


@COMMANDS
def test_a_command_says_what_is_wrong_with_a_path(command, hotpatch, files):
    (files / "out").mkdir()
    assert "out cannot be written: it is a folder; give the path of a file in it" in hotpatch(*command).err
    (files / "out").rmdir()
    (files / "out").symlink_to("nowhere/file")
    assert f"out cannot be written: the folder {files / 'nowhere'} is not there" in hotpatch(*command).err


def test_no_work_is_done_for_a_file_that_cannot_be_written(hotpatch, files):
    (files / "out").mkdir()
    assert "out cannot be written" in hotpatch("check", "none.json", "--output=json=out").err
    assert "out cannot be written" in hotpatch("report", "out", "--machines=none.json").err


@pytest.mark.parametrize(
    "command",
    [
        ("check", "a.json", "--output=json=x", "--output=sarif=./x"),
        ("report", "x", "--machines=fleet.json", "--csv=x"),
    ],
)
def test_two_outputs_do_not_share_a_file(command, hotpatch, files):
    assert "x is named for two outputs" in hotpatch(*command).err
    assert not (files / "x").exists()


def test_what_a_command_reads_is_not_replaced(hotpatch, files):
    before = (files / "a.json").read_bytes()
    assert hotpatch("check", "a.json", "--output=json=a.json").code == 3
    assert (files / "a.json").read_bytes() == before


def test_an_empty_file_may_be_replaced(files):
    (files / "made-by-mktemp").touch(0o600)
    output_file(files / "made-by-mktemp", NEVER_REPLACED, force=False).write(b"x")
    assert (files / "made-by-mktemp").read_bytes() == b"x"
    assert (files / "made-by-mktemp").stat().st_mode & 0o777 == 0o600


def test_a_decision_is_replaced_by_force_alone(files):
    output_file("plan", NEVER_REPLACED, force=False).write(b"first")
    with pytest.raises(Failure, match="plan is there already: give another path, or --force"):
        output_file("plan", NEVER_REPLACED, force=False)
    output_file("plan", NEVER_REPLACED, force=True).write(b"second")
    assert (files / "plan").read_bytes() == b"second"


def test_a_new_file_has_the_mode_that_the_user_s_files_have(files):
    mask = os.umask(0o027)
    try:
        output_file("new", NEVER_REPLACED, force=False).write(b"x")
    finally:
        os.umask(mask)
    assert (files / "new").stat().st_mode & 0o777 == 0o640


def test_a_link_stays_and_its_target_is_written(files):
    (files / "latest").symlink_to("report-7")
    output_file("latest", NEVER_REPLACED, force=False).write(b"x")
    assert (files / "latest").is_symlink()
    assert (files / "report-7").read_bytes() == b"x"


def test_what_came_meanwhile_is_not_lost(files):
    target = output_file("plan", NEVER_REPLACED, force=False)
    (files / "plan").write_bytes(b"of somebody else")
    with pytest.raises(Failure, match="is there already"):
        target.write(b"x")
    assert (files / "plan").read_bytes() == b"of somebody else"
    assert partial(files) == []


def test_a_file_system_without_hard_links_will_do(files, monkeypatch):
    def refuse(*_names):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    output_file("plan", NEVER_REPLACED, force=False).write(b"x")
    assert (files / "plan").read_bytes() == b"x"


@pytest.mark.parametrize("stops", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_write_that_stops_half_way_leaves_what_was_there(stops, files, monkeypatch):
    (files / "out").write_text("of yesterday")

    def stop(_descriptor):
        raise stops

    monkeypatch.setattr("os.fsync", stop)
    with pytest.raises((Failure, KeyboardInterrupt), match=r"out cannot be written: No space left|^$"):
        output_file("out", NEVER_REPLACED, force=True).write(b"x")
    assert (files / "out").read_text() == "of yesterday"
    assert partial(files) == []


def test_a_folder_of_somebody_else_is_named(files, monkeypatch):
    monkeypatch.setattr("os.access", lambda _path, _mode: False)
    with pytest.raises(Failure, match=f"you have no permission to write in the folder {files}"):
        output_file(files / "out", NEVER_REPLACED, force=False)


def test_a_device_is_written_to_and_stays_one(files, monkeypatch):
    monkeypatch.setattr(module, "_OF_PROCESSES", ())  # by what it is, wherever it lies
    os.mkfifo(files / "pipe")
    reader = subprocess.Popen(["cat", files / "pipe"], stdout=subprocess.PIPE)
    target = output_file("pipe", NEVER_REPLACED, force=False)
    target.write(b"through")
    assert reader.communicate()[0] == b"through"
    assert not (files / "pipe").is_file()


def test_the_standard_output_of_a_pipeline_is_a_path(files):
    command = [sys.executable, "-m", "azure_hotpatch.cli", "report", "/dev/stdout", "--machines", "fleet.json"]
    shown = subprocess.run(command, cwd=files, capture_output=True, text=True, check=True).stdout
    assert shown.startswith("<!DOCTYPE html>")
    assert shown.endswith("/dev/stdout: 1 machine, 0 restarts avoided.\n")
    full = subprocess.run([*command[:-3], "/dev/full", *command[-2:]], cwd=files, capture_output=True, text=True)
    assert (full.returncode, full.stderr) == (3, "hotpatch: /dev/full cannot be written: No space left on device\n")


def test_two_devices_are_not_two_outputs_of_one_file():
    refuse_twice([output_file("/dev/null", NEVER_REPLACED, force=False)] * 2)


def test_a_dash_is_standard_output_where_there_is_one(hotpatch, files):
    assert hotpatch("calendar", "--format=ics", "--output=-").out.startswith("BEGIN:VCALENDAR")
    assert "- is no file here: give a path, or /dev/stdout" in hotpatch("report", "-", "--machines=fleet.json").err
    assert not (files / "-").exists()
