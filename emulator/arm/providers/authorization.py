"""Microsoft.Authorization: policies and roles, at every scope."""

import uuid

from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change, LocationRule, ResourceType
from azure_hotpatch.emulator.arm.protocol.bodies import fill
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest, Conflict, NotFound
from azure_hotpatch.emulator.arm.protocol.paths import parse_path, scope_of
from azure_hotpatch.emulator.arm.protocol.queries import Queries
from azure_hotpatch.emulator.arm.providers import roles

_NAMESPACE = "Microsoft.Authorization"
_DEFINITIONS = f"{_NAMESPACE}/policyDefinitions"
_SET_DEFINITIONS = f"{_NAMESPACE}/policySetDefinitions"
_ROLES = f"{_NAMESPACE}/roleAssignments"
_POLICY_VERSIONS = ("2015-10-01-preview", "2026-12-31")
_ROLE_VERSIONS = ("2015-07-01", "2026-12-31")


def _prepare_definition(change: Change) -> None:
    if not change.properties.get("policyRule"):
        raise BadRequest(  # wording not published
            f"The policy definition '{change.name}' is invalid: the property 'policyRule' is required.",
            code="InvalidPolicyDefinition",
        )
    fill(change.properties, {"policyType": "Custom", "mode": "Indexed", "version": "1.0.0", "versions": ["1.0.0"]})


def _prepare_set(change: Change) -> None:
    if not change.properties.get("policyDefinitions"):
        raise BadRequest(  # wording not published
            f"The policy set definition '{change.name}' is invalid: the property 'policyDefinitions' is required.",
            code="InvalidPolicySetDefinition",
        )
    fill(change.properties, {"policyType": "Custom", "version": "1.0.0", "versions": ["1.0.0"]})


def _prepare_assignment(change: Change) -> None:
    definition = change.properties.get("policyDefinitionId")
    if not definition:
        raise BadRequest(  # wording not published
            f"The policy assignment '{change.name}' is invalid: the property 'policyDefinitionId' is required.",
            code="InvalidPolicyAssignment",
        )
    _find_definition(change, str(definition))
    fill(change.properties, {"enforcementMode": "Default", "notScopes": []})
    change.properties["scope"] = scope_of(change.id)


def _find_definition(change: Change, definition: str) -> None:
    """Refuse a custom definition that does not exist; any built-in one, at tenant level, is accepted."""
    path = parse_path(definition)
    if path is None or not path.subscription or change.tx.find(definition):
        return
    kind = "set definition" if path.type.lower() == _SET_DEFINITIONS.lower() else "definition"
    code = "PolicySetDefinitionNotFound" if kind.startswith("set") else "PolicyDefinitionNotFound"
    raise NotFound(f"The policy {kind} '{path.name if path.names else definition}' could not be found.", code=code)


def _prepare_role(change: Change) -> None:
    for name in ("roleDefinitionId", "principalId"):
        if not change.properties.get(name):
            raise BadRequest(f"The property '{name}' is required.", code="InvalidRequest")  # wording not published
    try:
        uuid.UUID(change.name)
    except ValueError:
        raise BadRequest(
            f"The role assignment ID '{change.name}' is not valid. The role assignment ID must be a GUID.",
            code="InvalidRoleAssignmentId",
        ) from None
    scope = scope_of(change.id)
    if change.before is None:
        _refuse_same_role(change, scope)
    elif any(change.previous.get(name) != change.properties[name] for name in ("roleDefinitionId", "principalId")):
        raise BadRequest(
            "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
            code="RoleAssignmentUpdateNotPermitted",
        )
    fill(change.properties, {"principalType": "ServicePrincipal"})
    change.properties["scope"] = scope
    roles.date(change)


def _refuse_same_role(change: Change, scope: str) -> None:
    mine = (change.properties["roleDefinitionId"].lower(), change.properties["principalId"].lower())
    for other in change.tx.within(f"{scope}/providers/{_ROLES}", _ROLES):
        properties = other.body["properties"]
        if (properties["roleDefinitionId"].lower(), properties["principalId"].lower()) == mine:
            raise Conflict("The role assignment already exists.", code="RoleAssignmentExists")


_DEFINITION_QUERIES = Queries(filters={"policytype": "properties.policyType"})

TYPES = (
    ResourceType(
        _DEFINITIONS,
        _POLICY_VERSIONS,
        LocationRule.NOWHERE,
        prepare=_prepare_definition,
        queries=_DEFINITION_QUERIES,
        has_state=False,
        replaced=201,
    ),
    ResourceType(
        _SET_DEFINITIONS,
        _POLICY_VERSIONS,
        LocationRule.NOWHERE,
        prepare=_prepare_set,
        queries=_DEFINITION_QUERIES,
        has_state=False,
    ),
    ResourceType(
        f"{_NAMESPACE}/policyAssignments",
        _POLICY_VERSIONS,
        LocationRule.OPTIONAL,
        prepare=_prepare_assignment,
        queries=Queries(filters={"policydefinitionid": "properties.policyDefinitionId"}),
        inherited=True,
        has_state=False,
        replaced=201,
        shows_deleted=True,
    ),
    ResourceType(
        _ROLES,
        _ROLE_VERSIONS,
        LocationRule.NOWHERE,
        prepare=_prepare_role,
        queries=Queries(filters={"principalid": "properties.principalId"}),
        inherited=True,
        has_state=False,
    ),
)
