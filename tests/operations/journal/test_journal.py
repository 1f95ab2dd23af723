"""The journal: entries are chained, added whole or not at all, and changed by nobody unseen."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from azure_hotpatch.operations.journal.chain import START, BrokenChainError, digest
from azure_hotpatch.operations.journal.file import VARIABLE, Journal, default_path

NOW = datetime(2026, 11, 29, 14, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path):
    return Journal(tmp_path / "data" / "journal.jsonl")


@pytest.fixture
def lines(journal):
    """The lines of a journal of three entries."""
    journal.add("note", [{"n": 1}, {"n": 2}], NOW)
    journal.add("note", [{"n": 3}], NOW)
    return journal.path.read_bytes().splitlines()


def test_each_entry_has_the_hash_of_the_line_before_it(lines):
    found = [json.loads(line) for line in lines]
    assert [one["previous"] for one in found] == [START, digest(lines[0]), digest(lines[1])]
    assert [(one["number"], one["body"]) for one in found] == [(1, {"n": 1}), (2, {"n": 2}), (3, {"n": 3})]


def test_the_head_is_the_hash_of_the_last_line(journal, lines):
    assert journal.head() == digest(lines[-1])


def test_a_journal_that_is_not_there_is_empty(journal):
    assert list(journal.read()) == []
    assert journal.head() == START
    assert journal.add("note", []) == 0
    assert not journal.path.exists()


def test_only_its_owner_may_read_it(journal, lines):
    assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(journal.path.parent.stat().st_mode) == 0o700
    assert len(lines) == 3


def test_a_changed_byte_is_named(journal, lines):
    for number in range(len(lines) - 1):
        changed = [line.replace(b'"n":', b'"m":') if at == number else line for at, line in enumerate(lines)]
        journal.path.write_bytes(b"\n".join(changed) + b"\n")
        with pytest.raises(BrokenChainError, match=f"line {number + 2} does not follow line {number + 1}"):
            list(journal.read())


@pytest.mark.parametrize("gone", [0, 1])
def test_a_removed_line_is_named(journal, lines, gone):
    journal.path.write_bytes(b"".join(line + b"\n" for at, line in enumerate(lines) if at != gone))
    with pytest.raises(BrokenChainError, match=f"line {gone + 1} does not follow"):
        list(journal.read())


def test_what_is_no_entry_is_named(journal, lines):
    journal.path.write_bytes(lines[0] + b"\nnonsense\n")
    with pytest.raises(BrokenChainError, match="line 2 is no entry"):
        list(journal.read())


@pytest.mark.parametrize("content", [b'{"machines": []}', b"-----BEGIN OPENSSH PRIVATE KEY-----", b"x"])
def test_the_file_of_another_program_is_left_alone(journal, content):
    journal.path.parent.mkdir(parents=True, exist_ok=True)
    journal.path.write_bytes(content)
    with pytest.raises(BrokenChainError, match="no entry of a journal"):
        journal.add("note", [{"n": 1}], NOW)
    assert journal.path.read_bytes() == content


@pytest.mark.parametrize("killed_after", [1, 5, 17, 40])
def test_an_entry_that_was_hardly_begun_is_cut_off(journal, lines, killed_after):
    journal.path.write_bytes(lines[0] + b"\n" + lines[1][:killed_after] + bytes(40 - killed_after))
    journal.add("note", [{"n": 2}], NOW)
    assert [one.body for one in journal.read()] == [{"n": 1}, {"n": 2}]


@pytest.mark.usefixtures("lines")
def test_an_unfinished_line_is_cut_off(journal):
    with journal.path.open("ab") as file:
        file.write(b'{"version":1,"num')  # killed in the middle
    assert len(list(journal.read())) == 3
    journal.add("note", [{"n": 4}], NOW)
    assert [one.body for one in journal.read()] == [{"n": number} for number in (1, 2, 3, 4)]


def test_writers_at_the_same_time_do_not_mix(journal):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: Journal(journal.path).add("note", [{"n": number}] * 5), range(20)))
    assert len(list(journal.read())) == 100


def test_lies_in_the_data_folder_of_the_user(tmp_path):
    assert default_path({"XDG_DATA_HOME": str(tmp_path)}, "linux") == tmp_path / "azure-hotpatch/journal.jsonl"
    assert default_path({VARIABLE: "/x/j.jsonl"}, "linux").as_posix() == "/x/j.jsonl"
    assert default_path({"XDG_DATA_HOME": "relative"}, "linux").parts[-4:-2] == (".local", "share")
