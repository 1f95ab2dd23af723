"""How long a request without an answer is waited for, before it counts as lost."""

import pytest

from azure_hotpatch.operations.durable import notes
from azure_hotpatch.operations.durable.runtime import SETTLE_SECONDS, Pace, pace_of
from azure_hotpatch.operations.durable.wave_store import make, store_of


@pytest.mark.parametrize(
    ("endpoint", "is_here"),
    [
        ("https://management.azure.com", False),
        ("https://management.chinacloudapi.cn", False),
        ("https://localhost.example.org", False),
        ("https://azure.internal:8443", False),
        ("https://localhost:8443", True),
        ("http://127.0.0.1:8080", True),
        ("https://[::1]:8443", True),
    ],
)
def test_what_a_network_may_hold_back_is_waited_for_longer_than_it_is_kept(endpoint, is_here):
    assert (pace_of(endpoint, 15).settle < SETTLE_SECONDS) is is_here
    assert pace_of(endpoint, 15).poll == 15


def test_no_other_wave_looks_before_a_request_would_show(tmp_path, monkeypatch):
    """A claim is stale only when the machine would show whatever its holder had sent."""
    store = store_of(str(tmp_path / "waves.sqlite"), None)
    make(store)
    engine, now = notes.engine_of(store), 1_000_000.0
    monkeypatch.setattr(notes, "_now", lambda: now)
    assert notes.claim(engine, "m", "one/m", Pace().claim)
    now += SETTLE_SECONDS + 60
    assert not notes.claim(engine, "m", "two/m", Pace().claim)
    now += 61
    assert notes.claim(engine, "m", "two/m", Pace().claim)
    engine.dispose()
