"""A PostgreSQL server of a test's own, as an ordinary user, listening at a socket in its folder alone."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql*/bin",
)


def program(name: str) -> str | None:
    """A program of PostgreSQL's, or None: Debian keeps them off the PATH."""
    found = [
        str(path) for pattern in _FOLDERS for path in sorted(Path("/").glob(f"{pattern[1:]}/{name}"), reverse=True)
    ]
    return next(iter(found), None) or shutil.which(name)


def why_not() -> str | None:
    """Why there can be no server here, or None."""
    if program("initdb") is None or program("postgres") is None:
        return "PostgreSQL's server is not installed (apt-get install postgresql)"
    if os.geteuid() == 0 and not _user():
        return "PostgreSQL does not run as root, and there is no user postgres"
    return None


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """A server while it is open: its address, of a database `waves` that is not made yet."""
    data, options = folder / "data", _user()
    data.mkdir(parents=True)
    if options:
        for path in (folder, data):
            shutil.chown(path, options["user"])
        for parent in folder.parents:  # pytest's folders let nobody else through
            if parent.owner() == "root" and not parent.stat().st_mode & 0o001:
                parent.chmod(parent.stat().st_mode | 0o011)
    initdb = [str(program("initdb")), "-D", str(data), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync"]
    subprocess.run(initdb, check=True, capture_output=True, cwd=data, **options)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = ["-c", "fsync=off", "-c", "max_connections=200", "-c", "listen_addresses=127.0.0.1", "-k", ""]
    command = [str(program("postgres")), "-D", str(data), "-p", str(port), *settings]
    process = subprocess.Popen(command, cwd=data, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    try:
        _wait(port, process)
        yield f"postgresql://postgres@127.0.0.1:{port}/waves"
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        assert process.poll() is None, "the server did not start"
        try:
            psycopg.connect(f"postgresql://postgres@127.0.0.1:{port}/postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server does not answer")


def _user() -> dict[str, Any]:

    if os.geteuid() != 0:
        return {}
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        return {}
    return {"user": "postgres", "group": "postgres"}
