"""The TypeScript example compiles against the SDK that is generated from the checked-in schema."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from shutil import which

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
EXAMPLE = REPOSITORY / "examples" / "typescript"
SCHEMA = REPOSITORY / "components" / "schema.json"
GENERATOR = REPOSITORY / ".hotpatch" / "bin" / "pulumi-nodejs-sdk"
Run = Callable[..., str]


@pytest.fixture(scope="module")
def example(succeed: Run, pulumi: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with its generated SDK and its locked packages."""
    if not which("npm"):
        pytest.skip("needs Node.js with npm, which nothing else here does")
    folder = tmp_path_factory.mktemp("typescript") / "example"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("node_modules", "sdks"))
    sdk = folder / "sdks" / "azure-hotpatch"
    if GENERATOR.exists():
        succeed(GENERATOR, SCHEMA, sdk, cwd=folder)
    else:  # a release of Pulumi, which has the language host for Node.js
        succeed(pulumi, "package", "gen-sdk", SCHEMA, "--language", "nodejs", "--out", folder / "gen", cwd=folder)
        shutil.move(folder / "gen" / "nodejs", sdk)
    succeed("npm", "ci", "--no-audit", "--no-fund", "--silent", cwd=folder)
    return folder


def test_it_compiles(succeed: Run, example: Path) -> None:
    succeed("npm", "run", "--silent", "build", cwd=example)


def test_a_wrong_argument_does_not_compile(example: Path) -> None:
    (example / "wrong.ts").write_text((example / "index.ts").read_text().replace('image: "2022-core"', "image: 2022"))
    found = _errors(example, "wrong.ts")
    assert re.search(
        r"wrong\.ts\(\d+,\d+\): error TS2322: Type 'number' is not assignable to type 'Input<string>'", found
    )


def test_the_lock_file_names_no_registry() -> None:
    lock = (EXAMPLE / "package-lock.json").read_text()
    assert re.findall(r'"resolved": "(?!sdks/)[^"]*"', lock) == []


def _errors(folder: Path, file: str) -> str:
    command = [
        "npx",
        "tsc",
        "--strict",
        "--noEmit",
        "--skipLibCheck",
        "--target",
        "es2020",
        "--module",
        "commonjs",
        file,
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout
