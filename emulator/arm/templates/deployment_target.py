"""What a template can read about the target of its deployment: group, subscription, deployment and cloud."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.templates import ids, lambdas, loops
from azure_hotpatch.emulator.arm.templates.errors import ExpressionError, unexpected
from azure_hotpatch.emulator.arm.templates.evaluator import Contextual, EvaluationFrame
from azure_hotpatch.emulator.arm.templates.functions import dates
from azure_hotpatch.emulator.arm.templates.functions.signature import a_string, an_integer, check_count


@dataclass(frozen=True, slots=True)
class DeploymentTarget:
    """The target of a deployment. What its scope lacks is empty, and the function for it is refused there."""

    scope: str  # the id of the group, subscription or management group; "" for the tenant
    subscription: Json  # as subscription() gives it
    group: Json  # as resourceGroup() gives it
    management_group: Json
    tenant: Json
    deployment: Json
    environment: Json
    providers: Callable[[str], Json]  # a namespace with its resourceTypes; raises ExpressionError
    now: datetime

    @property
    def subscription_id(self) -> str:
        return str(self.subscription.get("subscriptionId", ""))

    @property
    def group_name(self) -> str:
        return str(self.group.get("name", ""))


def functions(place: DeploymentTarget) -> Mapping[str, Contextual]:
    """The functions that have a meaning everywhere in a template that is deployed there."""
    return {
        "copyindex": loops.copy_index,
        "deployer": lambda _frame, _arguments: {"objectId": _DEPLOYER, "tenantId": place.tenant.get("tenantId", "")},
        "deployment": _given("deployment", place.deployment),
        "environment": _given("environment", place.environment),
        "extensionresourceid": lambda _frame, arguments: ids.extension_id(arguments),
        "lambdavariables": lambdas.variable,
        "managementgroup": _given("managementGroup", place.management_group),
        "managementgroupresourceid": lambda _frame, arguments: ids.management_group_id(
            arguments, str(place.management_group.get("name", ""))
        ),
        "pickzones": _pick_zones,
        "providers": lambda _frame, arguments: _providers(place, arguments),
        "resourcegroup": _given("resourceGroup", place.group),
        "resourceid": lambda _frame, arguments: ids.resource_id(
            arguments, place.scope, place.subscription_id, place.group_name
        ),
        "subscription": _given("subscription", place.subscription),
        "subscriptionresourceid": lambda _frame, arguments: ids.subscription_id(arguments, place.subscription_id),
        "tenant": _given("tenant", place.tenant),
        "tenantresourceid": lambda _frame, arguments: ids.tenant_id(arguments),
    }


def changing(place: DeploymentTarget) -> Mapping[str, Contextual]:
    """The functions whose value changes from call to call: the defaults of parameters alone may have them."""
    return {
        "newguid": lambda _frame, arguments: _counted("newGuid", arguments, 0, str(uuid.uuid4())),
        "utcnow": lambda _frame, arguments: _now(place, arguments),
    }


_DEPLOYER = "00000000-0000-0000-0000-0000000a2e0d"  # whom the emulator takes every caller for


def _given(name: str, value: Json) -> Contextual:
    def run(_frame: EvaluationFrame, arguments: list[Any]) -> Any:
        check_count(name, len(arguments), 0, 0)
        if not value:
            raise unexpected(name)
        return value

    return run


def _counted(name: str, arguments: list[Any], most: int, value: Any) -> Any:
    check_count(name, len(arguments), 0, most)
    return value


def _now(place: DeploymentTarget, arguments: list[Any]) -> str:
    check_count("utcNow", len(arguments), 0, 1)
    return dates.now(place.now, a_string("utcNow", arguments[0]) if arguments else None)


def _providers(place: DeploymentTarget, arguments: list[Any]) -> Any:
    check_count("providers", len(arguments), 1, 2)
    found = place.providers(a_string("providers", arguments[0]))
    if len(arguments) == 1:
        return found
    wanted = a_string("providers", arguments[1])
    for kind in found["resourceTypes"]:
        if kind["resourceType"].lower() == wanted.lower():
            return kind
    raise ExpressionError(
        f"The template function 'providers' did not find the resource type '{wanted}' of '{found['namespace']}'."
    )


def _pick_zones(_frame: EvaluationFrame, arguments: list[Any]) -> list[str]:
    """The zones of a region; each has three here, for no table of regions without zones is kept."""
    check_count("pickZones", len(arguments), 3, 5)
    for argument in arguments[:3]:
        a_string("pickZones", argument)
    number = an_integer("pickZones", arguments[3]) if len(arguments) > 3 else 1
    offset = an_integer("pickZones", arguments[4]) if len(arguments) > 4 else 0
    zones = ["1", "2", "3"][offset : offset + number]
    if number < 1 or offset < 0 or len(zones) < number:
        raise ExpressionError("The template function 'pickZones' asks for more zones than the region has.")
    return zones
