"""The page in a real browser: axe finds nothing, no window is too narrow for it, and it fits on A4.

It needs Chromium, Node.js, and the packages puppeteer-core and axe-core in a folder that NODE_PATH names.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from azure_hotpatch.operations.report.page import page_of

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PACKAGES = ("puppeteer-core", "axe-core")


def missing() -> str:
    """What the test lacks here, or an empty string."""
    folders = [Path(one) for one in os.environ.get("NODE_PATH", "").split(os.pathsep) if one]
    lacks = [name for name in PACKAGES if not any((folder / name).is_dir() for folder in folders)]
    if not CHROMIUM or not shutil.which("node"):
        return "Chromium or Node.js is not installed"
    return f"NODE_PATH names no folder with {' and '.join(lacks)}" if lacks else ""


def test_axe_finds_nothing_on_a_phone_and_on_a_desk_in_light_and_in_dark(report, tmp_path):
    if missing():
        pytest.skip(missing())
    page = tmp_path / "page.html"
    page.write_text(page_of(report), encoding="utf-8")
    command = ["node", str(Path(__file__).with_name("axe.cjs")), str(CHROMIUM), str(page)]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout)
    assert [one for one in found if "id" in one] == []
    *windows, printed = found
    assert [one["at"] for one in windows] == ["390 light", "390 dark", "1280 light", "1280 dark"]
    assert all(one["passed"] > 20 for one in windows)
    assert printed == {"at": "print", "fits": True}
