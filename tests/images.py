"""Image references that tests of every part write into machines."""

from typing import Any


def windows_server_image(sku: str, version: str = "latest") -> dict[str, Any]:
    """An `imageReference` to an image of Windows Server in the marketplace, in a dictionary of its own."""
    return {"publisher": "MicrosoftWindowsServer", "offer": "WindowsServer", "sku": sku, "version": version}
