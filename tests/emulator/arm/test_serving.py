"""The emulator as a program that is served."""

import re
import signal
import subprocess
import sys

import httpx
import pytest


@pytest.fixture
def served(tmp_path):
    command = [
        sys.executable,
        "-m",
        "azure_hotpatch.emulator.arm",
        "--store",
        str(tmp_path / "a.sqlite"),
        "--port",
        "0",
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def test_says_where_it_listens_and_stops_when_it_is_told(served):
    line = next(line for line in served.stderr if "running on" in line)
    url = re.search(r"http://127\.0\.0\.1:[1-9]\d*", line)[0]
    assert "Microsoft.Compute/virtualMachines" in httpx.get(f"{url}/emulator/types").json()["value"]
    served.send_signal(signal.SIGINT)
    assert "Traceback" not in served.stderr.read()
    assert served.wait(10) in {0, -signal.SIGINT}
