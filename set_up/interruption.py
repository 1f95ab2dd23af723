"""Detect a sandbox that is incomplete, by a killed command or an emptied store, and reset it: nothing in it is real."""

import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from set_up.backend_locks import release_dead_locks
from set_up.environment_variables import for_commands
from set_up.layout import Layout
from set_up.orphans import end_orphans
from set_up.progress import say

PROJECT = "azure-hotpatch"  # the name in Pulumi.yaml, below which the backend keeps the sandbox's files


def start_afresh_if_interrupted(layout: Layout, stack: str) -> None:
    """Forgets the stack if its last command was killed, or its resources are gone from the emulator; says why.

    Other stacks keep their state. They keep the emulator's store as well, unless it cannot be read by anybody.
    """
    end_orphans(layout)
    for organization in (layout.state / ".pulumi" / "locks").glob("*"):
        release_dead_locks(organization / PROJECT / stack)
    why = _why_not_readable(layout.store)
    if why:
        delete_store(layout)
    else:
        why = _why_incomplete(layout, stack)
    if not why:
        return
    say(f"{why}; the sandbox starts from nothing")
    forget_stack(layout, stack)
    if not _other_stacks(layout):
        delete_store(layout)


def forget_stack(layout: Layout, stack: str) -> None:
    """Deletes what the backend keeps of the stack, however broken it is."""
    state = layout.state / ".pulumi"
    for file in (state / "stacks" / PROJECT).glob(f"{stack}.json*"):
        file.unlink()
    for kind in ("history", "backups"):
        shutil.rmtree(state / kind / PROJECT / stack, ignore_errors=True)


def _why_incomplete(layout: Layout, stack: str) -> str:
    if not (layout.state / ".pulumi" / "stacks" / PROJECT / f"{stack}.json").exists():
        return ""
    exported = subprocess.run(  # noqa: S603  a constant command
        ["pulumi", "stack", "export", "--stack", stack],  # noqa: S607  the one on PATH is meant
        cwd=layout.root,
        env=for_commands(layout),
        check=False,
        capture_output=True,
        text=True,
    )
    try:
        deployment = json.loads(exported.stdout)["deployment"] if exported.returncode == 0 else None
    except (ValueError, KeyError):
        deployment = None
    if deployment is None:
        return "the state of the sandbox cannot be read"
    pending = len(deployment.get("pending_operations") or ())
    if pending:
        return f"the last command on the sandbox was interrupted ({pending} operations under way)"
    return _why_not_in_store(layout.store, deployment)


def _why_not_in_store(store: Path, deployment: dict[str, Any]) -> str:
    """One resource that is gone is drift, and left to a refresh; with all of them gone `pulumi up` would say unchanged.

    An emulator that is served elsewhere has a store of its own, which is not looked at.
    """
    if os.environ.get("AZURE_HOTPATCH_EMULATOR_URL"):
        return ""
    recorded = {str(each.get("id", "")).lower() for each in deployment.get("resources") or ()}
    in_azure = {path for path in recorded if path.startswith("/subscriptions/")}
    if not in_azure or in_azure & _stored(store):
        return ""
    return f"the emulated Azure in {store} has none of the sandbox's {len(in_azure)} resources"


def _stored(store: Path) -> set[str]:
    """The ids in the emulator's store, in lower case."""
    if not store.exists():
        return set()
    with closing(sqlite3.connect(store)) as connection:
        try:
            return {str(path).lower() for (path,) in connection.execute("SELECT id FROM resources")}
        except sqlite3.OperationalError:  # no emulator has opened it yet
            return set()


def _why_not_readable(store: Path) -> str:
    if not store.exists():
        return ""
    try:
        with closing(sqlite3.connect(store)) as connection:
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        return f"the emulator's store {store} cannot be read ({error})"
    return "" if found == "ok" else f"the emulator's store {store} is damaged ({found})"


def _other_stacks(layout: Layout) -> bool:
    return any((layout.state / ".pulumi" / "stacks").glob("*/*.json"))


def delete_store(layout: Layout) -> None:
    """Deletes all that the emulator remembers."""
    for file in layout.store.parent.glob(f"{layout.store.name}*"):  # SQLite's own -wal and -shm beside it
        file.unlink()
