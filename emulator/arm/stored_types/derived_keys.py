"""Keys that are made from a resource's id, so that none is stored."""

import base64
import hashlib


def key(resource_id: str, name: str) -> str:
    """The same 64 bytes in base64 for the same resource and name of a key, however the id is spelled."""
    return base64.b64encode(hashlib.sha512(f"{resource_id}/{name}".lower().encode()).digest()).decode()
