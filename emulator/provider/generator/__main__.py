"""Writes the tables: `python -m azure_hotpatch.emulator.provider.generator`."""

import json
from pathlib import Path
from typing import Any

from azure_hotpatch.emulator.provider import stored, tables
from azure_hotpatch.emulator.provider.generator import nested
from azure_hotpatch.emulator.provider.generator import stored as stored_entries
from azure_hotpatch.emulator.provider.generator.actions import POSTED
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
    entries = {module: stored_entries.module(module, *stored_entries.kept(module)) for module in stored.modules()}
    functions = {module: stored_entries.functions(module) for module in POSTED}
    types = {module: nested.module(module, stored.names(module)) for module in stored.modules()}
    Path(stored.__file__).with_name("nested.json").write_text(nested.text(types), encoding="utf-8")
    Path(stored.__file__).with_name("resources.json").write_text(
        stored_entries.text(entries, functions, stored.moved()), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
