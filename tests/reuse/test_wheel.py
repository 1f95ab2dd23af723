"""The wheel is whole: nothing is missing in it, and a program elsewhere imports it and type-checks against it."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from zipfile import ZipFile

import pytest

from set_up import checks
from set_up.layout import CHECKOUT, Layout

REPOSITORY = Path(__file__).resolve().parents[2]
Run = Callable[..., str]


def test_the_wheel_holds_every_file_of_its_packages(wheel: Path) -> None:
    names = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    code = {
        f"azure_hotpatch/{file.relative_to(REPOSITORY).as_posix()}"
        for init in REPOSITORY.glob("*/__init__.py")
        if init.parent.name != "set_up"
        for file in init.parent.rglob("*")
        if file.suffix in {".py", ".json", ".yaml", ".j2"}
    }
    pages = {f"azure_hotpatch/pages/{page.name}" for page in (REPOSITORY / "docs/rules").glob("*.md")}
    assert names == {"azure_hotpatch/__init__.py", "azure_hotpatch/py.typed"} | code | pages


@pytest.mark.slow
def test_make_wheel_prints_where_it_lies_and_nothing_else(
    source: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Of the build's own words, some three thousand lines, nothing is worth reading where it succeeds."""
    checkout = Layout(tmp_path / "checkout")
    copytree(source, checkout.root, symlinks=True)
    checkout.made.mkdir()
    (checkout.made / "venv").symlink_to(CHECKOUT.venv)
    assert checks.wheel(checkout, ()) == 0
    (built,) = (checkout.root / "dist").glob("*.whl")
    assert capfd.readouterr() == (f"dist/{built.name}\n", "")


def test_nothing_but_azure_hotpatch_is_installed_at_the_top(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"azure_hotpatch"}


def test_a_program_elsewhere_imports_every_component(succeed: Run, installed: Path, tmp_path: Path) -> None:
    program = (
        "from azure_hotpatch.components import *\n"
        "import azure_hotpatch.components as components, pathlib\n"
        "assert set(components.__all__) <= set(globals()), set(components.__all__) - set(globals())\n"
        "print(pathlib.Path(components.__file__).parent)\n"
    )
    place = succeed(installed, "-I", "-c", program, cwd=tmp_path).strip()
    assert Path(place).is_relative_to(installed.parents[1])


def test_the_guests_scripts_are_rendered_from_the_wheel(succeed: Run, installed: Path, tmp_path: Path) -> None:
    module = "azure_hotpatch.components.azure_local_virtual_machine.guest_scripts"
    program = f"from {module} import enable_hotpatch_script as script; print(script())"
    assert "HotPatchTableSize" in succeed(installed, "-I", "-c", program, cwd=tmp_path)


@pytest.mark.parametrize("module", ["pulumi_policy", "starlette", "httpx", "dbos", "azure"])
def test_the_components_bring_nothing_of_the_other_parts(
    succeed: Run, installed: Path, tmp_path: Path, module: str
) -> None:
    found = succeed(installed, "-I", "-c", f"import importlib.util as u; print(u.find_spec({module!r}))", cwd=tmp_path)
    assert found.strip() == "None"


PROGRAM = """
import pulumi
from azure_hotpatch.components import HotpatchGuardrails, HotpatchNetwork, HotpatchVirtualMachine

network = HotpatchNetwork("network", {"resource_group_name": "group"})
machine = HotpatchVirtualMachine(
    "web",
    {
        "resource_group_name": "group",
        "image": "2022-core",
        "subnet_id": network.subnet_id,
        "admin_password": pulumi.Config().require_secret("adminPassword"),
    },
)
address: pulumi.Output[str] = machine.private_ip_address
HotpatchGuardrails("line", {"scope": 22})
"""
# The types of azure-native take a minute and a half to read, and no argument of a component has one of them.
SETTINGS = """
[mypy]
strict = true
[mypy-pulumi_azure_native.*]
follow_imports = skip
"""


def test_a_program_elsewhere_type_checks_against_the_wheel_but_for_its_wrong_argument(
    installed: Path, tmp_path: Path
) -> None:
    (tmp_path / "program.py").write_text(PROGRAM)
    (tmp_path / "mypy.ini").write_text(SETTINGS)
    command = [sys.executable, "-m", "mypy", "--no-incremental", "--python-executable", str(installed), "program.py"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    assert 'program.py:16: error: Incompatible types (expression has type "int", TypedDict item "scope"' in said
    assert said.count("error:") == 1, said
