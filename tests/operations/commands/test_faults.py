"""Each command that asks Azure, with each fault: what is said, the exit code, and that nothing is left unsaid.

A command that asks Azure and has no row in the tables fails the test of the tables.
"""

import ast
import functools
import os
import re
from contextlib import suppress
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

import httpx
import pytest
from azure.core.pipeline.transport import RequestsTransport

from azure_hotpatch.cli.__main__ import COMMANDS
from azure_hotpatch.cli.patching import session
from azure_hotpatch.operations.clients import graph, machine_batches
from azure_hotpatch.operations.clients.connection import ENDPOINT
from azure_hotpatch.operations.durable import patience, runtime
from azure_hotpatch.operations.install import buckets
from tests.emulator.conftest import start, stop
from tests.operations import carriers
from tests.operations.azure import SUBSCRIPTION, seed

VM = "Microsoft.Compute/virtualMachines"
EVERY = {"methods": ["GET", "HEAD", "PUT", "PATCH", "POST", "DELETE"]}
KB, NOW = f"KB{carriers.BAD}", ("--at", "2025-02-20T08:00")
ROLLBACK = ("rollback", KB, "--unpaused", *NOW)

# Everything that is asked of Azure fails: fault -> what the one line says beside what happened.
LOG_IN, NETWORK = "log in with `az login`", "check the network and the proxy"
WHOLE = {
    "not logged in": LOG_IN,
    "log-in over": LOG_IN,
    "forbidden": "the identity needs a role of docs/guides/rights.md",
    "throttled": "Azure limits the requests of this subscription; try again in 1 s",
    "unreachable": "Azure at localhost:9 cannot be reached: the connection fails; `hotpatch azure serve` starts the",
    "cut": f"the connection was cut before Azure answered: {NETWORK}, and try again",
    "lost": "Azure answered 504: try again in a few minutes",
}
# Commands that read first: the arguments with which nothing is begun, and no file is written, where reading fails.
READING = {
    "status": (),
    "history": (),
    "report": ("page.html",),
    "assess": (),
    "install": ("--yes", "--name", "vm-*"),
    "rollback": (*ROLLBACK[1:], "--yes"),
}
ORDERS = {
    "log-in over": {"fault": "ExpiredAuthenticationToken"},
    "forbidden": {"fault": "AuthorizationFailed"},
    "throttled": {"fault": "throttled"},
    "under way": {"fault": "AnotherOperationInProgress"},
    "gone": {"fault": "ResourceNotFound"},
    "cut": {"fault": "connection-cut"},
    "cut late": {"fault": "connection-cut", "late": True},
    "lost": {"fault": "lost-answer"},
}

# One machine cannot be read, the others can: command -> exit code, and how what is said of the machine begins.
ONE_UNREAD = {
    ("status", "--views", "all"): (0, "Note: the instance view of {} was not given: "),
    ("report", "page.html"): (0, "Note: the instance view of {} was not given: "),
    (*ROLLBACK, "--dry-run"): (0, "Note: the instance view of {} was not given: "),
    ("assess", "--poll", "0.1"): (1, "{} is left out: "),
    ("install", "--dry-run", "--no-assess"): (0, "{} is left out: "),
}
UNREAD = {fault: WHOLE[fault] for fault in ("forbidden", "throttled", "cut", "lost")} | {"gone": "it was deleted"}

