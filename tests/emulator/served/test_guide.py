"""The commands of the guide to the emulated Azure, pasted into a shell beside a server."""

import json
import os
import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.docs import pasting
from tests.docs.blocks import BLOCKS
from tests.emulator.conftest import Served, clean_environment

CONSOLE = [block.text for block in BLOCKS if block.page == "emulated-azure" and block.language == "console"]
CONTAINER = next(block.text for block in BLOCKS if block.page == "emulated-azure" and "podman" in block.text)
PROMPT = re.compile(r"^\$ ", re.MULTILINE)
SERVE, POINT, ESTATE, BARE, EVENTS, FAULTS = CONSOLE
# In place of the Azure CLI, which asks an Azure: the answer that it would print.
AZ = """
az() { [ "$1 $2 $3" = "graph query -q" ] || return 2; cat rows.json; }
"""
ROW = {
    "id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop",
    "type": "microsoft.resources/subscriptions/resourcegroups",
    "location": "westeurope",
}


def paste(text: str, folder: Path, env: Mapping[str, str]) -> str:
    """What the commands print; `hotpatch` is that of these tests."""
    path = os.pathsep.join([str(Path(sys.executable).parent), env["PATH"]])
    return pasting.paste(text, folder, {**env, "PATH": path}, timeout=120)


def typed(block: str) -> str:
    """A block of commands alone, without their prompts."""
    return PROMPT.sub("", block)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, start_server) -> Served:
    return start_server(tmp_path_factory.mktemp("own"))


def test_serve_prints_what_is_shown(tmp_path: Path) -> None:
    first, *shown = SERVE.splitlines()
    assert first == "$ hotpatch azure serve"
    wait = f"until [ $(wc -l < said) -ge {len(shown)} ]; do sleep 0.2; done"
    command = f"{typed(first)} --port 0 --plain-port 0 --store store.sqlite > said & {wait}; kill %1; cat said"
    printed = paste(command, tmp_path, clean_environment(tmp_path)).splitlines()
    where = re.compile(r"localhost:\d+|\S+\.sqlite")
    assert [where.sub("…", line) for line in printed[: len(shown)]] == [where.sub("…", line) for line in shown]


def test_a_shell_is_pointed_here_and_back(own: Served, tmp_path: Path) -> None:
    there, back = typed(POINT).splitlines()
    ask = 'echo "${ARM_RESOURCE_MANAGER_ENDPOINT:-nowhere}"'
    printed = paste("\n".join([there, ask, back, ask]), tmp_path, own.environ)
    assert printed.splitlines() == [own.url, "nowhere"]


def test_an_estate_is_loaded_and_forgotten(own: Served, tmp_path: Path) -> None:
    (tmp_path / "rows.json").write_text(json.dumps({"data": [ROW]}))
    printed = paste(AZ + typed(ESTATE), tmp_path, own.environ).splitlines()
    assert printed[0] == "1 resource stored"
    assert printed[1].startswith("It is ")
    assert printed[2] == "The emulated Azure is empty."


def test_the_certificate_is_had_from_a_container_s_port(own: Served, tmp_path: Path) -> None:
    (line,) = (line for line in CONTAINER.splitlines() if line.startswith("curl"))
    assert "http://localhost:8442" in line
    paste(line.replace("http://localhost:8442", own.plain_url), tmp_path, own.environ)
    assert (tmp_path / "emulator-ca.pem").read_bytes() == own.authority.read_bytes()


def test_the_clock_the_events_and_the_faults_are_set(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    serve, *clock = typed(BARE).splitlines()
    assert serve.endswith(" &")
    wait = "until curl -fs -o /dev/null http://127.0.0.1:4599/emulator/clock; do sleep 0.2; done"
    lines = [serve.replace(" &", " --port 4599 2>/dev/null &"), wait, *clock, typed(EVENTS), typed(FAULTS), "kill %1"]
    text = "\n".join(lines).replace("4599", port).replace("curl -X", "curl -fsS -X")
    printed = paste(text, tmp_path, clean_environment(tmp_path))
    assert "2025-04-12" in printed
    assert "KB5200001" in printed
    assert "patch-fails" in printed
    assert (tmp_path / "2025.sqlite").is_file()
