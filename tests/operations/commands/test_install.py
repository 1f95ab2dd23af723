"""`hotpatch assess`, `install` and `wave`, as a person types them, over a served emulator."""

import json
import os
import subprocess
import sys

import pytest

from tests.operations.azure import SUBSCRIPTION


@pytest.mark.usefixtures("azure")
def test_assess_shows_what_each_machine_lacks(hotpatch):
    code, out, _ = hotpatch("assess", "--resource-group", "fleet", "--poll", "0.1", "--json")
    assert code == 0
    rows = json.loads(out)
    assert [row["machine"] for row in rows] == ["vm-0000", "vm-0001", "vm-0002"]
    assert all(row["result"] == "assessed" and "KB" in row["updates"] for row in rows)
    _, out, _ = hotpatch("assess", "--older-than", "24h", "--json")
    assert all(row["result"].startswith("fresh: ") for row in json.loads(out))


def test_a_dry_run_keeps_a_plan_and_installs_nothing(azure, hotpatch, tmp_path):
    code, out, _ = hotpatch(
        *("install", "--name", "vm-*", "--dry-run", "--out", "p.json", "--change", "CHG7", "--note", "monthly")
    )
    assert code == 0
    assert "availability-first" in out
    kept = json.loads((tmp_path / "p.json").read_text())
    assert (kept["version"], kept["change"], kept["note"], len(kept["machines"])) == (1, "CHG7", "monthly", 3)
    assert all(machine["restart"] == "yes" for machine in kept["machines"])
    assert azure.installs() == []


def test_a_plan_takes_the_place_of_no_other(azure, hotpatch, tmp_path):
    (tmp_path / "p.json").write_text("the plan that was approved")
    code, _, err = hotpatch("install", "--name", "vm-*", "--dry-run", "--out", "p.json")
    assert (code, err) == (3, "hotpatch: p.json is there already: give another path, or --force to replace it\n")
    assert (tmp_path / "p.json").read_text() == "the plan that was approved"
    assert hotpatch("install", "--name", "vm-0000", "--no-assess", "--dry-run", "--out", "p.json", "--force")[0] == 0
    assert azure.installs() == []


@pytest.mark.usefixtures("azure")
def test_a_plan_without_a_place_is_not_made(hotpatch, monkeypatch):
    monkeypatch.setattr("os.access", lambda _path, _mode: False)
    code, _, err = hotpatch("install", "--name", "vm-*", "--dry-run")
    assert (code, err.count("\n")) == (3, 1)
    assert "you have no permission to write in the folder ." in err


def test_an_update_is_installed_alone_on_demand(azure, hotpatch, tmp_path):
    plan = ("install", "--name", "vm-*", "--dry-run", "--out", "p.json", "--kb", "KB890830", "--classification", "none")
    assert hotpatch(*plan)[0] == 0
    kept = json.loads((tmp_path / "p.json").read_text())
    assert kept["order"]["classifications"] == []
    assert {patch["kb"] for machine in kept["machines"] for patch in machine["patches"]} == {"890830"}
    assert azure.installs() == []


@pytest.mark.usefixtures("azure")
def test_what_others_wrote_is_no_command_to_the_terminal(hotpatch, tmp_path):
    hotpatch("install", "--name", "vm-*", "--no-assess", "--dry-run", "--out", "p.json")
    kept = json.loads((tmp_path / "p.json").read_text())
    (tmp_path / "p.json").write_text(json.dumps(kept | {"note": "a\x1b[31mb\nc", "warnings": ["d\x1b[2J"]}))
    _, out, err = hotpatch("install", "--plan", "p.json", "--dry-run")
    assert "note: a\\x1b[31mb\\nc\n" in out
    assert "\x1b" not in out + err


