"""Resources that carry an ARM template: deployments at every scope, stacks, template specs and blueprints."""

from collections.abc import Mapping
from typing import Any

from azure_hotpatch.domain.judging.record import Record, Unknown
from azure_hotpatch.policies.reading.arm.names import arm_named
from azure_hotpatch.policies.reading.reading import bare, plain, resealed
from azure_hotpatch.policies.reading.recorded import opaque
from azure_hotpatch.policies.reading.source import Source
from azure_hotpatch.policies.reading.templates.place import EMPTY, LINKED, Place
from azure_hotpatch.policies.reading.templates.template import read_template
from azure_hotpatch.policies.reading.tokens import Token

_LINKS = ("templateLink", "templateSpecVersionId", "packageFileUri")
# Where each type has its template and its parameters.
IN_PROPERTIES = ("properties.template", "properties.parameters")
BESIDE = ("template", "parameters")
MAIN = ("mainTemplate", "")
_CONTENT = ("templateContent", "parametersContent")
_BODY = ("templateBody", "parametersBody")

NATIVE: Mapping[str, tuple[str, str]] = {
    "resources:deployment": IN_PROPERTIES,
    "resources:deploymentatmanagementgroupscope": IN_PROPERTIES,
    "resources:deploymentatscope": IN_PROPERTIES,
    "resources:deploymentatsubscriptionscope": IN_PROPERTIES,
    "resources:deploymentattenantscope": IN_PROPERTIES,
    "resources:deploymentstackatmanagementgroup": BESIDE,
    "resources:deploymentstackatresourcegroup": BESIDE,
    "resources:deploymentstackatsubscription": BESIDE,
    "resources:templatespecversion": MAIN,
    "solutions:applicationdefinition": MAIN,
    "blueprint:templateartifact": BESIDE,
}
# By the Terraform resource's name, in camelCase and lower case.
TERRAFORM: Mapping[str, tuple[str, str]] = {
    "resourcegrouptemplatedeployment": _CONTENT,
    "subscriptiontemplatedeployment": _CONTENT,
    "tenanttemplatedeployment": _CONTENT,
    "managementgrouptemplatedeployment": _CONTENT,
    "grouptemplatedeployment": _CONTENT,
    "templatedeployment": _BODY,
}


def native_records(source: Source, token: Token) -> list[Record]:
    return carried(source, arm_named(plain(source.props)), NATIVE[token.resource])


def carried(source: Source, props: Any, where: tuple[str, str], prefix: str = "") -> list[Record]:
    """The records of the template at the first path of `where`, with the parameters at the second.

    `prefix` leads from the source to `props`.
    """
    origin = prefix + where[0]
    template, parameters = _at(props, where[0]), _at(props, where[1])
    holder = bare(_at(props, where[0].rpartition(".")[0]))
    links = holder if isinstance(holder, dict) else {}
    if template is None:
        linked = any(links.get(link) is not None for link in _LINKS)
        return [opaque(source, LINKED if linked else EMPTY, origin)]
    group = bare(_at(props, "resourceGroupName"))
    place = Place(source, origin, group if isinstance(group, str) else "")
    return read_template(template, parameters, place, links.get("parametersLink") is not None)


def _at(props: Any, path: str) -> Any:
    """The value at a path, sealed where anything on the way is."""
    value = props
    for step in filter(None, path.split(".")):
        opened = bare(value)
        if not isinstance(opened, dict):
            return opened if isinstance(opened, Unknown) else None
        value = resealed(value, opened.get(step))
    return value
