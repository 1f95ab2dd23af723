"""What a served emulator is given to begin with: a time, an event file, limits, a Resource Graph that is behind."""

import json
import ssl

import httpx
import pytest

EVENTS = {"faults": [{"kb": "KB5200001", "outcome": "fails"}]}


def test_begins_as_it_was_told(tmp_path, start_server):
    file = tmp_path / "events.json"
    file.write_text(json.dumps(EVENTS))
    options = ("--start", "2025-01-12", "--events", str(file), "--throttling", "--graph-delay", "30")
    served = start_server(tmp_path, *options)
    trusted = ssl.create_default_context(cafile=served.authority)
    with httpx.Client(base_url=f"{served.url}/emulator/", verify=trusted) as client:
        found = {name: client.get(name).json() for name in ("clock", "events", "throttling", "graph")}
    assert found.pop("clock")["now"].startswith("2025-01-12T00:")
    assert found == {
        "events": EVENTS,
        "throttling": {"enabled": True},
        "graph": {"enforceQuota": False, "delaySeconds": 30},
    }


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--start", "soon"), "'soon' is not a time; write it as 2025-01-12 or 2025-01-12T08:00:00Z"),
        (("--events", "absent.json"), "absent.json: No such file or directory"),
        (("--events", "/dev/null"), "/dev/null: it is not JSON"),
    ],
)
def test_refuses_in_one_line(served, arguments, words):
    ran = served.hotpatch("azure", "serve", "--store", ":memory:", "--port", "0", "--plain-port", "0", *arguments)
    assert ran.returncode == 3
    assert words in ran.stderr
    assert ran.stderr.count("\n") == 1
