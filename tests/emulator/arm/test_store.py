"""The store: one for several processes, that survives a killed one, and that says in one line why it cannot be used."""

import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from azure_hotpatch.emulator.arm.database import store_file
from azure_hotpatch.emulator.arm.database.store import Store
from azure_hotpatch.emulator.arm.database.store_file import StoreError

WRITER = """
import sys
from azure_hotpatch.emulator.arm.database.store import Store
from azure_hotpatch.emulator.arm.database.stored import Resource
store = Store(sys.argv[1])
for number in range(int(sys.argv[2])):
    with store.transaction() as tx:
        for name in ("a", "b"):
            tx.save(Resource(f"/subscriptions/s/{sys.argv[3]}/{name}{number}", "x/y", {"number": number}))
    if number == 5:
        print("writing", flush=True)
"""


def _writer(store, count, who):
    command = [sys.executable, "-c", WRITER, str(store), str(count), who]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_a_killed_process_leaves_a_store_that_opens_with_whole_transactions(tmp_path):
    path = tmp_path / "azure.sqlite"
    for turn in range(5):
        with _writer(path, 10**9, f"turn{turn}") as process:
            assert process.stdout.readline() == "writing\n"
            time.sleep(0.05 * turn)
            process.send_signal(signal.SIGKILL)
        store = Store(path)
        with store.transaction() as tx:
            found = tx.within(f"/subscriptions/s/turn{turn}")
        store.close()
        assert len(found) >= 10
        assert len(found) % 2 == 0
    assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_two_processes_write_at_the_same_time(tmp_path):
    path = tmp_path / "azure.sqlite"
    running = [_writer(path, 200, who) for who in ("one", "two")]
    for process in running:
        process.communicate(timeout=60)
        assert process.returncode == 0
    store = Store(path)
    with store.transaction() as tx:
        assert len(tx.within("/subscriptions/s")) == 800
    store.close()


def _not_sqlite(path):
    path.write_text("no store, but somebody's notes\n" * 100)


def _another_program(path):
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")


def _older(path):
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE resources (id TEXT PRIMARY KEY, body TEXT)")


def _folder(path):
    path.mkdir()


def _cut_short(path):
    Store(path).close()
    path.write_bytes(path.read_bytes()[:5000])


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_not_sqlite, "it is not a store of the emulator"),
        (_another_program, "it is a database of another program"),
        (_older, "it was written by another version of the emulator (its tables resources differ)"),
        (_folder, "it is a folder"),
        (_cut_short, "it is not a store of the emulator, or is damaged"),
    ],
)
def test_says_in_one_line_why_a_file_is_no_store_and_leaves_it_as_it_was(tmp_path, spoil, words):
    path = tmp_path / "azure.sqlite"
    spoil(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StoreError) as refused:
        Store(path)
    assert str(path) in str(refused.value)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)
    assert before is None or path.read_bytes() == before


def test_says_that_a_folder_is_missing(tmp_path):
    with pytest.raises(StoreError, match="there is no folder"):
        Store(tmp_path / "absent" / "azure.sqlite")


def test_says_that_a_file_cannot_be_written(tmp_path):
    path = tmp_path / "azure.sqlite"
    Store(path).close()
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    with pytest.raises(sqlite3.OperationalError) as error:
        connection.execute("DELETE FROM clock")
    connection.close()
    words = str(store_file.explained(path, error.value))
    assert f"{path}: it cannot be written" in words


def test_makes_the_tables_that_an_older_store_lacks(tmp_path):
    path = tmp_path / "azure.sqlite"
    Store(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE clock")
    store = Store(path)
    with store.transaction() as tx:
        assert tx.now()
    store.close()


def test_a_store_that_fails_later_is_answered_with_its_path(arm, group, tmp_path):
    with sqlite3.connect(tmp_path / "azure.sqlite") as connection:
        connection.execute("DROP TABLE uses")
    answer = arm.put(f"{group}x", {"location": "westeurope"})
    assert answer.status_code == 503
    assert answer.json()["error"]["code"] == "StoreUnavailable"
    assert str(tmp_path / "azure.sqlite") in answer.json()["error"]["message"]
