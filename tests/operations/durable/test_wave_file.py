"""A file of another program is no store of waves, and stays as it is."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from azure_hotpatch.operations.durable.wave_store import WaveStoreError, exists, make, store_of


@pytest.mark.parametrize("content", [b"1", b"{}", b'{"version":1}\n', b"PK\x03\x04" + bytes(2000)])
def test_a_file_that_is_no_database_is_refused_and_left_alone(content: bytes, tmp_path: Path) -> None:
    """SQLite takes a file of one byte for an empty database."""
    path = tmp_path / "journal.jsonl"
    path.write_bytes(content)
    with pytest.raises(WaveStoreError, match=r"journal\.jsonl: it is not a store of waves; give the path of another"):
        store_of(str(path), None)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "azure.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE resources (id TEXT)")
    with pytest.raises(WaveStoreError, match="a database of another program"):
        store_of(str(path), None)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WaveStoreError, match="it is a folder; give the path of a file"):
        store_of(str(tmp_path), None)


def test_a_store_that_was_made_is_taken_again(tmp_path: Path) -> None:
    path = tmp_path / "waves.sqlite"
    make(store_of(str(path), None))
    assert exists(store_of(str(path), None))


def test_nothing_was_begun_with_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "waves.sqlite"
    path.touch()
    assert not exists(store_of(str(path), None))
