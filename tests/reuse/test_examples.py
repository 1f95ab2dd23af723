"""The examples run for real, with the wheel alone: in Python, and in YAML through the package that the wheel brings."""

import os
import re
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

import azure_hotpatch

REPOSITORY = Path(__file__).resolve().parents[2]
EXAMPLES = REPOSITORY / "examples"
GUIDE = (REPOSITORY / "docs/guides/use-a-component.md").read_text(encoding="utf-8")
PASSWORD = "Elsewhere-9-Falcons"  # noqa: S105 - of a machine that is never made
Example = Callable[[str], Path]


@pytest.fixture
def example(engine: Any, installed: Path, tmp_path: Path) -> Example:
    """`example("yaml")` is a copy of that example with a stack; `python` is the one of the wheel's environment."""
    path = os.pathsep.join([str(installed.parent), engine.env["PATH"]])

    def stack(name: str) -> Path:
        folder = copytree(EXAMPLES / name, tmp_path / name)
        engine("stack init dev", folder)
        engine(f"config set --secret adminPassword {PASSWORD}", folder)
        return folder

    engine.env["PATH"] = path
    return stack


@pytest.fixture
def package(engine: Any, installed: Path, tmp_path: Path) -> None:
    """The components as a plugin, installed as docs/guides/use-a-component.md says."""
    plugin = installed.with_name("pulumi-resource-azure-hotpatch")
    version = azure_hotpatch.__version__
    engine(["plugin", "install", "resource", "azure-hotpatch", version, "--file", str(plugin), "--reinstall"], tmp_path)


def test_the_python_example_comes_up_stays_and_goes(engine: Any, example: Example) -> None:
    _comes_up_stays_and_goes(engine, example("python"))


@pytest.mark.usefixtures("package", "yaml_engine")
def test_the_yaml_example_comes_up_stays_and_goes(engine: Any, example: Example) -> None:
    _comes_up_stays_and_goes(engine, example("yaml"))


@pytest.mark.usefixtures("package", "yaml_engine")
def test_the_lines_of_the_guide_add_the_package(engine: Any, example: Example) -> None:
    folder = example("yaml")
    (lines,) = re.findall(r"```sh\n(pulumi .*?)```", GUIDE, re.DOTALL)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", f"{lines}\npulumi preview --stack dev"],
        cwd=folder,
        env=engine.env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (folder / "sdks/azure-hotpatch").is_dir()
    assert "azure-hotpatch: azure-hotpatch@" in (folder / "Pulumi.yaml").read_text()
    assert "+ 11 to create" in done.stdout


@pytest.mark.usefixtures("package", "yaml_engine")
def test_refused_arguments_are_told_in_the_words_of_yaml(engine: Any, example: Example) -> None:
    folder = example("yaml")
    program = folder / "Pulumi.yaml"
    wrong = program.read_text().replace("image: 2022-core", "image: 2022-datacenter").replace("256", "20.5")
    program.write_text(wrong)
    done = engine("preview --stack dev", folder, check=False)
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert "HotpatchVirtualMachine 'web': 2 arguments are wrong:" in said
    assert "SKU '2022-datacenter' is not hotpatchable" in said
    assert "osDiskSizeGb: is not an integer\n          value: 20.5" in said
    assert [word for word in ("Traceback", ".py", PASSWORD) if word in said] == []


@pytest.mark.usefixtures("package", "yaml_engine")
def test_a_refused_secret_is_told_without_its_value(engine: Any, example: Example) -> None:
    folder = example("yaml")
    engine("config set --secret adminPassword hunter2 --stack dev", folder)
    done = engine("preview --stack dev", folder, check=False)
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert "adminPassword: has fewer than 8 or more than 123 characters\n          value: [secret]" in said
    assert [word for word in ("Traceback", "<class", ".py", "hunter2") if word in said] == []


@pytest.mark.usefixtures("package", "yaml_engine")
def test_a_change_of_the_image_is_refused_at_preview_through_the_package(engine: Any, example: Example) -> None:
    folder = example("yaml")
    engine("up --yes --skip-preview --stack dev", folder)
    program = folder / "Pulumi.yaml"
    program.write_text(program.read_text().replace("image: 2022-core", "image: 2022-hotpatch"))
    done = engine("preview --stack dev", folder, check=False)
    assert done.returncode != 0
    assert "web-vm: Azure fixes these values when the resource is made" in done.stdout + done.stderr

    program.write_text(
        program.read_text().replace("osDiskSizeGb: 256", "osDiskSizeGb: 256\n      replaceOnChange: true")
    )
    disks = program.read_text().replace("- sizeGb: 64", "- sizeGb: 64\n          separate: true")
    program.write_text(disks)
    assert "+-1 to replace" in engine("preview --stack dev", folder).stdout


def _comes_up_stays_and_goes(engine: Any, folder: Path) -> None:
    first = engine("up --yes --skip-preview --stack dev", folder)
    state = engine("stack export --stack dev", folder).stdout
    engine("up --yes --skip-preview --expect-no-changes --stack dev", folder)
    last = engine("destroy --yes --skip-preview --stack dev", folder)
    assert "11 created" in first.stdout
    assert [size for size in (256, 64) if f'"diskSizeGB": {size}' not in state] == []
    assert _resources_in(engine.store) == []
    assert PASSWORD not in first.stdout + last.stdout
    assert _files_with(PASSWORD, engine.state.parent) == []  # the emulator's store is among them


def _resources_in(store: Path) -> list[str]:
    with sqlite3.connect(store) as database:
        return [path for (path,) in database.execute("select id from resources")]


def _files_with(word: str, folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and word.encode() in file.read_bytes()]
