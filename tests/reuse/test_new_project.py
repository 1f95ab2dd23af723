"""`pulumi new` makes a project of the user's own name, with what its owner needs, that comes up and stays."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from set_up.template import make_template

PASSWORD = "Elsewhere-9-Falcons"  # noqa: S105 - of a machine that is never made
FILES = {
    ".gitignore",
    "Pulumi.yaml",
    "README.md",
    "__main__.py",
    "requirements.txt",
    "stacks/Pulumi.dev.yaml",
    "stacks/settings.schema.json",
}


@pytest.fixture(scope="session")
def template(source: Path) -> Path:
    return make_template(source, "--no-build-isolation")


@pytest.fixture
def project(engine: Any, template: Path, uv: str, succeed: Callable[..., str], tmp_path: Path) -> Path:
    """The new project with its virtual environment, which comes first on PATH as it does once it is activated."""
    new = tmp_path / "shop"
    engine(["new", str(template), "--yes", "--generate-only", "--name", "shop", "--dir", str(new)], tmp_path)
    succeed(uv, "venv", "--quiet", "--seed", "--python", sys.executable, new / "venv", cwd=new)
    python = new / "venv/bin/python"
    succeed(uv, "pip", "install", "--quiet", "--python", python, "-r", "requirements.txt", cwd=new)
    engine.env["PATH"] = os.pathsep.join([str(python.parent), engine.env["PATH"]])
    engine("stack init dev", new)
    return new


def test_the_template_has_what_an_owner_needs_and_nothing_of_ours(template: Path) -> None:
    found = {path.relative_to(template).as_posix() for path in template.rglob("*") if path.is_file()}
    (wheel,) = found - FILES
    assert found == FILES | {wheel}
    assert wheel.startswith("toolkit/azure_hotpatch-")
    requirements = (template / "requirements.txt").read_text().splitlines()
    assert next(line for line in requirements if not line.startswith("#")) == f"./{wheel}"


@pytest.mark.usefixtures("wheel")
def test_a_new_project_comes_up_under_the_pack_and_stays(
    engine: Any, project: Path, succeed: Callable[..., str]
) -> None:
    missing = engine("preview --stack dev", project, check=False)
    assert missing.returncode != 0
    assert "missing configuration value 'adminPassword'" in missing.stderr

    engine("config set --secret adminPassword short --stack dev", project)
    refused = engine("preview --stack dev", project, check=False)
    assert refused.returncode != 0
    assert "admin_password" in refused.stdout
    assert "[secret]" in refused.stdout

    engine(f"config set --secret adminPassword {PASSWORD} --stack dev", project)
    pack = succeed(project / "venv/bin/hotpatch", "pack", cwd=project).strip()
    made = engine(f"up --yes --skip-preview --stack dev --policy-pack {pack}", project).stdout
    assert "+ 14 created" in made
    assert "✅ azure-hotpatch@" in made
    fleet = succeed(project / "venv/bin/hotpatch", "fleet", "--stack", "dev", cwd=project, env=dict(engine.env))
    assert [line.split()[0] for line in fleet.splitlines()] == ["MACHINE", "web-01", "web-02"]
    assert "14 unchanged" in engine("preview --stack dev", project).stdout
    assert PASSWORD not in (project / "stacks/Pulumi.dev.yaml").read_text()


def test_a_copy_of_the_repository_says_that_it_is_one_and_where_the_template_is(
    engine: Any, source: Path, tmp_path: Path
) -> None:
    """Pulumi copies all of a folder that has a project file, so that the text at the end is all that can be done."""
    clone, copy = tmp_path / "clone", tmp_path / "copy"
    copytree(source, clone, ignore=_links)  # a build of the wheel may have left some, which no clone has
    made = engine(["new", str(clone), "--yes", "--generate-only", "--name", "copy", "--dir", str(copy)], tmp_path)
    assert (copy / "emulator").is_dir()
    assert "copy of the whole toolkit" in made.stdout
    assert "python3 -m set_up.template" in made.stdout
    assert "\ntemplate:" not in (copy / "Pulumi.yaml").read_text()


def _links(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if (Path(folder) / name).is_symlink()]
