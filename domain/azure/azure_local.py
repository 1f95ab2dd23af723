"""Validate the memory, image and update server of a machine on Azure Local."""

from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from azure_hotpatch.domain.azure.resource_ids import GALLERY_IMAGE, MARKETPLACE_GALLERY_IMAGE, why_not_resource_id

UpdateTool = Literal["groupPolicy", "sconfig", "thirdParty"]
UPDATE_TOOLS: tuple[str, ...] = get_args(UpdateTool)
MOST_PROCESSORS = 2048
LEAST_MEMORY_MB = 1024


def why_not_memory_mb(memory: Any) -> str | None:
    """Say why a machine cannot have so much memory, or None where it can. Hyper-V counts in steps of 2 MB."""
    if isinstance(memory, int) and not isinstance(memory, bool) and memory >= LEAST_MEMORY_MB and memory % 2 == 0:
        return None
    return f"a machine has an even number of MB, and at least {LEAST_MEMORY_MB}"


def why_not_gallery_image(image_id: Any, installed_from_iso: bool) -> str | None:
    """Say why a machine cannot be made from this image of the instance, or None; None as id is "download one"."""
    if image_id is None:
        return "is required with an image that was installed from an ISO" if installed_from_iso else None
    return why_not_resource_id(image_id, GALLERY_IMAGE if installed_from_iso else MARKETPLACE_GALLERY_IMAGE)


def why_not_update_server(url: str) -> str | None:
    """Say why `url` is not the address of a WSUS server, or None where it is. The registry keeps it in plain text."""
    parts = urlsplit(url)
    if parts.username is not None or parts.password is not None:
        return "the address of a WSUS server carries no user name and no password"
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return "is not the address of a WSUS server, such as https://wsus.contoso.com:8531"
    return None
