"""An emulator that is started in the past, with events to come and with limits."""

import asyncio
import json
import sys

import httpx
import pytest

from azure_hotpatch.emulator.arm import __main__ as program


@pytest.fixture
def started(monkeypatch, tmp_path):
    """Start the program with arguments, on one store; gives what it would serve."""

    def start(*arguments):
        served = []
        monkeypatch.setattr(program.uvicorn, "run", lambda app, **_options: served.append(app))
        monkeypatch.setattr(sys, "argv", ["emulator", "--store", str(tmp_path / "azure.sqlite"), *arguments])
        program.main()
        return served[0]

    return start


def get(app, path):
    async def ask():
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://localhost") as client:
            return await client.get(path)

    return asyncio.run(ask()).json()


def put_group(app):
    async def ask():
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://localhost") as client:
            path = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/fleet?api-version=2023-07-01"
            return await client.put(path, json={"location": "westeurope"})

    assert asyncio.run(ask()).status_code == 201


def test_a_new_store_starts_when_it_is_told_and_keeps_its_time_afterwards(started):
    app = started("--start", "2025-01-12")
    assert get(app, "/emulator/clock")["now"].startswith("2025-01-12T00:00:0")
    put_group(app)
    assert get(started("--start", "2022-02-01"), "/emulator/clock")["now"].startswith("2025-01-12T00:0")


def test_takes_an_event_file_and_limits(started, tmp_path):
    fault = {"faults": [{"kb": "KB5049983", "outcome": "fails"}]}
    (tmp_path / "events.json").write_text(json.dumps(fault), encoding="utf-8")
    app = started("--events", str(tmp_path / "events.json"), "--throttling")
    assert get(app, "/emulator/events") == fault
    assert get(app, "/emulator/throttling") == {"enabled": True}
    assert get(started(), "/emulator/throttling") == {"enabled": True}  # the store has it


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--start", "tomorrow"], "'tomorrow' is not a time; write it as 2025-01-12 or 2025-01-12T08:00:00Z"),
        (["--events", "nowhere.json"], "nowhere.json: No such file or directory"),
        (["--events", "text.json"], "text.json: it is not JSON"),
        (["--events", "wrong.json"], "wrong.json: The event file cannot be used: 'fault' is not one of"),
    ],
)
def test_says_what_is_wrong_with_an_argument(started, tmp_path, monkeypatch, capsys, arguments, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "text.json").write_text("faults: none", encoding="utf-8")
    (tmp_path / "wrong.json").write_text('{"fault": []}', encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        started(*arguments)
    assert ended.value.code == 2
    assert words in capsys.readouterr().err