# One machine cannot be changed: what is said of it at the end, "" where it is done all the same.
LOST = "the answer to the request was lost, and in 0 minutes the machine has shown nothing of it"
LOOK = "it may have been carried out; look before you ask again"
REFUSED = {"forbidden": WHOLE["forbidden"], "gone": "it was deleted, or is in another subscription"}
STARTED = REFUSED | {
    "throttled": f"nothing was started after too many tries: {WHOLE['throttled']}; then plan it again",
    "under way": "nothing was started after .+; wait until it is done; then plan it again",
    "cut": f"it may have been started: {LOST}; look at it with `hotpatch history`; `hotpatch wave resume",
    "cut late": "",  # the machine itself tells that it was installed
    "lost": "",
}
REMOVED = REFUSED | {
    "throttled": f"nothing was removed after too many tries: {WHOLE['throttled']}; then roll it back again",
    "under way": "nothing was removed after .+; wait until it is done; then roll it back again",
    **dict.fromkeys(("cut", "cut late", "lost"), f"it may have been removed, .+: {LOOK}; `hotpatch rollback` looks"),
}
LEFT = "; it is removed, and gone after a restart"
RESTARTED = {fault: f"{said}{LEFT}" for fault, said in REFUSED.items() if fault != "forbidden"} | {
    "forbidden": f"{WHOLE['forbidden']}.*{LEFT}",
    "throttled": f"{WHOLE['throttled']}{LEFT}",
    "under way": f"wait until it is done{LEFT}",
    **dict.fromkeys(("cut", "cut late", "lost"), f"{LOST}: look before you restart it{LEFT}"),
}
ASSESSED = REFUSED | {
    "throttled": f"failed: {WHOLE['throttled']}",
    "under way": "wait until it is done",
    **dict.fromkeys(("cut", "cut late", "lost"), LOOK),
}
WAVE = ("--yes", "--poll", "0.1", "--max-errors", "100%", "--store", "waves.sqlite")
INSTALL = ("install", "--no-assess", "--out", "p.json", *WAVE)
TAKE_BACK = (*ROLLBACK, *WAVE, "--canary", "100%", "--max-concurrency", "100%")
# name -> the action that fails, the command lines, and what is said.
CHANGING = {
    "assess": ("assessPatches", [("assess", "--poll", "0.1")], ASSESSED),
    "install": ("installPatches", [INSTALL], STARTED),
    "worker": (
        "installPatches",
        [(*INSTALL, "--detach"), ("worker", "--until-idle", "--poll", "0.1", "--store", "waves.sqlite")],
        STARTED,
    ),
    "wave": (
        "installPatches",
        [(*INSTALL, "--detach"), ("wave", "resume", "{wave}", "--poll", "0.1", "--store", "waves.sqlite")],
        STARTED,
    ),
    "rollback": ("runCommand", [TAKE_BACK], REMOVED),
    "rollback, restart": ("restart", [TAKE_BACK], RESTARTED),
}


@pytest.fixture(scope="module")
def azure(tmp_path_factory):
    """Machines that carry the update of February 2025, in a served emulator that this process is pointed at."""
    folder = tmp_path_factory.mktemp("azure")
    store, names = folder / "azure.sqlite", [f"vm-{number:04}" for number in range(80)]
    seed(store, len(names))
    carriers.carrying(names)(store)
    process, served = start(folder, "--quick", "--store", str(store))
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("AZURE_", "ARM_", "IDENTITY_"))]:
            patch.delenv(name)
        for name, value in served.pointed_here().items():
            patch.setenv(name, value.strip("'\""))
        patch.setenv("AZURE_HOTPATCH_CALENDAR", "none")
        patch.setenv("AZURE_SUBSCRIPTION_ID", SUBSCRIPTION)
        _hurry(patch)
        with httpx.Client(base_url=served.url, verify=False) as client:  # noqa: S501 - loopback, and no secret
            yield functools.partial(_order, client), iter(names)
    stop(process, folder)


def _hurry(patch):
    """Repeat what is repeated, without the pauses and only a few times."""
    patch.setattr(RequestsTransport, "sleep", lambda *_: None)
    patch.setattr(graph, "WINDOW", 0.01)
    patch.setattr(graph, "_ATTEMPTS", 2)
    patch.setattr(machine_batches, "_PATIENCE", 2)
    patch.setattr(patience, "_REFUSALS", 2)
    patch.setattr(patience, "_TIME", timedelta(seconds=2))
    patch.setattr(buckets, "DEBT", 0)
    patch.setattr(runtime, "Pace", functools.partial(runtime.Pace, ring=0.1))
    patch.setattr(runtime, "_SETTLE_ON_THIS_MACHINE", 0.2)
    patch.setattr(session, "_LOOK_SECONDS", 0.05)


def _order(client, *faults):
    client.put("/emulator/faults", json={"faults": faults}).raise_for_status()


@pytest.fixture
def order(azure):
    """Orders faults; none is left after the test."""
    yield azure[0]
    azure[0]()


@pytest.fixture
def hotpatch(hotpatch):
    """Runs a command; its exit code, and the lines of its output and of its errors."""

    def invoke(*arguments):
        code, out, err = hotpatch(*arguments)
        return code, out.splitlines(), err.splitlines()

    return invoke


