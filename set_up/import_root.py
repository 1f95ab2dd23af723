"""The import root of a checkout: `src/azure_hotpatch`, in which every room of the repository is a directory link.

`components/args.py` is imported as `azure_hotpatch.components.args`. Python, type checkers and editors follow links, a
wheel is built from what they lead to, and each checkout has its own.
"""

import os
import sys
from pathlib import Path

# Packages of the repository that are run from it and are no part of the toolkit.
NOT_ROOMS = ("set_up",)
# What is shipped without being a package: link name and folder.
SHIPPED = {"pages": "docs/rules"}


def rooms(root: Path) -> dict[str, Path]:
    """Name and folder of all that is linked: each top-level package, and the folders that are shipped as data."""
    packages = {init.parent.name: init.parent for init in root.glob("*/__init__.py")}
    shipped = {name: root / folder for name, folder in SHIPPED.items()}
    found = {name: folder for name, folder in (packages | shipped).items() if folder.is_dir()}
    return {name: folder for name, folder in found.items() if name not in NOT_ROOMS}


def link_rooms(root: Path) -> None:
    """Makes the missing links and removes those whose room is gone. Does nothing in an unpacked source distribution."""
    package = root / "src" / "azure_hotpatch"
    wanted = rooms(root)
    for entry in package.iterdir():
        if _is_link(entry) and (entry.name not in wanted or not _leads_to(entry, wanted[entry.name])):
            _unlink(entry)
    for name, folder in wanted.items():
        if not os.path.lexists(package / name):
            _link(package / name, folder)


def _is_link(entry: Path) -> bool:
    return entry.is_symlink() or (sys.platform == "win32" and entry.is_dir() and bool(os.readlink(entry)))


def _leads_to(entry: Path, folder: Path) -> bool:
    return entry.exists() and entry.samefile(folder)


def _link(link: Path, folder: Path) -> None:
    if sys.platform == "win32":
        import _winapi

        _winapi.CreateJunction(str(folder), str(link))  # needs no rights, which a symbolic link does
    else:
        link.symlink_to(os.path.relpath(folder, link.parent), target_is_directory=True)


def _unlink(entry: Path) -> None:
    if entry.is_symlink():
        entry.unlink()
    else:
        entry.rmdir()  # a junction
