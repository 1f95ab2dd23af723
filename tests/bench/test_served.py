"""The measurement of the served emulator runs, and says what it found."""

import json
import subprocess
import sys

import pytest

from bench.__main__ import FOLDER


@pytest.mark.slow
def test_says_how_many_requests_were_answered_and_how_quickly() -> None:
    command = [sys.executable, FOLDER / "served.py", "0.5"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    found = json.loads(done.stdout)
    for method in ("GET", "PUT"):
        measured = found[method]
        assert measured["requests"] > 1
        assert 0 < measured["p50 ms"] <= measured["p90 ms"] <= measured["p99 ms"] <= measured["p99.9 ms"]
        assert measured["a second of a whole core"] > 0
