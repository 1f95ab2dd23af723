"""The year 2022 with its three unplanned baselines, against a diary written by hand from Microsoft's calendar."""

from datetime import UTC, datetime

import pytest

HOTPATCH = [
    ("2022-01", True, "20348.469"),
    ("2022-02", False, "20348.525"),
    ("2022-03", False, "20348.587"),
    ("2022-04", True, "20348.643"),
    ("2022-05", True, "20348.707"),  # unplanned
    ("2022-06", False, "20348.770"),
    ("2022-07", True, "20348.825"),
    ("2022-08", True, "20348.887"),  # unplanned
    ("2022-09", False, "20348.916"),
    ("2022-10", True, "20348.1129"),
    ("2022-11", False, "20348.1251"),
    ("2022-12", True, "20348.1366"),  # unplanned
]
CUMULATIVE = [
    ("2022-01", True, "20348.469"),
    ("2022-02", True, "20348.524"),
    ("2022-03", True, "20348.587"),
    ("2022-04", True, "20348.643"),
    ("2022-05", True, "20348.707"),
    ("2022-06", True, "20348.768"),
    ("2022-07", True, "20348.825"),
    ("2022-08", True, "20348.887"),
    ("2022-09", True, "20348.1006"),
    ("2022-10", True, "20348.1129"),
    ("2022-11", True, "20348.1249"),
    ("2022-12", True, "20348.1366"),
]


@pytest.fixture
def start():
    return datetime(2022, 1, 13, tzinfo=UTC)  # two days after a baseline, on a machine from the one before


def test_the_machines_live_as_the_calendar_says(fleet):
    fleet.make("hot", version="20348.288.211012")
    fleet.make("plain", mode="azure-managed", version="20348.288.211012")
    fleet.to("2023-01-05T00:00:00")
    found = {
        name: [(day[:7], restarted, build) for day, restarted, build in runs] for name, runs in fleet.history().items()
    }
    assert found == {"hot": HOTPATCH, "plain": CUMULATIVE}
    assert sum(restarted for _, restarted, _ in found["hot"]) == 7
