"""A bundle: the same contents give the same bytes, and whatever is changed of it is named."""

import hashlib
import io
import json
import random
import zipfile
from datetime import UTC, datetime

import pytest

from azure_hotpatch.operations.evidence.bundle import JOURNAL, MANIFEST, Contents, manifest_of, packed
from azure_hotpatch.operations.evidence.checking import SignatureFault, check
from azure_hotpatch.operations.journal.file import Journal

MADE = datetime(2026, 9, 10, 20, tzinfo=UTC)


@pytest.fixture
def contents(tmp_path):
    journal = Journal(tmp_path / "journal.jsonl")
    for number in range(4):
        journal.add("rollback-result", [{"machine": f"web-{number}", "done": True}], MADE)
    return Contents(journal.path.read_bytes(), {"plan.json": b'{"id": "night"}\n', "report.html": b"<p>fine</p>\n"})


def sign(manifest):
    return b"signed " + hashlib.sha256(manifest).hexdigest().encode()


def signer(manifest, signature):
    if signature != sign(manifest):
        raise SignatureFault("it is not what was signed")
    return "ann@example.com"


@pytest.fixture
def bundle(contents):
    manifest = manifest_of(contents, MADE)
    return packed(manifest, sign(manifest), contents)


def altered(bundle, name, content):
    """The bundle with another content of one file, packed in the same way."""
    with zipfile.ZipFile(io.BytesIO(bundle)) as opened:
        held = {entry: opened.read(entry) for entry in opened.namelist()}
    held[name] = content
    if content is None:
        del held[name]
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as again:
        for entry, data in held.items():
            again.writestr(entry, data)
    return written.getvalue()


def faults(bundle):
    return check(bundle, signer).faults


def test_a_bundle_as_it_was_signed_holds(bundle):
    found = check(bundle, signer)
    assert (found.faults, found.signer, found.made) == ((), "ann@example.com", MADE)
    assert [entry.number for entry in found.entries] == [1, 2, 3, 4]
    assert found.files == ("files/plan.json", "files/report.html", "journal.jsonl")


def test_the_same_contents_give_the_same_bytes(contents, bundle):
    manifest = manifest_of(contents, MADE)
    assert packed(manifest, sign(manifest), contents) == bundle


def test_no_byte_can_be_changed_unnoticed(bundle):
    """Every byte of the bundle, turned over in one bit that is chosen at random."""
    rng = random.Random(11)  # noqa: S311 - the same bits each time
    for place in range(len(bundle)):
        changed = bytearray(bundle)
        changed[place] ^= 1 << rng.randrange(8)
        assert faults(bytes(changed)), place


def test_a_changed_byte_of_a_file_is_named_by_the_file(bundle):
    place = bundle.index(b"<p>fine")
    changed = bundle[:place] + b"<b" + bundle[place + 2 :]
    assert faults(changed) == ("files/report.html: was changed",)


def test_a_changed_byte_of_the_journal_is_named_by_the_entry(bundle):
    place = bundle.index(b"web-2")
    found = faults(bundle[:place] + b"web-9" + bundle[place + 5 :])
    assert "journal.jsonl: entry 3 was changed" in found
    assert "journal.jsonl: was changed" in found


@pytest.mark.parametrize(
    ("drop", "words"),
    [
        (3, "has 3 entries, 4 were signed; entry 4 is the first that differs"),
        (1, "has 3 entries, 4 were signed; entry 2 is the first that differs"),
    ],
)
def test_an_entry_that_was_removed_is_named(bundle, contents, drop, words):
    lines = contents.journal.splitlines(keepends=True)
    del lines[drop]
    assert any(words in fault for fault in faults(altered(bundle, JOURNAL, b"".join(lines))))


def test_an_added_and_a_missing_file_are_named(bundle):
    assert "files/extra.txt: was added" in faults(altered(bundle, "files/extra.txt", b"x"))
    assert "files/plan.json: is missing" in faults(altered(bundle, "files/plan.json", None))
    assert faults(altered(bundle, MANIFEST, None)) == ("manifest.json: is missing",)


def test_a_chain_that_was_broken_before_it_was_signed_does_not_hold(contents):
    lines = contents.journal.splitlines(keepends=True)
    forged = Contents(b"".join([lines[0], lines[2], lines[3]]), {})
    manifest = manifest_of(forged, MADE)
    assert any("line 2 does not follow line 1" in one for one in faults(packed(manifest, sign(manifest), forged)))


def test_a_manifest_for_other_files_needs_another_signature(bundle, contents):
    forged = json.dumps({**json.loads(manifest_of(contents, MADE)), "made": "2020-01-01T00:00:00+00:00"}).encode()
    assert faults(altered(bundle, MANIFEST, forged))[0].startswith("manifest.json or its signature was changed")


@pytest.mark.parametrize("junk", [b"", b"PK", b"x" * 100, b"PK\x05\x06" + bytes(18)])
def test_what_is_no_bundle_is_said_to_be_none(junk):
    assert faults(junk)


def test_a_compressed_bomb_is_not_unpacked():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr(MANIFEST, bytes(50_000_000))
    assert "is compressed" in faults(written.getvalue())[0]
