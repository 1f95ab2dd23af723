"""Properties that an update must not change: kept where the request omits them, refused where it changes them."""

import copy
from typing import Any

from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change, ResourceType
from azure_hotpatch.emulator.arm.protocol import bodies
from azure_hotpatch.emulator.arm.protocol.errors import PropertyChangeNotAllowed


def compare(change: Change, kind: ResourceType) -> None:
    """Compare a change with the stored resource, in its properties and beside them."""
    if kind.partial:
        _keep_left_out(change)
    for path, name in kind.immutable.items():
        _keep(change, path, name)
    _keep_beside(change, kind)


def _keep_left_out(change: Change) -> None:
    """What a partial PUT leaves out of the properties stays; one without properties leaves all else as it was too."""
    if change.before is None or change.method != "PUT":
        return
    for name, value in change.previous.items():
        change.properties.setdefault(name, copy.deepcopy(value))
    kept = change.before.body
    if "properties" in change.sent:
        kept = {name: kept[name] for name in ("sku", "zones", "plan") if name in kept}
    for name, value in kept.items():
        change.body.setdefault(name, copy.deepcopy(value))


def _keep(change: Change, path: str, name: str) -> None:
    """Refuse another value where one was set at creation; an absent one means the old."""
    if not change.before:
        return
    old, new = bodies.read(change.previous, path), bodies.read(change.properties, path)
    if new is None and old is not None:
        bodies.write(change.properties, path, old)
    elif not _same(old, new):
        raise PropertyChangeNotAllowed(name)


def _keep_beside(change: Change, kind: ResourceType) -> None:
    """The same for what stands beside the properties; zones that are left out are zones that are taken away."""
    if change.before is None:
        return
    for path, refusal in kind.keeps.items():
        old, new = bodies.read(change.before.body, path), bodies.read(change.body, path)
        if new is None and old is not None and path != "zones":
            bodies.write(change.body, path, old)
        elif not _same(old, new):
            raise refusal(change)


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, str) and isinstance(new, str):
        return old.lower() == new.lower()
    return bool(old == new)
