"""The folder of the emulator's state, for its commands."""

import os
from pathlib import Path

from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.emulator.served.folder import VARIABLE, folder, private


def state_folder() -> Path:
    """The folder, readable by its owner only; created if it is missing."""
    state = folder(os.environ)
    try:
        return private(state)
    except OSError as error:
        raise Failure(f"cannot make the folder {state}: {error.strerror}; {VARIABLE} names another") from None
