"""The emulator's provider, installed where the engine looks for the plugin of the installed azure-native SDK."""

import shlex
from pathlib import Path

from set_up.layout import Layout
from set_up.python_packages import azure_native_version

LAUNCHER = """\
#!/bin/sh
exec {python} -m azure_hotpatch.emulator.provider "$@"
"""


def ensure_plugin(layout: Layout) -> None:
    """One small file. The engine takes a folder of this name for an installed plugin, and downloads nothing."""
    launcher = plugin_folder(layout) / "pulumi-resource-azure-native"
    text = LAUNCHER.format(python=shlex.quote(str(layout.python)))
    if launcher.is_file() and launcher.read_text(encoding="utf-8") == text:
        return
    launcher.parent.mkdir(parents=True, exist_ok=True)
    launcher.write_text(text, encoding="utf-8")
    launcher.chmod(0o755)


def plugin_folder(layout: Layout) -> Path:
    return layout.pulumi_home / "plugins" / f"resource-azure-native-v{azure_native_version(layout)}"
