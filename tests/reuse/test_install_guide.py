"""The commands of the page on installing, upgrading and leaving, pasted where they are meant for."""

import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path
from shutil import copy2, copytree
from typing import Any

import pytest

from set_up.template import make_template
from tests.docs import pasting
from tests.docs.blocks import BLOCKS

INSTALL, UPGRADE, LEAVE = (block.text for block in BLOCKS if block.page == "install")
PASSWORD = "Elsewhere-9-Falcons"  # noqa: S105 - of a machine that is never made
NEWER = "98.7.6"
PIP = "~/hotpatch/bin/pip install"
paste = partial(pasting.paste, timeout=500)


@pytest.mark.slow
def test_the_command_is_installed_beside_nothing_else(uv: str, wheel: Path, tmp_path: Path) -> None:
    """`make wheel` has its own test; here the wheel is there. The home is the test's own, and uv is a faster pip."""
    first, *others = INSTALL.splitlines()
    assert first == "make wheel"
    (tmp_path / "dist").mkdir()
    (tmp_path / "home").mkdir()
    copy2(wheel, tmp_path / "dist")
    lines = "\n".join(others).replace(PIP, f"{uv} pip install --quiet --python ~/hotpatch/bin/python")
    assert PIP not in lines
    printed = paste(lines, tmp_path, {**os.environ, "HOME": str(tmp_path / "home")})
    assert re.fullmatch(r"hotpatch \d+\.\d+\.\d+", printed.strip())
    extra = [tmp_path / "home/hotpatch/bin/python", "-c", "import dbos, azure.mgmt.resourcegraph"]
    subprocess.run(extra, check=True)


@pytest.fixture
def newer(source: Path, tmp_path: Path) -> Path:
    """A checkout of a later version, with its template, where the page has it: beside the project."""
    checkout = tmp_path / "azure-hotpatch"
    copytree(source, checkout, symlinks=True)
    version = checkout / "src/azure_hotpatch/__init__.py"
    text = version.read_text()
    assert text.count('__version__ = "') == 1
    version.write_text(re.sub(r'__version__ = ".*"', f'__version__ = "{NEWER}"', text))
    make_template(checkout, "--no-build-isolation")
    return checkout


@pytest.mark.slow
@pytest.mark.usefixtures("newer")
def test_a_project_is_upgraded_and_left(engine: Any, uv: str, source: Path, tmp_path: Path) -> None:
    """uv in place of pip, which `pulumi install` calls, and which takes ten times as long."""
    made = f"{uv} venv --quiet --seed --python {sys.executable} venv"
    install = f"{made}\n{uv} pip install --quiet --python venv/bin/python -r requirements.txt"
    project = tmp_path / "fleet"
    template = make_template(source, "--no-build-isolation")
    engine(["new", str(template), "--yes", "--generate-only", "--name", "fleet", "--dir", str(project)], tmp_path)
    paste(install, project, engine.env)
    engine.env["PATH"] = os.pathsep.join([str(project / "venv/bin"), engine.env["PATH"]])
    engine("stack init dev", project)
    engine(f"config set --secret adminPassword {PASSWORD} --stack dev", project)
    engine("up --yes --skip-preview --stack dev", project)

    assert UPGRADE.count("\npulumi install\n") == 1
    upgraded = paste(UPGRADE.replace("pulumi install", install) + "hotpatch --version\n", project, engine.env)
    assert "14 unchanged" in upgraded
    assert upgraded.endswith(f"hotpatch {NEWER}\n")

    paste(LEAVE, project, engine.env)
    assert "compute:VirtualMachine" in (project / "fleet-dev.json").read_text()
    assert (project / "stacks/Pulumi.dev.yaml").is_file()
    assert engine("stack ls --json", project).stdout.strip() == "[]"
