"""One operator at a time decides: in a file and in a database, and one that is killed gives the turn back."""

import subprocess
import sys
import threading
import time

import pytest

from azure_hotpatch.operations.durable.notes import engine_of
from azure_hotpatch.operations.durable.turn import turn
from azure_hotpatch.operations.durable.wave_store import WaveStoreError, make, store_of
from azure_hotpatch.operations.durable.worker import prepare

# Takes the turn, says so, and keeps it.
HOLDER = """
import sys, time
from azure_hotpatch.operations.durable.notes import engine_of
from azure_hotpatch.operations.durable.turn import turn
from azure_hotpatch.operations.durable.wave_store import store_of
engine = engine_of(store_of(*[word or None for word in sys.argv[1:3]]))
with turn(engine):
    print("mine", flush=True)
    time.sleep(60)
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    """The file and the address of a store, of which one is empty."""
    if request.param == "sqlite":
        store = store_of(str(tmp_path / "waves.sqlite"), None)
        make(store)
        prepare(store)
        return str(tmp_path / "waves.sqlite"), ""
    url = request.getfixturevalue("postgresql")
    prepare(store_of(None, url))
    return "", url


@pytest.fixture
def engine(place):
    found = engine_of(store_of(*[word or None for word in place]))
    yield found
    found.dispose()


def test_the_second_waits_until_the_first_is_done(engine):
    order = []

    def second():
        with turn(engine):
            order.append("second")

    thread = threading.Thread(target=second)
    with turn(engine):
        thread.start()
        time.sleep(0.3)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]


def test_who_is_killed_gives_the_turn_back(place, engine):
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, *place], stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "mine\n"
    told = "another operator decides about a wave of this store at this moment"
    with pytest.raises(WaveStoreError, match=told), turn(engine, seconds=0.2):
        pass
    holder.kill()
    holder.communicate()
    with turn(engine, seconds=10):
        pass
