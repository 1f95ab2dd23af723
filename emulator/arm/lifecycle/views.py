"""Lists in the properties of a resource that are read by themselves: the probes of a load balancer, for instance."""

from azure_hotpatch.emulator.arm import providers
from azure_hotpatch.emulator.arm.http import Reply, Request
from azure_hotpatch.emulator.arm.lifecycle import versions
from azure_hotpatch.emulator.arm.lifecycle.shapes import shown
from azure_hotpatch.emulator.arm.protocol import queries
from azure_hotpatch.emulator.arm.protocol.bodies import items
from azure_hotpatch.emulator.arm.protocol.errors import ResourceNotFound
from azure_hotpatch.emulator.arm.protocol.paths import ResourcePath, same, type_and_name


def answer(request: Request, path: ResourcePath) -> Reply | None:
    """The list, or the item of it that a path names; None for a path to anything else."""
    owner_path = path.parent
    kind = providers.find(owner_path.type) if owner_path and request.method == "GET" else None
    name = next((view for view in kind.views if same(view, path.types[-1])), None) if kind else None
    if owner_path is None or kind is None or name is None:
        return None
    versions.check(request.version, kind)
    owner = request.tx.find(owner_path.id)
    if owner is None:
        raise ResourceNotFound(type_and_name(owner_path), owner_path.group)
    found = list(items(shown(request.tx, owner, kind)["properties"], name))
    if path.is_collection:
        return Reply(200, {"value": queries.applied(request.query, found, queries.NONE, name)})
    one = next((item for item in found if same(str(item.get("name")), path.name)), None)
    if one is None:
        raise ResourceNotFound(type_and_name(path), path.group)
    return Reply(200, one)
