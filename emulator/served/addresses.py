"""Where the served emulator is: the ports of its two listeners, and what clients call them."""

import json
from dataclasses import dataclass
from pathlib import Path

HOST = "localhost"
PORT = 8443
PLAIN_PORT = 8442


@dataclass(frozen=True, slots=True)
class Addresses:
    """The ports of Azure over https, and of managed identity over plain http."""

    port: int = PORT
    plain_port: int = PLAIN_PORT
    host: str = HOST

    @property
    def url(self) -> str:
        """Azure Resource Manager, log-in and metadata; without a slash at the end, to which clients append paths."""
        return f"https://{self.host}:{self.port}"

    @property
    def authority_host(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def plain_url(self) -> str:
        return f"http://{self.host}:{self.plain_port}"


def running(folder: Path) -> Addresses | None:
    """Where the emulator of this folder says that it runs; None where none does."""
    try:
        found = json.loads((folder / "server.json").read_bytes())
        return Addresses(int(found["port"]), int(found["plainPort"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