def test_installs_what_was_planned_and_keeps_the_record(azure, hotpatch):
    options = ("install", "--name", "vm-000[01]", "--no-assess", "--poll", "0.1", "--canary", "1")
    code, out, _ = hotpatch(*options, "--yes", "--out", "p.json", "--change", "CHG7", "--note", "monthly")
    assert code == 0
    assert "2 machines: 2 installed; 2 restarted" in out
    assert azure.installs() == ["vm-0000", "vm-0001"]
    _, out, _ = hotpatch("wave", "list", "--json")
    (wave,) = json.loads(out)
    assert (wave["change"], wave["note"], wave["status"], wave["machines"]) == ("CHG7", "monthly", "over", "2")
    _, out, _ = hotpatch("wave", "show", wave["wave"])
    assert "KB" in out
    code, _, err = hotpatch("install", "--plan", "p.json", "--yes")
    assert (code, len(azure.installs())) == (3, 2)
    assert "was begun before" in err


def test_everything_must_be_meant_by_its_word(azure, hotpatch):
    code, out, _ = hotpatch("install", "--no-assess", "--yes", "--out", "p.json")
    assert (code, azure.installs()) == (4, [])
    assert "Not confirmed" in out
    code, _, _ = hotpatch("install", "--no-assess", "--confirm", "all", "--poll", "0.1")
    assert (code, len(azure.installs())) == (0, 3)


def test_a_selection_is_confirmed_too(azure, hotpatch):
    assert hotpatch("install", "--resource-group", "fleet", "--no-assess")[0] == 4
    assert azure.installs() == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--resource-group", "flet"), "group=flet matches no Windows machine"),
        (("--tag", "ring"), "--tag 'ring' is not a tag: write it as NAME=VALUE"),
        (("--canary", "few"), "canary: is neither a number nor a percentage"),
        (("--kb", "5", "--classification", "Securty"), "classifications[0]: input should be"),
        (("--classification", "none"), "neither a classification nor an update is given: nothing to install"),
        (
            ("--kb", "KB5055526", "--classification", "none", "--classification", "Security"),
            "none is given with others",
        ),
        (("--published-until", "soon"), "--published-until 'soon' is not a date"),
        (("--wave-file", "none.yaml"), "none.yaml cannot be read"),
        (("--wave-file", ""), "--wave-file is empty: is a variable of the shell not set?"),
        (("--plan", "", "--yes"), "--plan is empty: is a variable of the shell not set?"),
        (("--published-until=",), "--published-until is empty"),
        (("--database-url", "postgresql://a:secret@h/d"), "--database-url holds a password"),
        (("--database-url", "mysql://h/d"), "--database-url is not an address of PostgreSQL"),
        (("--plan", "none.json"), "none.json cannot be read"),
        (
            ("--plan", "p.json", "--yes", "--exclude-kb", "KB1", "--soak", "1h", "--no-assess"),
            "--exclude-kb, --soak, --assess: a saved plan is carried out as it is; leave it out, or plan again with it",
        ),
    ],
)
@pytest.mark.usefixtures("azure")
def test_bad_input_is_one_line_and_no_secret(hotpatch, arguments, said):
    code, _, err = hotpatch("install", *arguments)
    assert code == 3
    assert said in err
    assert "secret" not in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"version": 2}, "version: is 2; this hotpatch reads plans of version 1: plan again"),
        ({"made": "2026-01-01T00:00:00Z"}, "more than 48 hours ago: plan again"),
        ({"machines": []}, "the plan has no machine to install on"),
        ({"rings": ["other"]}, "which is not one of its rings"),
        ({"id": "../etc"}, "id: string should match pattern"),
        ({"extra": 1}, "extra: unknown setting"),
    ],
)
def test_a_plan_that_was_changed_is_refused(azure, hotpatch, tmp_path, change, said):
    hotpatch("install", "--resource-group", "fleet", "--no-assess", "--dry-run", "--out", "p.json")
    plan = json.loads((tmp_path / "p.json").read_text())
    (tmp_path / "p.json").write_text(json.dumps({**plan, **change}))
    code, _, err = hotpatch("install", "--plan", "p.json", "--yes")
    assert (code, azure.installs()) == (3, [])
    assert said in err


