"""Writes the tables: `python -m azure_hotpatch.emulator.provider.generator`."""

import json
from pathlib import Path
from typing import Any

from azure_hotpatch.emulator.provider import tables
from azure_hotpatch.emulator.provider.generator.paths import PATHS
from azure_hotpatch.emulator.provider.generator.table import table


def text(module: str) -> str:
    """A table with a line for each property, so that a change of one reads as one."""
    return json.dumps(table(module), indent=1, default=_unknown) + "\n"


def _unknown(value: Any) -> Any:
    raise TypeError(f"{value!r} does not belong in a table")


def main() -> None:
    folder = Path(tables.__file__).parent
    for module in PATHS:
        (folder / f"{module}.json").write_text(text(module), encoding="utf-8")


if __name__ == "__main__":
    main()
