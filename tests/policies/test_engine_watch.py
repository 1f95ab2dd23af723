"""The pack's server ends with its engine, also with one that was killed and told it nothing."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from azure_hotpatch.policies.engine_watch import engine_address

PACK = Path(__file__).resolve().parents[2] / "policies"


@pytest.mark.parametrize(
    ("arguments", "address"),
    [
        (["127.0.0.1:34033", "."], ("127.0.0.1", 34033)),
        (["[::1]:34033", "."], ("::1", 34033)),
        (["localhost:80"], ("localhost", 80)),
        ([], None),
        (["."], None),
        (["/some/folder:5/x", "."], None),
    ],
)
def test_reads_where_the_engine_listens(arguments: list[str], address: tuple[str, int] | None) -> None:
    assert engine_address(arguments) == address


def test_the_server_stays_with_its_engine_and_ends_without_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as engine:
        command = [sys.executable, "-u", "-m", "pulumi.policy", f"127.0.0.1:{engine.getsockname()[1]}", "."]
        server = subprocess.Popen(command, cwd=PACK, stdout=subprocess.PIPE, text=True)
        assert server.stdout is not None
        assert server.stdout.readline().strip().isdigit()
        with pytest.raises(subprocess.TimeoutExpired):
            server.wait(timeout=3)
    try:
        assert server.wait(timeout=20) == 0
    finally:
        server.kill()
        server.stdout.close()