def test_a_missing_right_is_named(serve, connect, hotpatch):
    azure = serve(1, "--role", "*/read")
    connect(azure)
    code, _, err = hotpatch("install", "--resource-group", "fleet", "--no-assess", "--yes")
    assert (code, azure.installs()) == (3, [])
    assert "it lacks Microsoft.Compute/virtualMachines/installPatches/action" in err


def test_without_a_log_in_it_says_what_to_do(hotpatch, monkeypatch):
    for name in [name for name in os.environ if name.startswith(("AZURE_", "ARM_", "IDENTITY_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AZURE_TOKEN_CREDENTIALS", "EnvironmentCredential")
    code, _, err = hotpatch("assess", "--subscription", SUBSCRIPTION)
    assert code == 3
    assert err == "hotpatch: Azure does not know who asks: log in with `az login`, or set AZURE_CLIENT_ID, …\n"


@pytest.mark.usefixtures("azure")
def test_a_network_that_is_cut_is_told(hotpatch, monkeypatch):
    monkeypatch.setenv("ARM_RESOURCE_MANAGER_ENDPOINT", "https://127.0.0.1:1")
    code, _, err = hotpatch("assess", "--resource-group", "fleet")
    assert code == 3
    assert "cannot be reached" in err
    assert err.count("\n") == 1


@pytest.mark.usefixtures("azure")
def test_a_bad_update_stops_all_waves_and_is_left_out_from_then_on(hotpatch, tmp_path):
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    (tmp_path / "signers").write_text(f"ops@example.org {key.with_suffix('.pub').read_text()}")
    hotpatch("install", "--resource-group", "fleet", "--dry-run", "--out", "p.json")
    kb = json.loads((tmp_path / "p.json").read_text())["machines"][0]["patches"][0]["kb"]
    hotpatch("install", "--plan", "p.json", "--yes", "--detach")
    word = {"kb": f"KB{kb}", "badSince": "2026-11-20T08:00:00Z", "reason": "restarts\x1b[31m for ever", "fixes": []}
    (tmp_path / "stop.json").write_text(json.dumps(word))
    sign = ["ssh-keygen", "-q", "-Y", "sign", "-n", "hotpatch-stop", "-f", str(key), "stop.json"]
    subprocess.run(sign, check=True, cwd=tmp_path, capture_output=True)
    code, out, _ = hotpatch("wave", "ban", "stop.json", "--allowed-signers", "signers")
    assert code == 0
    assert f"KB{kb} is bad since 2026-11-20 08:00 UTC: restarts\\x1b[31m for ever" in out
    assert "the stopped waves had it planned for 3 machines." in out
    assert "Stopped: wave-" in out
    code, out, err = hotpatch("install", "--resource-group", "fleet", "--dry-run", "--out", "q.json")
    assert f"KB{kb} is left out" in err
    assert "restarts\\x1b[31m for ever" in err
    assert "it is offered none of the requested updates" in out
    lift = {"kb": f"KB{kb}", "liftedSince": "2026-11-21T08:00:00Z", "reason": "repaired"}
    (tmp_path / "lift.json").write_text(json.dumps(lift))
    for namespace, code in (("hotpatch-stop", 3), ("hotpatch-lift", 0), ("hotpatch-lift", 3)):
        (tmp_path / "lift.json.sig").unlink(missing_ok=True)
        sign = ["ssh-keygen", "-q", "-Y", "sign", "-n", namespace, "-f", str(key), "lift.json"]
        subprocess.run(sign, check=True, cwd=tmp_path, capture_output=True)
        found, out, err = hotpatch("wave", "lift", "lift.json", "--allowed-signers", "signers")
        assert found == code
        assert bool(code) or f"KB{kb} is no longer stopped: repaired (signed by ops@example.org)" in out
    assert "is not stopped in this store" in err
    entries = [json.loads(text) for text in (tmp_path / "journal.jsonl").read_text().splitlines()]
    assert [one["kind"] for one in entries][-2:] == ["stop", "stop-lifted"]
    hotpatch("install", "--resource-group", "fleet", "--dry-run", "--out", "r.json")
    assert json.loads((tmp_path / "r.json").read_text())["machines"][0]["patches"][0]["kb"] == kb
    (tmp_path / "stop.json").write_text(json.dumps({**word, "reason": "another"}))
    code, _, err = hotpatch("wave", "ban", "stop.json", "--allowed-signers", "signers")
    assert code == 3
    assert "the file is not what was signed" in err


def test_a_signature_of_somebody_else_stops_nothing(hotpatch, tmp_path):
    for name in ("ours", "theirs"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)], check=True)
    (tmp_path / "signers").write_text(f"ops@example.org {(tmp_path / 'ours.pub').read_text()}")
    (tmp_path / "stop.json").write_text("{}")
    sign = ["ssh-keygen", "-q", "-Y", "sign", "-n", "hotpatch-stop", "-f", "theirs", "stop.json"]
    subprocess.run(sign, check=True, cwd=tmp_path, capture_output=True)
    code, _, err = hotpatch("wave", "ban", "stop.json", "--allowed-signers", "signers")
    assert code == 3
    assert "nobody in signers made this signature" in err


