"""A served emulator in a process of its own, which is killed and started again where it was."""

import os
import socket
from pathlib import Path

from tests.emulator.conftest import start


class Server:
    """Serves a store in a folder, always on the same port."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder, self._port = folder, _free_port()
        self.store = folder / "azure.sqlite"
        self.begin()

    def begin(self) -> None:
        options = ("--store", str(self.store), "--port", str(self._port), "--quick")
        self._process, self._served = start(self._folder, *options)

    @property
    def env(self) -> dict[str, str]:
        """What points the provider here beside this process's own environment, by `hotpatch azure env`."""
        pointed = self._served.pointed_here()
        return {name: value for name, value in pointed.items() if os.environ.get(name) != value}

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
