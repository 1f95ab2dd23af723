"""Two operators who decide about one wave at the same moment, while its worker is killed: each as a process."""

import json
import subprocess
import time
from collections import Counter

import pytest

from azure_hotpatch.cli.patching import wave_session
from azure_hotpatch.operations.journal.file import Journal
from tests.operations import killing

pytestmark = pytest.mark.slow

GATE = "canary: 1\nmaxConcurrency: 2\ngate:\n  command: ['false']\n  attempts: 1\n  pause: 0s\n"
NAMES = [f"vm-{number:04}" for number in range(8)]


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request, tmp_path):
    if request.param == "sqlite":
        return ["--store", str(tmp_path / "waves.sqlite")]
    return ["--database-url", request.getfixturevalue("postgresql")]


@pytest.fixture
def at_a_gate(serve, store, tmp_path):
    """A wave that is stopped by its closed gate; how a command of `hotpatch` is started, and the wave's name."""
    azure = serve(len(NAMES))
    environ = {**azure.environ, "AZURE_HOTPATCH_JOURNAL": str(tmp_path / "journal.jsonl")}
    (tmp_path / "wave.yaml").write_text(GATE)
    rings = ("--wave-file", str(tmp_path / "wave.yaml"))
    name = killing.begin_install(environ, store, tmp_path / "plan.json", *rings)
    running = []

    def started(*arguments):
        command = [*killing.HOTPATCH, *arguments, *store, "--poll", "0.2"]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        running.append(subprocess.Popen(command, env=environ, **pipes))
        return running[-1]

    assert started("worker", "--until-idle").wait(60) == 0
    assert len(azure.installs()) == 1
    yield azure, started, name
    for one in running:
        one.kill()
        one.communicate()


def kinds(tmp_path):
    return Counter(one.kind for one in Journal(tmp_path / "journal.jsonl").read())


def until(condition):
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_of_two_who_continue_one_does_and_the_other_hears_it(at_a_gate, tmp_path):
    azure, started, name = at_a_gate
    worker = started("worker")
    worker.stderr.readline()  # it works
    both = [started("wave", "continue", name, "--why", why) for why in ("ann looked", "bob looked")]
    until(lambda: len(azure.installs()) > 1)
    worker.kill()
    said = [one.communicate(timeout=120) for one in both]
    assert sorted(one.returncode for one in both) == [0, 3]
    refused = next(err for one, (_, err) in zip(both, said, strict=True) if one.returncode == 3)
    assert f"the wave {name} is not stopped by a closed gate: " in refused
    assert "UTC let it go on" in refused
    assert Counter(azure.installs()) == Counter(NAMES)
    assert kinds(tmp_path)["gate-opened"] == 1


def test_of_two_who_resume_and_one_who_ends_nothing_is_done_twice(at_a_gate, tmp_path):
    azure, started, name = at_a_gate
    acts = (("resume", name), ("continue", name, "--why", "looked"), ("end", name, "--why", "broken"))
    all_of_them = [started("wave", *act) for act in (*acts, acts[0], acts[2])]
    said = [one.communicate(timeout=120) for one in all_of_them]
    assert all(one.returncode in (0, 2, 3) for one in all_of_them), said
    assert not any("Traceback" in err for _, err in said)
    assert max(Counter(azure.installs()).values()) == 1
    assert kinds(tmp_path)["wave-ended"] == 1
    show = started("wave", "show", name, "--json")
    assert "ended by " in json.loads(show.communicate(timeout=60)[0])["summary"]["why"]


def test_who_follows_takes_up_the_work_of_a_process_that_is_gone(monkeypatch, capsys):
    monkeypatch.setattr(wave_session, "GRACE_SECONDS", 5.0)
    clock, free, taken = [0.0], [False], []
    monkeypatch.setattr(wave_session.time, "monotonic", lambda: clock[0])
    heir = wave_session.Heir(lambda: free[0], lambda: taken.append(clock[0]) or True)
    for now, is_free in ((0, False), (1, True), (4, True), (5, False), (6, True), (10.9, True), (11, True), (30, True)):
        clock[0], free[0] = float(now), is_free
        heir.look()
    assert taken == [11.0]  # the service that came back at 5 was left alone
    assert capsys.readouterr().err.count("carried out here from now on") == 1
