"""The emulator's provider lies where the engine looks for the plugin of the installed SDK."""

import os
import subprocess
from pathlib import Path

import pytest

from set_up import provider_plugin
from set_up.layout import Layout


@pytest.fixture
def installed(layout: Layout) -> Layout:
    """A checkout whose environment has an SDK, and a `python` that prints its arguments."""
    (layout.venv / "lib/python3.11/site-packages/pulumi_azure_native-3.29.0.dist-info").mkdir(parents=True)
    layout.python.parent.mkdir(parents=True)
    layout.python.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    layout.python.chmod(0o755)
    provider_plugin.ensure_plugin(layout)
    return layout


def launcher(layout: Layout) -> Path:
    return layout.pulumi_home / "plugins/resource-azure-native-v3.29.0/pulumi-resource-azure-native"


def test_is_named_after_the_version_of_the_sdk(installed: Layout) -> None:
    assert os.access(launcher(installed), os.X_OK)


def test_starts_the_provider_with_the_engines_arguments(installed: Layout) -> None:
    started = subprocess.run([launcher(installed), "127.0.0.1:1", "a b"], check=True, capture_output=True, text=True)
    assert started.stdout.splitlines() == ["-m", "azure_hotpatch.emulator.provider", "127.0.0.1:1", "a b"]


def test_is_written_once(installed: Layout) -> None:
    before = launcher(installed).stat().st_mtime_ns
    provider_plugin.ensure_plugin(installed)
    assert launcher(installed).stat().st_mtime_ns == before


def test_is_mended_when_it_points_elsewhere(installed: Layout) -> None:
    launcher(installed).write_text("#!/bin/sh\nexec /elsewhere/python\n")
    provider_plugin.ensure_plugin(installed)
    assert "azure_hotpatch.emulator.provider" in launcher(installed).read_text()
