"""The user who runs the command, for the record."""

import getpass
import socket


def operator() -> str:
    """The user and the machine: "ops@bastion"."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # a container's user may have no name
        user = "unknown"
    return f"{user}@{socket.gethostname()}"
