"""The list of commands imports none of them, and says of each what the command says of itself."""

import subprocess
import sys

import pytest

from azure_hotpatch.cli.__main__ import COMMANDS
from azure_hotpatch.cli.commands.azure import group
from azure_hotpatch.cli.loading import described, loaded

HEAVY = ("pydantic", "pulumi", "azure.", "dbos", "starlette", "rich.table", "jinja2", "azure_hotpatch.domain.rules")
EVERY = {**COMMANDS, **{f"azure {name}": place for name, place in group.COMMANDS.items()}}


@pytest.mark.parametrize("name", EVERY)
def test_a_command_is_described_as_it_describes_itself(name: str) -> None:
    place = EVERY[name]
    assert described(place)
    assert loaded(name, place).help == described(place)


def test_the_list_of_commands_imports_none_of_them() -> None:
    # Heavy ones, each of which takes longer to import than the list may take.
    program = (
        "import sys\n"
        "from azure_hotpatch.cli.__main__ import run\n"
        "run(['--help'])\n"
        f"print('loaded:', *(name for name in sys.modules if name.startswith({HEAVY})))\n"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert all(f"  {name} " in shown for name in COMMANDS)
    assert shown.splitlines()[-1] == "loaded:"