@pytest.mark.parametrize("arguments", [("wave", "list"), ("wave", "show", "x"), ("wave", "stop", "x")])
def test_without_a_store_it_says_that_nothing_was_begun(hotpatch, arguments, tmp_path):
    code, _, err = hotpatch(*arguments)
    assert code == 3
    assert "no wave was begun with it" in err
    assert not (tmp_path / "state").exists()


def test_without_the_extra_one_line_says_which(tmp_path):
    for name in ("azure", "dbos"):
        (tmp_path / f"block_{name}").mkdir()
    code = (
        "import sys\n"
        "class Without:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name.split('.')[0] in ('azure', 'dbos', 'sqlalchemy', 'httpx'):\n"
        "            raise ModuleNotFoundError(f'No module named {name!r}', name=name)\n"
        "sys.meta_path.insert(0, Without())\n"
        "from azure_hotpatch.cli.__main__ import run\n"
        "sys.exit(run(sys.argv[1:]))\n"
    )
    for command in (["assess"], ["install"], ["wave"], ["worker"]):
        done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, cwd=tmp_path)
        assert done.returncode == 3
        needs = f"`hotpatch {command[0]}` needs the extra `operations`"
        assert done.stderr == f"hotpatch: {needs}: pip install 'azure-hotpatch[operations]'\n"


def test_other_commands_and_the_help_import_no_client_and_no_engine():
    code = (
        "import sys\n"
        "from azure_hotpatch.cli.__main__ import run\n"
        "run(['--help']); run(['install', '--help']); run(['calendar'])\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'azure', 'dbos', 'sqlalchemy', 'psycopg'}))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_store_has_one_worker(tmp_path):
    from azure_hotpatch.operations.durable.wave_store import held, make, store_of

    store = store_of(str(tmp_path / "waves.sqlite"), None)
    make(store)
    with held(store) as first, held(store) as second:
        assert (first, second) == (True, False)
    with held(store) as again:
        assert again


def test_a_file_that_is_no_store_is_one_line(hotpatch, tmp_path):
    (tmp_path / "waves.sqlite").write_text("this is no database " * 100)
    code, _, err = hotpatch("wave", "list", "--store", "waves.sqlite")
    assert code == 3
    assert "it is not a store of waves" in err
    assert "Traceback" not in err


def test_the_files_of_the_store_are_the_users_alone(tmp_path):
    from azure_hotpatch.operations.durable.wave_store import make, store_of

    os.umask(os.umask(0o022))
    store = store_of(str(tmp_path / "new" / "waves.sqlite"), None)
    make(store)
    assert store.path.stat().st_mode & 0o777 == 0o600
    assert store.path.parent.stat().st_mode & 0o777 == 0o700
