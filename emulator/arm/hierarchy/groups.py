"""Resource groups: every other resource is in one, and deleting one deletes its resources."""

import re

from azure_hotpatch.emulator.arm import providers
from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.hierarchy import resource_lists
from azure_hotpatch.emulator.arm.hierarchy.locations import checked
from azure_hotpatch.emulator.arm.http import ASK_AGAIN, Reply, Request, listing, refused
from azure_hotpatch.emulator.arm.lifecycle import operations
from azure_hotpatch.emulator.arm.protocol import bodies, members
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest, Conflict, ResourceGroupNotFound
from azure_hotpatch.emulator.arm.protocol.paths import GROUP_TYPE

# "Naming rules and restrictions for Azure resources", resourcegroups.
_LONGEST_NAME = 90
_NOT_IN_A_NAME = re.compile(r"[^\w\-.()]")


def find(tx: Transaction, subscription: str, name: str) -> Resource:
    group = tx.find(f"/subscriptions/{subscription}/resourceGroups/{name}")
    if group is None:
        raise ResourceGroupNotFound(name)
    return group


def refuse_if_going(group: Resource) -> None:
    if group.state == "Deleting":
        raise Conflict(
            f"The resource group '{group.name}' is in deprovisioning state and cannot perform this operation.",
            code="ResourceGroupBeingDeleted",
        )


def _check_name(name: str) -> None:
    """Refuse a name, in the words that microsoft-foundry-for-vscode 53 quotes; those of the others follow them."""
    wrong = "".join(dict.fromkeys(_NOT_IN_A_NAME.findall(name)))
    why = ""
    if wrong:
        allowed = "The name can only be a letter, digit, '-', '.', '(', ')' or '_'."
        why = f"these invalid characters: '{wrong}'. {allowed}"
    elif len(name) > _LONGEST_NAME:
        why = f"a length of '{len(name)}' which exceeds the maximum length of '{_LONGEST_NAME}'."
    elif name.endswith("."):
        why = "these invalid trailing characters: '.'."
    if why:
        raise BadRequest(f"The provided resource group name '{name}' has {why}", code="InvalidResourceGroup")


def put(request: Request) -> Reply:
    name, body = request.parameters["group"], bodies.without_nulls(request.object())
    _check_name(name)
    if not body.get("location"):
        raise BadRequest("The location property is required for this definition.", code="LocationRequired")
    members.check(body)
    location = checked(body["location"], GROUP_TYPE)
    before = request.tx.find(_id(request))
    if before:
        refuse_if_going(before)
    if before and before.body["location"] != location:
        raise Conflict(
            f"Invalid resource group location '{location}'. The Resource group already exists in location "
            f"'{before.body['location']}'.",
            code="InvalidResourceGroupLocation",
        )
    group = Resource(before.id if before else _id(request), GROUP_TYPE, _body(body, location))
    request.tx.save(group)
    return Reply(200 if before else 201, _shown(group))


def get(request: Request) -> Reply:
    group = find(request.tx, request.parameters["subscription"], request.parameters["group"])
    settled = operations.settle(request.tx, group)
    if settled is None:
        return refused(ResourceGroupNotFound(group.name))  # the end of the deletion is kept
    return Reply(200, _shown(settled))


def head(request: Request) -> Reply:
    group = request.tx.find(_id(request))
    return Reply(204 if group and operations.settle(request.tx, group) else 404)


def patch(request: Request) -> Reply:
    group = find(request.tx, request.parameters["subscription"], request.parameters["group"])
    refuse_if_going(group)
    sent = {name: request.object()[name] for name in ("tags", "managedBy") if name in request.object()}
    group.body.update(bodies.without_nulls(sent))
    request.tx.save(group)
    return Reply(200, _shown(group))


def delete(request: Request) -> Reply:
    """Answer 202; the group and its resources are deleted once the operation has been polled."""
    group = find(request.tx, request.parameters["subscription"], request.parameters["group"])
    providers.refuse_if_used(request.tx, group)
    group.state, group.polls = "Deleting", 1
    request.tx.set_state(group)
    subscription = request.parameters["subscription"]
    headers = operations.begin(request, group, "delete", 1, "Microsoft.Resources", subscription)
    # ARM gives a Location alone here, below the subscription.
    operation = headers["Location"].rsplit("/", 1)[1]
    url = f"{request.base}/subscriptions/{subscription}/operationresults/{operation}"
    return Reply(202, None, {"Location": url, **ASK_AGAIN})


def list_all(request: Request) -> Reply:
    groups = request.tx.within(f"/subscriptions/{request.parameters['subscription']}", GROUP_TYPE)
    return listing(resource_lists.of_groups(request.query, [_shown(group) for group in groups]))


def _id(request: Request) -> str:
    return f"/subscriptions/{request.parameters['subscription']}/resourceGroups/{request.parameters['group']}"


def _body(body: Json, location: str) -> Json:
    kept: Json = {name: body[name] for name in ("tags", "managedBy") if name in body}
    return {"location": location, **kept}


def _shown(group: Resource) -> Json:
    return {
        "id": group.id,
        "name": group.name,
        "type": GROUP_TYPE,
        **group.body,
        "properties": {"provisioningState": group.state},
    }