def fail_everything(fault, order, monkeypatch):
    if fault == "not logged in":
        for name in ("AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET", "AZURE_TENANT_ID", "IDENTITY_ENDPOINT"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("AZURE_TOKEN_CREDENTIALS", "EnvironmentCredential")
    elif fault == "unreachable":
        monkeypatch.setenv(ENDPOINT, "https://localhost:9")
    else:
        order({**ORDERS[fault], **EVERY})


@pytest.mark.slow
@pytest.mark.parametrize("fault", WHOLE)
@pytest.mark.parametrize("command", READING)
def test_a_command_that_reads_nothing_says_so_in_one_line_and_does_nothing(
    command, fault, order, hotpatch, monkeypatch, tmp_path
):
    fail_everything(fault, order, monkeypatch)
    code, out, err = hotpatch(command, *READING[command])
    assert (code, out, len(err)) == (3, [], 1), err
    assert_said(err, "hotpatch: ", WHOLE[fault])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("line", ONE_UNREAD, ids=lambda line: line[0])
def test_a_machine_that_cannot_be_read_is_named_with_why_and_the_rest_is_done(line, azure, order, hotpatch):
    names = dict(zip([*UNREAD, "none"], azure[1], strict=False))
    (code, begins) = ONE_UNREAD[line]
    reads = [{"type": kind, "methods": ["GET"]} for kind in (VM, f"{VM}/instanceView")]
    order(*({**ORDERS[fault], **read, "name": names[fault]} for fault in UNREAD for read in reads))
    found, out, err = hotpatch(*line, *(word for name in names.values() for word in ("--name", name)))
    assert found == code, err
    for fault, words in UNREAD.items():
        assert_said([one for one in err if names[fault] in one], begins.format(f".*{names[fault]}.*"), words)
    assert not [one for one in err if names["none"] in one and "left out" in one]
    assert out


@pytest.mark.slow
@pytest.mark.parametrize("name", CHANGING)
def test_a_machine_that_cannot_be_changed_is_named_with_what_was_done_and_what_to_do(name, azure, order, hotpatch):
    action, lines, cells = CHANGING[name]
    names = dict(zip([*cells, "none"], azure[1], strict=False))
    order(*({**ORDERS[fault], "type": f"{VM}/{action}", "name": names[fault]} for fault in cells))
    selected = [word for one in names.values() for word in ("--name", one)]
    wave = ""
    for line in lines:
        takes_names = line[0] in ("assess", "install", "rollback")
        code, out, err = hotpatch(*(word.format(wave=wave) for word in line), *(selected if takes_names else ()))
        wave = next((one.split()[1].rstrip(":") for one in out if one.startswith("plan ")), wave)
    if name == "worker":
        assert (code, out) == (0, [])
        code, out, err = hotpatch("wave", "show", wave, "--store", "waves.sqlite")
        out = [one for one in out if one.startswith("  ")]
        code = 1
    assert code == 1, err
    told = [one for one in out if not one.startswith("plan ")]  # it names every machine
    told = [one for one in told if ": " in one]
    for fault, words in cells.items():
        of_machine = [one for one in told if names[fault] in one]
        assert bool(of_machine) is bool(words), (fault, of_machine)
        if words:
            assert_said(of_machine, "", words)
    assert not [one for one in told if names["none"] in one]


def assert_said(lines, begins, words):
    assert any(re.search(f"^{begins}.*{words}", line) for line in lines), (begins, words, lines)


def test_every_command_that_asks_azure_has_rows():
    assert asks_azure() == {*READING, *(name for name in CHANGING if "," not in name)}
    assert {line[0] for line in ONE_UNREAD} == READING.keys() - {"history"}  # it asks Resource Graph alone
    for _action, lines, cells in CHANGING.values():
        assert cells.keys() == ORDERS.keys() - {"log-in over"}, lines


def asks_azure():
    """The commands from whose module an import, wherever it is, leads to Azure's clients by way of the CLI."""
    return {name for name, place in COMMANDS.items() if reaches(place.partition(":")[0], set())}


def reaches(module, seen):
    if module in seen or not module.startswith("azure_hotpatch.cli"):
        return False
    seen.add(module)
    imported = imports(module)
    return "azure_hotpatch.operations.clients.connection" in imported or any(reaches(one, seen) for one in imported)


def imports(module):
    """The modules that a module imports, but those for its types alone."""
    tree = ast.parse(Path(find_spec(module).origin).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            node.body = []
    found = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    names = {f"{node.module}.{alias.name}" for node in found for alias in node.names}
    return {node.module for node in found} | {one for one in names if is_module(one)}


def is_module(name):
    with suppress(ModuleNotFoundError):  # a name in a module that is no package
        return find_spec(name) is not None
    return False
