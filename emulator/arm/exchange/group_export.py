"""`POST …/resourceGroups/{group}/exportTemplate`: export a group as a template, in a long-running operation."""

import uuid
from collections.abc import Iterable
from typing import Any

from azure_hotpatch.emulator.arm import providers
from azure_hotpatch.emulator.arm.database.stored import Operation, Resource, stamp
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.exchange.group_template import OPTIONS, TemplateExport, resource
from azure_hotpatch.emulator.arm.hierarchy import groups
from azure_hotpatch.emulator.arm.http import ASK_AGAIN, Reply, Request
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest, NotEmulated, ResourceNotFound
from azure_hotpatch.emulator.arm.protocol.paths import parse_path, type_and_name

_SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
_NOT_EXPORTED = "Could not get resources of the type '{}'. Resources of this type will not be exported."
_WITH_ERRORS = (
    "Export template operation completed with errors. Some resources were not exported. Please see details for more "
    "information."
)


def export(request: Request) -> Reply:
    """Answer 202; the template is at the Location."""
    group = groups.find(request.tx, request.parameters["subscription"], request.parameters["group"])
    body = request.object()
    options = frozenset(one.strip().lower() for one in str(body.get("options") or "").split(",") if one.strip())
    if options - OPTIONS:
        raise BadRequest(f"The options {', '.join(sorted(options - OPTIONS))} of an export are not known.")
    if str(body.get("outputFormat") or "Json").lower() != "json":
        raise NotEmulated("This Azure emulator exports templates in JSON, not in Bicep.")
    result = _template(request.tx, _chosen(request.tx, group, body.get("resources")), options)
    operation = Operation(str(uuid.uuid4()), "", "export", 1, stamp(request.tx.now()), result=result)
    request.tx.save_operation(operation)
    where = f"{request.base}/subscriptions/{request.parameters['subscription']}/operationresults/{operation.id}"
    return Reply(202, None, {"Location": f"{where}?api-version={request.version}", **ASK_AGAIN})


def _chosen(tx: Transaction, group: Resource, wanted: Any) -> list[Resource]:
    if not isinstance(wanted, list) or not wanted or not all(isinstance(one, str) for one in wanted):
        raise BadRequest("The 'resources' must be a list of ids, or of '*' alone.")
    there = tx.within(group.id)
    if wanted == ["*"]:
        return there
    known = {one.key: one for one in there}
    for one in wanted:
        path = parse_path(one)
        if path is None or path.key not in known:
            raise ResourceNotFound(type_and_name(path) if path else one, group.name)
    return [known[key] for key in sorted(one.lower() for one in wanted)]


def _template(tx: Transaction, chosen: Iterable[Resource], options: frozenset[str]) -> Json:
    found = [one for one in chosen if not _is_inline(one)]
    exported = {one.key: one for one in found if _can_be_exported(one)}
    export = TemplateExport(exported, options)
    resources = [resource(tx, export, one) for one in exported.values()]
    template = {
        "$schema": _SCHEMA,
        "contentVersion": "1.0.0.0",
        "parameters": export.parameters,
        "variables": {},
        "resources": resources,
    }
    left_out = dict.fromkeys(one.type for one in found if one.key not in exported)
    return {"template": template, **({"error": _error(left_out)} if left_out else {})}


def _error(types: Iterable[str]) -> Json:
    details = [{"code": "ExportTemplateProviderError", "message": _NOT_EXPORTED.format(one)} for one in types]
    return {"code": "ExportTemplateCompletedWithErrors", "message": _WITH_ERRORS, "details": details}


def _is_inline(one: Resource) -> bool:
    """A part that its owner lists itself, such as a subnet."""
    path = parse_path(one.id)
    owner = providers.find(path.parent_type) if path and len(path.types) > 1 else None
    return owner is not None and any(kind.lower() == one.type.lower() for kind in owner.parts.values())


def _can_be_exported(one: Resource) -> bool:
    """What has a place, and its children; a lock or an assignment is put on something, and has none."""
    path = parse_path(one.id)
    if path is None or path.extends_resource or not providers.of(one):
        return False
    return len(path.types) > 1 or "location" in one.body
