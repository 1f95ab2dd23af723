"""What clients read of a subscription besides its resources: features, peered zones, rights, policy states."""

from azure_hotpatch.emulator.arm.hierarchy.locations import normalised, zones_of
from azure_hotpatch.emulator.arm.http import Reply, Request
from azure_hotpatch.emulator.arm.protocol import queries
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest, NotFound


def features(request: Request) -> Reply:
    """None: those that guest patching and hotpatch once needed are not needed any more."""
    return Reply(200, {"value": queries.applied(request.query, [], queries.NONE, "features")})


def feature(request: Request) -> Reply:
    name = f"{request.parameters['namespace']}/{request.parameters['feature']}"
    raise NotFound(f"The feature '{name}' could not be found.", code="FeatureNotFound")  # wording not published


def check_zone_peers(request: Request) -> Reply:
    """Which zones of other subscriptions are the same: here each zone has the same number everywhere."""
    body = request.object()
    location, others = body.get("location"), body.get("subscriptionIds")
    if not isinstance(location, str) or not isinstance(others, list):  # wording not published
        raise BadRequest("The properties 'location' and 'subscriptionIds' are required.", code="InvalidRequestContent")
    zones = zones_of(normalised(location))
    peers = [
        {
            "availabilityZone": zone,
            "peers": [{"subscriptionId": str(other).rsplit("/", 1)[-1], "availabilityZone": zone} for other in others],
        }
        for zone in zones
    ]
    subscription = request.parameters["subscription"]
    answer = {"subscriptionId": subscription, "location": normalised(location), "availabilityZonePeers": peers}
    return Reply(200, answer)


def permissions(request: Request) -> Reply:
    """Everything: roles are stored and nobody is held to them."""
    everything = {"actions": ["*"], "notActions": [], "dataActions": ["*"], "notDataActions": []}
    return Reply(200, {"value": queries.applied(request.query, [everything], queries.NONE, "permissions")})


def policy_states(request: Request) -> Reply:
    """No record: the emulator stores policies and evaluates none, as Azure before its first evaluation."""
    queries.filtered(request.query, queries.NONE)
    scope = request.parameters.get("scope", "")
    context = f"{request.base}{scope}/providers/Microsoft.PolicyInsights/policyStates/$metadata#latest"
    return Reply(200, {"@odata.context": context, "@odata.count": 0, "@odata.nextLink": None, "value": []})
