"""What a test asks the emulator itself: what it holds, what it can do, what time it is."""

from datetime import datetime, timedelta

import pytest


def test_lists_what_is_stored(arm, group, nic):
    assert arm.stored()[0] == group
    assert nic in arm.stored()
    found = arm.get("/emulator/resources").json()["value"]
    assert {"id": group, "type": "Microsoft.Resources/resourceGroups", "state": "Succeeded"} in found


def test_lists_the_types_that_are_emulated(arm):
    assert "Microsoft.Compute/virtualMachines" in arm.get("/emulator/types").json()["value"]


@pytest.mark.parametrize(("move", "by"), [({"days": 2}, 48), ({"hours": 3, "minutes": 30}, 3.5)])
def test_moves_the_clock_on(arm, move, by):
    before = datetime.fromisoformat(arm.get("/emulator/clock").json()["now"])
    after = datetime.fromisoformat(arm.post("/emulator/clock", move).json()["now"])
    assert timedelta(hours=by) <= after - before < timedelta(hours=by, minutes=1)


def test_moves_the_clock_to_a_moment(arm):
    assert arm.post("/emulator/clock", {"now": "2051-05-05T05:05:05Z"}).json()["now"].startswith("2051-05-05T05:05:05")


@pytest.mark.parametrize(
    ("move", "code"),
    [
        ({"now": "2001-01-01T00:00:00Z"}, "ClockMovesForward"),
        ({"now": "tomorrow"}, "InvalidTime"),
        ({"weeks": 1}, "InvalidTime"),
        ({}, "InvalidTime"),
        ({"days": "1"}, "InvalidTime"),
    ],
)
def test_refuses_a_time_that_is_none_or_lies_behind(arm, move, code):
    answer = arm.post("/emulator/clock", move)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)
