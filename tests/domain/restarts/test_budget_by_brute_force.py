"""The restart budget's judgement beside one that walks every day and tries every set of months.

`python bench/restart_budget.py` compares 2,000 stacks.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[3] / "bench" / "restart_budget.py"


@pytest.mark.slow
def test_agrees_with_brute_force_on_random_stacks() -> None:
    done = subprocess.run([sys.executable, BENCH, "100"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert found["differences"] == []
    assert 50 < found["broken"] < 100
