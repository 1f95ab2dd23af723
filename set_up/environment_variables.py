"""The environment variables of what set-up runs: the person's own, with every cache moved into the checkout."""

import os
from collections.abc import Mapping
from pathlib import Path

from set_up.layout import Layout

PYTHON_REGISTRY = "HTTPS_PROXY, pip.conf, PIP_INDEX_URL, UV_DEFAULT_INDEX"
GO_REGISTRY = "HTTPS_PROXY, GOPROXY"

# Settings of the person's other work that would change what is built or installed.
MISLEADING = (
    *("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "CONDA_PREFIX", "__PYVENV_LAUNCHER__"),
    *("PIP_TARGET", "PIP_PREFIX", "PIP_USER", "PIP_REQUIRE_VIRTUALENV", "UV_PROJECT_ENVIRONMENT", "UV_PYTHON"),
    *("GOOS", "GOARCH", "GOFLAGS", "GOROOT", "GOBIN", "GOWORK", "GO111MODULE"),
)


def _own(environ: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environ.items() if name not in MISLEADING}


def caches(layout: Layout) -> dict[str, str]:
    """The caches of package tools: in the checkout, not in the home folder."""
    return {
        "PIP_CACHE_DIR": str(layout.cache / "pip"),
        "UV_CACHE_DIR": str(layout.cache / "uv"),
        "npm_config_cache": str(layout.cache / "npm"),
    }


def for_python(layout: Layout, environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """For pip and uv. Index and proxy settings pass through."""
    return {
        **_own(environ),
        **caches(layout),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "UV_PYTHON_DOWNLOADS": "never",
    }


def for_go(layout: Layout, environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """For the Go toolchain. GOPROXY and the like pass through, from variables and from `go env -w` alike."""
    return _own(environ) | {
        "GOPATH": str(layout.go / "path"),
        "GOMODCACHE": str(layout.go / "path" / "pkg" / "mod"),
        "GOCACHE": str(layout.go / "build"),
        "GOTMPDIR": str(layout.go / "tmp"),
        "TEST_TELEMETRY_DIR": str(layout.go / "telemetry"),  # else go counts its runs in the home folder
        "GOFLAGS": "-mod=readonly -modcacherw -trimpath -buildvcs=false",
        "GOTOOLCHAIN": "local",  # the machine's, or the one from requirements/go.txt; never one fetched on the side
        "GOWORK": "off",
        "CGO_ENABLED": "0",  # no C compiler is needed, as in Pulumi's own releases
    }


def shell_exports(layout: Layout) -> dict[str, str]:
    """What makes plain `pulumi`, in any folder, run against the emulator, once `our_folders` come first on PATH."""
    return {
        "VIRTUAL_ENV": str(layout.venv),
        "PULUMI_HOME": str(layout.pulumi_home),
        # No .attrs file beside each state: an empty one, left by a kill, makes the state unreadable.
        "PULUMI_BACKEND_URL": f"{layout.state.as_uri()}?metadata=skip",
        "PULUMI_CONFIG_PASSPHRASE": "sandbox",  # public: it guards emulated machines only (docs/decisions/0003)
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",  # Pulumi lists the packages, and pip would note its check in the home
        # gRPC for Python would send what is for this machine to the proxy of http_proxy.
        "no_grpc_proxy": "localhost,127.0.0.1,::1",
        "AZURE_HOTPATCH_EMULATOR_STORE": str(layout.store),
        "ARM_SUBSCRIPTION_ID": "00000000-0000-0000-0000-000000000000",
        "ARM_TENANT_ID": "00000000-0000-0000-0000-000000000000",
    }


def our_folders(layout: Layout) -> list[Path]:
    """The folders that go on PATH, those that exist: the Python of the project, and a Pulumi CLI of ours."""
    return [folder for folder in (layout.venv / "bin", layout.bin, layout.release / "bin") if folder.is_dir()]


def path_without_ours(layout: Layout, path: str) -> str:
    """The PATH that the person had before `make env`."""
    made = f"{layout.made}{os.sep}"
    return os.pathsep.join(folder for folder in path.split(os.pathsep) if folder and not folder.startswith(made))


def for_commands(layout: Layout, environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """For the commands that run once everything is set up: the person's environment, and the exports of `make env`."""
    theirs = path_without_ours(layout, environ.get("PATH", os.defpath))
    path = os.pathsep.join([*map(str, our_folders(layout)), theirs])
    return {**environ, **shell_exports(layout), **_bytecode(layout), "PATH": path}


def _bytecode(layout: Layout) -> dict[str, str]:
    """Compiled modules are kept beside the other caches, also for who wants none beside the sources.

    With none at all each process compiles some two thousand modules: a third of the time of the tests.
    """
    return {"PYTHONPYCACHEPREFIX": str(layout.cache / "bytecode"), "PYTHONDONTWRITEBYTECODE": ""}
