"""Build programs of Pulumi from its Go modules, which the go.mod and go.sum of set_up/go pin."""

import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from set_up import environment_variables
from set_up.go_toolchain import Version, ensure_go, version
from set_up.layout import Layout
from set_up.processes import Command, Processes
from set_up.progress import say, size, step
from set_up.stamp import digest, is_current, set_stamp


@dataclass(frozen=True)
class GoProgram:
    """One program to build. `stated_in` is the variable that its version is linked into."""

    name: str
    folder: str
    module: str
    package: str
    stated_in: str
    scripts: tuple[str, ...] = ()  # of the module pulumi/sdk, copied beside the program
    expectation: str = ""


SDK = "github.com/pulumi/pulumi/sdk/v3"
CLI = GoProgram(
    name="pulumi",
    folder="cli",
    module="github.com/pulumi/pulumi/pkg/v3",
    package="github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    stated_in=f"{SDK}/go/common/version.Version",
    scripts=(
        "python/cmd/pulumi-language-python-exec",
        "python/dist/pulumi-analyzer-policy-python",
        "python/dist/pulumi-resource-pulumi-python",
    ),
    expectation="about 100 s on 2 cores, once",
)
PYTHON_HOST = GoProgram(
    name="pulumi-language-python-host",
    folder="language_python",
    module=SDK,
    package=f"{SDK}/python/cmd/pulumi-language-python",
    stated_in=f"{SDK}/go/common/version.Version",
    expectation="about 15 s",
)
# What the engine starts as the host: it tells the host above which virtual environment the project has.
PYTHON_LAUNCHER = GoProgram(
    name="pulumi-language-python",
    folder="language_python",
    module=SDK,
    package="./launcher",
    stated_in="main.version",
    expectation="a few seconds",
)
YAML_HOST = GoProgram(
    name="pulumi-language-yaml",
    folder="language_yaml",
    module="github.com/pulumi/pulumi-yaml",
    package="github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
    stated_in="github.com/pulumi/pulumi-yaml/pkg/version.Version",
    expectation="about 50 s",
)
# What a release's language host for Node.js does for `pulumi package gen-sdk`; its module is not served either.
NODEJS_SDK = GoProgram(
    name="pulumi-nodejs-sdk",
    folder="cli",
    module="github.com/pulumi/pulumi/pkg/v3",
    package="./nodejs_sdk",
    stated_in=f"{SDK}/go/common/version.Version",
    expectation="about 10 s after the command line",
)
PROGRAMS = (CLI, PYTHON_HOST, PYTHON_LAUNCHER, YAML_HOST, NODEJS_SDK)


def ensure_programs(
    layout: Layout, processes: Processes, programs: Iterable[GoProgram], environment: Callable[[], object]
) -> None:
    """Builds those of `programs` that are not built yet, one after the other, since each takes all cores."""
    missing = [program for program in programs if not is_built(layout, program)]
    if not missing:
        return
    go = ensure_go(layout, processes, max(needed_go(layout, program) for program in missing), environment)
    for folder in (layout.bin, layout.go / "tmp"):
        folder.mkdir(parents=True, exist_ok=True)
    for program in missing:
        with step(f"{program.name} {pinned_version(layout, program)} from its Go modules", program.expectation):
            _build(layout, processes, go, program)
        set_stamp(_stamp(layout, program), _wanted(layout, program))
    # Modules and build cache take 3 GB; whoever needs another program later waits for them once more.
    shutil.rmtree(layout.go, ignore_errors=True)
    say(f"all that was made lies in {layout.made} and takes {size(layout.made) / 1e9:.1f} GB")


def pinned_version(layout: Layout, program: GoProgram) -> str:
    """As its go.mod has it, such as `v3.220.0`."""
    text = _go_mod(layout, program)
    match = re.search(rf"{re.escape(program.module)} (v\S+)", text)
    if match is None:
        raise LookupError(f"{program.folder}/go.mod does not require {program.module}")
    return match[1]


def needed_go(layout: Layout, program: GoProgram) -> Version:
    return version(_go_mod(layout, program))


def _build(layout: Layout, processes: Processes, go: Path, program: GoProgram) -> None:
    env, source = environment_variables.for_go(layout), layout.sources / program.folder
    link = f"-s -w -X {program.stated_in}={pinned_version(layout, program)}"
    fresh = layout.go / "tmp" / program.name
    build: Command = [go, "build", "-ldflags", link, "-o", fresh, program.package]
    processes.run(f"The build of {program.name}", build, env, source, environment_variables.GO_REGISTRY)
    if program.scripts:
        place: Command = [go, "list", "-m", "-f", "{{.Dir}}", SDK]
        sdk = Path(
            processes.run("The scripts of Pulumi's SDK", place, env, source, environment_variables.GO_REGISTRY).strip()
        )
        for script in program.scripts:
            _install(sdk / script, layout.bin)
    fresh.replace(layout.bin / program.name)


def _install(script: Path, folder: Path) -> None:
    installed = folder / script.name
    shutil.copyfile(script, installed)
    installed.chmod(0o755)


def _go_mod(layout: Layout, program: GoProgram) -> str:
    return (layout.sources / program.folder / "go.mod").read_text(encoding="utf-8")


def _stamp(layout: Layout, program: GoProgram) -> Path:
    return layout.stamps / f"built-{program.name}"


def _wanted(layout: Layout, program: GoProgram) -> str:
    source = layout.sources / program.folder
    own = sorted((source / program.package).glob("*.go")) if program.package.startswith("./") else []
    return digest([source / "go.mod", source / "go.sum", *own], [repr(program)])


def is_built(layout: Layout, program: GoProgram) -> bool:
    return is_current(_stamp(layout, program), _wanted(layout, program)) and (layout.bin / program.name).is_file()
