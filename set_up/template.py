"""The template for `pulumi new`: what a project of one's own needs, with the toolkit as a wheel, in `dist/template`.

`python -m set_up.template` makes it with any Python that has pip, on Windows too; `make template` in the environment of
the checkout.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = Path("examples/project")
WHEELS = "toolkit"
# The SDK's version is the version of the provider that the engine downloads.
PINNED = ("pulumi", "pulumi-azure-native")
REQUIREMENTS = """\
# The toolkit, as it was when this project was made.
./{wheel}
# The versions that it was tested with.
{pins}
"""


def make_template(root: Path, *options: str) -> Path:
    """Builds the wheel and lays out the template; returns its folder. `options` are those of `pip wheel`."""
    template = root / "dist" / "template"
    shutil.rmtree(template, ignore_errors=True)
    shutil.copytree(root / SOURCE, template)
    build_wheel(root, template / WHEELS, *options)
    (wheel,) = (template / WHEELS).glob("*.whl")
    shutil.copy(root / "__main__.py", template)
    shutil.copy(root / "stacks" / "settings.schema.json", template / "stacks")
    requirements = _requirements(root, wheel.relative_to(template).as_posix())
    (template / "requirements.txt").write_text(requirements, encoding="utf-8", newline="\n")
    return template


def build_wheel(root: Path, folder: Path, *options: str) -> None:
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", *options, "--wheel-dir", str(folder), "."]
    try:
        subprocess.run(command, cwd=root, check=True)  # noqa: S603  a constant command
    finally:
        for leftover in ("build", "src/azure_hotpatch.egg-info"):
            shutil.rmtree(root / leftover, ignore_errors=True)


def _requirements(root: Path, wheel: str) -> str:
    locked = (root / "requirements" / "development.txt").read_text(encoding="utf-8")
    versions = dict(re.findall(r"^([a-z-]+)==([^\s\\]+)", locked, re.MULTILINE))
    return REQUIREMENTS.format(wheel=wheel, pins="\n".join(f"{name}=={versions[name]}" for name in PINNED))


def main() -> int:
    try:
        template = make_template(ROOT, *sys.argv[1:])
    except subprocess.CalledProcessError:
        return 1  # pip has said why
    print(f"pulumi new {template}")  # noqa: T201  this command's output
    return 0


if __name__ == "__main__":
    sys.exit(main())
