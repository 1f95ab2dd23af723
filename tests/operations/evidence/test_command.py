"""`hotpatch evidence`: signed by ssh-keygen with a key of the user's, checked against a file of allowed signers."""

import subprocess
import zipfile
from datetime import UTC, datetime

import pytest

from azure_hotpatch.cli.__main__ import run
from azure_hotpatch.operations.evidence.bundle import Contents, packed
from azure_hotpatch.operations.journal.file import Journal


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A folder with a journal, keys of Ann and Bob, and Ann among the allowed signers."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AZURE_HOTPATCH_JOURNAL", str(tmp_path / "journal.jsonl"))
    Journal(tmp_path / "journal.jsonl").add(
        "installation", [{"run": "1"}, {"run": "2"}], datetime(2026, 9, 1, tzinfo=UTC)
    )
    for name in ("ann", "bob"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", name]
        subprocess.run(command, check=True)
    (tmp_path / "signers").write_text(f"ann@example.com {(tmp_path / 'ann.pub').read_text()}")
    (tmp_path / "plan.json").write_text('{"id": "night"}')
    return tmp_path


def pack(key="ann", *more):
    return run(["evidence", "pack", "bundle.zip", "--key", key, "--include", "plan.json", *more])


def verify():
    return run(["evidence", "verify", "bundle.zip", "--allowed-signers", "signers"])


@pytest.mark.usefixtures("home")
def test_a_bundle_is_packed_and_verified(capsys):
    assert pack() == 0
    assert verify() == 0
    said = capsys.readouterr().out
    assert "2 journal entries and 1 files, signed with ann" in said
    assert "bundle.zip is as ann@example.com signed it" in said
    assert "2 installation" in said


def test_a_bundle_takes_the_place_of_no_other(home, capsys):
    pack()
    before = (home / "bundle.zip").read_bytes()
    assert pack("ann", "--key=nobody") == 3  # and ssh-keygen is not asked
    assert "bundle.zip is there already: give another path, or --force" in capsys.readouterr().err
    assert (home / "bundle.zip").read_bytes() == before
    assert pack("ann", "--force") == 0


def test_a_tampered_entry_ends_with_1_and_its_number(home, capsys):
    pack()
    bundle = (home / "bundle.zip").read_bytes()
    (home / "bundle.zip").write_bytes(bundle.replace(b'"run":"2"', b'"run":"3"'))
    assert verify() == 1
    assert "bundle.zip: journal.jsonl: entry 2 was changed" in capsys.readouterr().out


@pytest.mark.parametrize("replaced", [True, False])
def test_somebody_else_s_signature_does_not_count(home, capsys, replaced):
    pack("bob")
    if replaced:
        (home / "signers").write_text(f"ann@example.com {(home / 'ann.pub').read_text()}bob@example.com bad line\n")
    assert verify() == 1
    assert "nobody in signers made this signature" in capsys.readouterr().out


def test_a_signature_for_another_purpose_does_not_count(home, capsys, monkeypatch):
    monkeypatch.setattr("azure_hotpatch.cli.commands.evidence.NAMESPACE", "file")
    pack()
    monkeypatch.undo()
    monkeypatch.chdir(home)
    assert verify() == 1
    assert "was signed for another purpose" in capsys.readouterr().out


def test_a_changed_journal_is_not_packed(home, capsys):
    journal = home / "journal.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b'"run":"1"', b'"run":"9"'))
    assert pack() == 3
    assert "line 2 does not follow line 1" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nx", "a private key in line 1"),
        ("\nurl: https://a.blob.core.windows.net/b?sig=abcdefghijklmnopqrstuvwxyz", "access signature in line 2"),
        ('{"adminPassword": "Correct-Horse-7"}', "a password in line 1"),
        ("Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMjM0In0.", "a token in line 1"),
    ],
)
def test_a_file_with_a_secret_is_refused_without_showing_it(home, capsys, content, kind):
    (home / "notes.txt").write_text(content)
    assert pack("ann", "--include", "notes.txt") == 3
    said = capsys.readouterr().err
    assert kind in said
    assert not any(word in said for word in ("Correct-Horse", "abcdefgh", "eyJ", "BEGIN"))
    assert not (home / "bundle.zip").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["pack", "b.zip", "--key", "nobody"], "nobody does not sign"),
        (["pack", "b.zip", "--key", "ann", "--journal", "none.jsonl"], "has no entry"),
        (["pack", "no/b.zip", "--key", "ann"], "cannot be written"),
        (["pack", "b.zip", "--key", "ann", "--include", "none.json"], "none.json cannot be read"),
        (["verify", "none.zip", "--allowed-signers", "signers"], "none.zip cannot be read"),
        (["verify", "none.zip", "--allowed-signers", "none"], "there is no such file"),
    ],
)
@pytest.mark.usefixtures("home")
def test_an_error_is_one_line(capsys, arguments, words):
    assert run(["evidence", *arguments]) == 3
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1


@pytest.mark.parametrize("more", [b"x", b"\n", b" "])
def test_a_byte_after_the_signature_is_named(home, capsys, more):
    """ssh-keygen reads no further than the end of the signature."""
    pack()
    with zipfile.ZipFile(home / "bundle.zip") as opened:
        held = {name: opened.read(name) for name in opened.namelist()}
    files = {name.removeprefix("files/"): data for name, data in held.items() if name.startswith("files/")}
    signature = held["manifest.json.sig"] + more
    forged = packed(held["manifest.json"], signature, Contents(held["journal.jsonl"], files))
    (home / "bundle.zip").write_bytes(forged)
    assert verify() == 1
    assert "manifest.json or its signature was changed" in capsys.readouterr().out


def test_a_key_that_may_sign_something_else_is_not_called_a_change_alone(home, capsys):
    pack()
    allowed = (home / "signers").read_text()
    (home / "signers").write_text(allowed.replace(" ", ' namespaces="hotpatch-stop" ', 1))
    assert verify() == 1
    assert "signers does not let ann@example.com sign hotpatch-evidence" in capsys.readouterr().out
