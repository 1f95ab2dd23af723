"""What Azure takes as an extension of a machine."""

import re

_VERSION = re.compile(r"\d+\.\d+")


def why_not_handler_version(version: str) -> str | None:
    """Say why `version` is not that of an extension's handler, major.minor, or None if it is."""
    if isinstance(version, str) and _VERSION.fullmatch(version):
        return None
    return f"{version!r} is not the version of an extension"
