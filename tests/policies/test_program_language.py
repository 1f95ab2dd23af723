"""The pack spells a property as the program does whose language its project file says."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pulumi.runtime.proto import analyzer_pb2

from azure_hotpatch.policies.analyzer import Analyzer
from azure_hotpatch.policies.program_language import language_of_project
from azure_hotpatch.policies.spelling import Language
from tests.policies.conftest import struct, urn
from tests.policies.machines import BAD_SKU, NATIVE, with_sku
from tests.policies.routes import VM


@pytest.fixture
def project(tmp_path: Path) -> Callable[[str], Path]:
    """`project("name: …")`: a folder below that of a project file."""

    def made(text: str) -> Path:
        (tmp_path / "Pulumi.yaml").write_text(text)
        (tmp_path / "below").mkdir(exist_ok=True)
        return tmp_path / "below"

    return made


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("name: shop\nruntime: python\n", Language.SNAKE),
        ("runtime:\n  name: python\n  options:\n    virtualenv: venv\nname: 'shop'\n", Language.SNAKE),
        ("name: shop\nruntime: { name: go }\n", Language.PASCAL),
        ("name: shop\nruntime: yaml\n", Language.CAMEL),
        ("name: shop\nruntime: dotnet\n", Language.PASCAL),
        ("name: shop\nruntime: cobol\n", None),
        ("name: other\nruntime: python\n", None),
        ("runtime: python\n", None),
        ("", None),
    ],
)
def test_the_language_is_that_of_the_project_of_that_name(
    project: Callable[[str], Path], text: str, language: Language | None
) -> None:
    assert language_of_project(project(text), "shop") is language


def test_no_project_has_no_language(tmp_path: Path) -> None:
    assert language_of_project(tmp_path, "shop") is None


@pytest.mark.parametrize(
    ("runtime", "own"),
    [
        ("python", "storage_profile.image_reference.sku"),
        ("yaml", "storageProfile.imageReference.sku"),
        ("go", "StorageProfile.ImageReference.Sku"),
    ],
)
def test_a_finding_has_one_spelling(project: Callable[[str], Path], runtime: str, own: str) -> None:
    pack = Analyzer(date(2026, 11, 2), folders=[project(f"name: shop\nruntime: {runtime}\n")])
    pack.ConfigureStack(analyzer_pb2.AnalyzerStackConfigureRequest(project="shop", stack="dev"), None)
    machine = struct(with_sku(NATIVE, BAD_SKU))
    request = analyzer_pb2.AnalyzeRequest(type=VM, urn=urn(VM, "vm"), name="vm", properties=machine)
    (found,) = pack.Analyze(request, None).diagnostics
    assert f"property properties.storageProfile.imageReference.sku (in the program: {own})\n" in found.message


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the folder of another process")
def test_the_folders_are_those_of_the_processes_that_started_this_one() -> None:
    script = "from azure_hotpatch.policies.program_language import engine_folders; print(next(engine_folders()))"
    child = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, cwd="/")
    assert Path(child.stdout.strip()) == Path.cwd()
