"""Which ARM types carry a template, where they have it, and which make what is written elsewhere."""

from collections.abc import Callable, Mapping
from posixpath import normpath
from typing import Any, NamedTuple

from azure_hotpatch.domain.azure.coercion import as_word
from azure_hotpatch.domain.judging.record import Unknown
from azure_hotpatch.policies.reading.arm.judged_types import (
    APPLICATION,
    APPLICATION_DEFINITION,
    BLUEPRINT_ARTIFACT,
    BLUEPRINT_ASSIGNMENT,
    DEPLOYMENT,
    DEPLOYMENT_STACK,
    TEMPLATE_SPEC_VERSION,
)
from azure_hotpatch.policies.reading.reading import bare, each, resealed
from azure_hotpatch.policies.reading.templates.unknowns import member_of
from azure_hotpatch.policies.reading.templates.walk_position import EMPTY, LINKED

PACKAGE = "packageFileUri"
IN_A_PACKAGE = "the application is in a package (packageFileUri), not in this file"
LINKS = ("templateLink", "templateSpecVersionId", PACKAGE)
IN_A_DEFINITION = "it is a managed application, and its resources are in its definition, not in this file"
IN_A_BLUEPRINT = "it assigns a blueprint, and the blueprint's resources are not in this file"


class TemplatePaths(NamedTuple):
    """Where a resource has its template and the parameters of it; `elsewhere` says why it has none that can be read.

    `linked` is where it has the templates that its own links to: objects with a `path` and a `template`.
    """

    template: str = ""
    parameters: str = ""
    elsewhere: str = ""
    linked: str = ""


IN_PROPERTIES = TemplatePaths("properties.template", "properties.parameters")
APPLICATIONS = TemplatePaths(elsewhere=IN_A_DEFINITION)
BLUEPRINTS = TemplatePaths(elsewhere=IN_A_BLUEPRINT)
CARRIERS: Mapping[str, TemplatePaths] = {
    DEPLOYMENT: IN_PROPERTIES,
    DEPLOYMENT_STACK: IN_PROPERTIES,
    TEMPLATE_SPEC_VERSION: TemplatePaths("properties.mainTemplate", linked="properties.linkedTemplates"),
    APPLICATION_DEFINITION: TemplatePaths("properties.mainTemplate"),
    APPLICATION: APPLICATIONS,
    BLUEPRINT_ARTIFACT: IN_PROPERTIES,
    BLUEPRINT_ASSIGNMENT: BLUEPRINTS,
}
# An artifact of a blueprint is a template, or one of these.
_ARTIFACTS: Mapping[str, str] = {
    "policyassignment": "Microsoft.Authorization/policyAssignments",
    "roleassignment": "Microsoft.Authorization/roleAssignments",
}


def why_no_template(read: Callable[[str], Any]) -> str:
    """Why a carrier has no template that can be read, by the links that `read` finds in it."""
    if read(PACKAGE) is not None:
        return IN_A_PACKAGE
    return LINKED if any(read(link) is not None for link in LINKS) else EMPTY


def linked_in(props: Any, carrier: TemplatePaths) -> dict[str, Any]:
    """The templates that a carrier's own may link to, by path, sealed where the list is."""
    held = at(props, carrier.linked) if carrier.linked else None
    found = ((bare(at(item, "path")), resealed(item, at(item, "template"))) for item in each(held))
    return {normpath(path): template for path, template in found if isinstance(path, str) and template is not None}


def own_type(type_: str, body: Mapping[str, Any]) -> str:
    """The type of a resource, or what an artifact of a blueprint assigns instead of a template."""
    if type_.lower() != BLUEPRINT_ARTIFACT:
        return type_
    return _ARTIFACTS.get(as_word(bare(member_of(body, "kind"))), type_)


def at(props: Any, path: str) -> Any:
    """The value at a path of names in any letter case, sealed where anything on the way is."""
    value = props
    for step in filter(None, path.split(".")):
        opened = bare(value)
        if not isinstance(opened, dict):
            return opened if isinstance(opened, Unknown) else None
        value = resealed(value, member_of(opened, step))
    return value
