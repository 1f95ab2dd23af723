"""The etag of machines and scale sets, a number that counts their changes."""

from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change

FIRST = '"1"'


def count(change: Change) -> None:
    """Give the resource the next etag, as azure-rest-api-specs shows it."""
    before = str(change.before.body.get("etag", "")).strip('"') if change.before else ""
    change.body["etag"] = f'"{int(before) + 1}"' if before.isdigit() else FIRST
