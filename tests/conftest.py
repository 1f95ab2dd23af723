"""What every test may ask for: the real Pulumi engine in an environment of the test's own, and a good machine."""

import gc
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from hypothesis import settings

REPOSITORY = Path(__file__).resolve().parent.parent
SET_UP = REPOSITORY / ".hotpatch"
os.environ["AZURE_HOTPATCH_CALENDAR"] = "none"  # no test knows what its user has added to the record


settings.register_profile("quick", max_examples=25)  # a quarter; tests/examples.py has what names its own number

# Modules and collected tests live as long as the run does: looking for garbage among them takes a third of the
# collection, and is part of every later look unless they are set aside.
gc.disable()


def pytest_collection_finish() -> None:
    gc.enable()
    gc.freeze()


# What makes a test slow, by the fixture that it asks for; `make quick` leaves such tests out.
MARKERS = {"pulumi": "e2e", "wheel": "wheel", "serve": "slow"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for fixture in MARKERS.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(MARKERS[fixture])


@dataclass(frozen=True)
class Engine:
    """The Pulumi CLI against an emulator of the test's own: `engine(args, cwd)` runs `pulumi args` in `cwd`.

    `env` is the whole environment of a run; `store` the emulator's SQLite file; `state` the folder of the state backend
    (`state / ".pulumi/stacks/<project>/<stack>.json"`). None of them is shared with another test.
    """

    pulumi: Path
    env: Mapping[str, str]
    store: Path
    state: Path

    def __call__(
        self,
        args: str | list[str],
        cwd: Path,
        env: Mapping[str, str] | None = None,
        *,
        check: bool = True,
        timeout: float = 300,
    ) -> subprocess.CompletedProcess[str]:
        """Runs `pulumi args` (a list, or a line as typed in a shell) and returns what it printed.

        A run that fails is a failed test that shows the output, unless `check=False`. After `timeout` seconds the run
        and all it started are killed. `env` adds to the environment of the fixture.
        """
        words = shlex.split(args) if isinstance(args, str) else args
        result = run([str(self.pulumi), *words], cwd, {**self.env, **(env or {})}, timeout)
        if check and result.returncode:
            pytest.fail(f"pulumi {shlex.join(words)} ended with {result.returncode}:\n{result.stdout}{result.stderr}")
        return result


def run(
    command: list[str], cwd: Path, env: Mapping[str, str], timeout: float = 300
) -> subprocess.CompletedProcess[str]:
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        out, err = process.communicate(timeout=timeout)
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)  # the engine's plugins are in its group
        process.communicate()
        raise
    return subprocess.CompletedProcess(command, process.returncode, out, err)


@pytest.fixture(scope="session", autouse=True)
def journal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test writes to the journal of its user; one that reads a journal names its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AZURE_HOTPATCH_JOURNAL", str(tmp_path_factory.mktemp("journal") / "journal.jsonl"))
        yield


@pytest.fixture(scope="session")
def pulumi() -> Path:
    """The CLI that set-up built, else the one on PATH."""
    built = SET_UP / "bin/pulumi"
    found = built if built.exists() else which("pulumi")
    if not found:
        pytest.skip("needs the Pulumi engine, which `make test` sets up")
    return Path(found)


@pytest.fixture(scope="session")
def pulumi_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PULUMI_HOME whose only plugin is this checkout's provider for azure-native."""
    home = tmp_path_factory.mktemp("pulumi-home")
    plugin = home / f"plugins/resource-azure-native-v{version('pulumi-azure-native')}"
    plugin.mkdir(parents=True)
    launcher = plugin / "pulumi-resource-azure-native"
    launcher.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m azure_hotpatch.emulator.provider "$@"\n')
    launcher.chmod(0o755)
    return home


@pytest.fixture
def engine(pulumi: Path, pulumi_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The real engine with a state backend, a HOME and an emulator store that only this test uses."""
    own = tmp_path_factory.mktemp("engine")
    state, home, store = own / "state", own / "home", own / "azure.sqlite"
    state.mkdir()
    home.mkdir()
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PULUMI_", "AZURE_", "ARM_"))}
    # The Python of a project that names no virtual environment.
    path = os.pathsep.join([str(pulumi.parent), str(Path(sys.executable).parent), kept.get("PATH", "")])
    env = kept | {
        "PATH": path,
        "HOME": str(home),
        "PULUMI_HOME": str(pulumi_home),
        "PULUMI_BACKEND_URL": state.as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": "test",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "AZURE_HOTPATCH_EMULATOR_STORE": str(store),
    }
    return Engine(pulumi, env, store, state)


@pytest.fixture
def yaml_engine(engine: Engine) -> Engine:
    """The engine, which can run programs in YAML too."""
    if not which("pulumi-language-yaml", path=engine.env["PATH"]):
        pytest.fail("a program in YAML needs pulumi-language-yaml, which `make test` builds")
    return engine


@pytest.fixture
def azure_native_vm() -> dict[str, Any]:
    """The inputs of a machine to which no rule objects, as azure-native writes them; a test spoils one thing of it."""
    return {
        "vmName": "web",
        "resourceGroupName": "fleet",
        "location": "westeurope",
        "hardwareProfile": {"vmSize": "Standard_D2s_v5"},
        "securityProfile": {
            "securityType": "TrustedLaunch",
            "uefiSettings": {"secureBootEnabled": True, "vTpmEnabled": True},
        },
        "storageProfile": {
            "imageReference": {
                "publisher": "MicrosoftWindowsServer",
                "offer": "WindowsServer",
                "sku": "2022-Datacenter-Azure-Edition-Core",
                "version": "latest",
            },
            "osDisk": {"createOption": "FromImage"},
        },
        "osProfile": {
            "adminUsername": "azureuser",
            "computerName": "web",
            "windowsConfiguration": {
                "provisionVMAgent": True,
                "enableAutomaticUpdates": True,
                "patchSettings": {
                    "patchMode": "AutomaticByPlatform",
                    "assessmentMode": "AutomaticByPlatform",
                    "enableHotpatching": True,
                    "automaticByPlatformSettings": {
                        "rebootSetting": "IfRequired",
                        "bypassPlatformSafetyChecksOnUserSchedule": False,
                    },
                },
            },
        },
    }
