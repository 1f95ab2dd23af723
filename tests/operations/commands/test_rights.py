"""The roles of the guide hold every action that the commands ask Azure for, and no action that none asks for."""

import json
import re
from pathlib import Path

import pytest

from azure_hotpatch.cli.__main__ import run
from azure_hotpatch.operations.clients import queries
from azure_hotpatch.operations.install.rights import LIST, READ, ROLES
from tests.operations import carriers
from tests.operations.azure import SUBSCRIPTION

GUIDE = (Path(__file__).resolve().parents[3] / "docs/guides/rights.md").read_text(encoding="utf-8")
VM = "Microsoft.Compute/virtualMachines"
# Which action a request needs, by its method and the end of its path.
ACTIONS = (
    (rf"GET .*/providers/{VM}/[^/]+/instanceView", f"{VM}/instanceView/read"),
    (rf"GET .*/providers/{VM}(/[^/]+)?", f"{VM}/read"),
    (rf"POST .*/providers/{VM}/[^/]+/(?P<action>\w+)", f"{VM}/{{}}/action"),
    (
        r"GET .*/providers/Microsoft\.Compute/locations/\w+/operation(s|Results)/.+",
        "Microsoft.Compute/locations/operations/read",
    ),
    (r"GET .*/providers/Microsoft\.Authorization/permissions", "Microsoft.Authorization/permissions/read"),
)
OF_NOBODY = ("POST /providers/Microsoft.ResourceGraph/resources", "GET /msi/token")


def needed(requests: str) -> set[str]:
    """The actions of requests; one that is not known fails."""
    found = set()
    for line in set(requests.splitlines()):
        if line in OF_NOBODY:
            continue
        match, action = next((m, action) for form, action in ACTIONS if (m := re.fullmatch(form, line)))
        found.add(action.format(match.groupdict().get("action", "")))
    return found


@pytest.fixture
def asked(serve, connect, tmp_path, monkeypatch):
    """Runs a command against machines that carry an update, at a time; the actions that it needed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("AZURE_HOTPATCH_JOURNAL", str(tmp_path / "journal.jsonl"))

    def act(*arguments, now=carriers.FEBRUARY):
        azure = serve(1, "--record", prepare=carriers.carrying(["vm-0000"], now))
        connect(azure)
        assert run([*arguments, "--subscription", SUBSCRIPTION]) == 0
        return needed((azure.folder / "requests.log").read_text())

    return act


def test_an_operator_may_assess_and_install_and_nothing_more(asked):
    assess = asked("assess", "--poll", "0.1")
    install = asked("install", "--name", "vm-*", "--yes", "--poll", "0.1", "--out", "p.json", now=carriers.MARCH)
    assert assess | install == set(ROLES["Hotpatch Operator"])


def test_a_role_at_a_group_is_enough(serve, connect, tmp_path, monkeypatch, capsys):
    """Nothing is listed in the subscription where groups are named; one that is not there has no machines."""
    monkeypatch.chdir(tmp_path)
    azure = serve(2, "--record")
    connect(azure)
    monkeypatch.setenv("AZURE_SUBSCRIPTION_ID", SUBSCRIPTION)
    assert run(["install", "-g", "fleet", "-g", "FLEET", "--no-assess", "--dry-run", "--out", "p.json"]) == 0
    assert len(json.loads((tmp_path / "p.json").read_text())["machines"]) == 2
    assert run(["assess", "-g", "flet"]) == 3
    assert "group=flet matches no Windows machine" in capsys.readouterr().err
    listed = f"GET /subscriptions/{SUBSCRIPTION}/providers/{VM}"
    assert listed not in (azure.folder / "requests.log").read_text().splitlines()
    assert run(["install", "-g", "fl*", "--no-assess", "--dry-run", "--out", "q.json"]) == 0
    assert listed in (azure.folder / "requests.log").read_text().splitlines()


def test_a_rollback_operator_may_uninstall_and_fix_and_nothing_more(asked):
    command = ("rollback", f"KB{carriers.BAD}", "--yes", "--unpaused", "--poll", "0.1")
    uninstalled = asked(*command, "--at", "2025-02-20T08:00")
    fixed = asked(*command, "--at", "2025-03-13T08:00", now=carriers.MARCH)
    of_graph = set(LIST) - set(READ)
    assert uninstalled | fixed == set(ROLES["Hotpatch Rollback Operator"]) - of_graph


def test_a_reader_may_read_what_the_commands_look_at(asked):
    assert asked("status", "--views", "all") <= set(ROLES["Hotpatch Reader"])
    source = Path(str(queries.__file__)).read_text(encoding="utf-8").lower()
    types = set(re.findall(r"microsoft\.\w+/\w+", source))
    assert {f"{one}/read" for one in types} <= {one.lower() for one in LIST}
    for table in ("assessment", "installation"):  # Resource Graph's patch tables, and their updates
        assert f'"{table}"' in source
        rights = {f"{VM}/patch{table}Results{part}/read".lower() for part in ("", "/softwarePatches")}
        assert rights <= {one.lower() for one in LIST}


def test_the_guide_has_the_roles_as_they_are():
    written = [json.loads(block) for block in re.findall(r"^```json\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)]
    assert {one["Name"]: tuple(one["Actions"]) for one in written} == ROLES
    table = set(re.findall(r"\| (Hotpatch [\w ]+) \|", GUIDE))
    assert table == set(ROLES)
