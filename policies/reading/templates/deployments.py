"""Resources that carry an ARM template: deployments at every scope, stacks, template specs and blueprints."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from azure_hotpatch.domain.judging.record import Record, Unknown
from azure_hotpatch.policies.reading.arm.names import arm_named
from azure_hotpatch.policies.reading.reading import bare, plain, resealed
from azure_hotpatch.policies.reading.recorded import dotted, opaque
from azure_hotpatch.policies.reading.source import Source
from azure_hotpatch.policies.reading.templates.template import read_template
from azure_hotpatch.policies.reading.templates.template_paths import (
    APPLICATIONS,
    BLUEPRINTS,
    IN_PROPERTIES,
    TemplatePaths,
    at,
    linked_in,
    why_no_template,
)
from azure_hotpatch.policies.reading.templates.walk_position import WalkPosition
from azure_hotpatch.policies.reading.templates.work import Work
from azure_hotpatch.policies.reading.type_tokens import TypeToken

BESIDE = TemplatePaths("template", "parameters")
_MAIN = TemplatePaths("mainTemplate")
_SPEC = TemplatePaths("mainTemplate", linked="linkedTemplates")
_CONTENT = TemplatePaths("templateContent", "parametersContent")
_BODY = TemplatePaths("templateBody", "parametersBody")

NATIVE: Mapping[str, TemplatePaths] = {
    "resources:deployment": IN_PROPERTIES,
    "resources:deploymentatmanagementgroupscope": IN_PROPERTIES,
    "resources:deploymentatscope": IN_PROPERTIES,
    "resources:deploymentatsubscriptionscope": IN_PROPERTIES,
    "resources:deploymentattenantscope": IN_PROPERTIES,
    "resources:deploymentstackatmanagementgroup": BESIDE,
    "resources:deploymentstackatresourcegroup": BESIDE,
    "resources:deploymentstackatsubscription": BESIDE,
    "resources:templatespecversion": _SPEC,
    "solutions:applicationdefinition": _MAIN,
    "solutions:application": APPLICATIONS,
    "blueprint:templateartifact": BESIDE,
    "blueprint:assignment": BLUEPRINTS,
}
# By the Terraform resource's name, in camelCase and lower case.
TERRAFORM: Mapping[str, TemplatePaths] = {
    "resourcegrouptemplatedeployment": _CONTENT,
    "subscriptiontemplatedeployment": _CONTENT,
    "tenanttemplatedeployment": _CONTENT,
    "managementgrouptemplatedeployment": _CONTENT,
    "grouptemplatedeployment": _CONTENT,
    "templatedeployment": _BODY,
    "managedapplicationdefinition": _MAIN,
    "managedapplication": APPLICATIONS,
    "blueprintassignment": BLUEPRINTS,
}


def native_records(source: Source, token: TypeToken) -> list[Record]:
    return carried(source, arm_named(plain(source.props)), NATIVE[token.resource])


def carried(source: Source, props: Any, carrier: TemplatePaths, prefix: str = "") -> list[Record]:
    """The records of the template that a resource carries, or an opaque one where it is elsewhere.

    `prefix` leads from the source to `props`.
    """
    origin = prefix + carrier.template
    if carrier.elsewhere:
        return [opaque(source, carrier.elsewhere, prefix.rstrip("."))]
    template, parameters = at(props, carrier.template), _parameters(props, carrier)
    holder = bare(at(props, carrier.template.rpartition(".")[0]))
    links = holder if isinstance(holder, dict) else {}
    if template is None:
        return [opaque(source, why_no_template(links.get), origin)]
    group = bare(at(props, "resourceGroupName"))
    group = group if isinstance(group, str) else ""
    place = WalkPosition(source, Work(source.run), origin, group, linked=linked_in(props, carrier))
    read = read_template(template, parameters, place, links.get("parametersLink") is not None)
    if not _is_ignored(source, (origin, prefix + carrier.parameters)):
        return read
    return [replace(record, ignored_changes=("*",)) for record in read]


def _is_ignored(source: Source, places: Iterable[str]) -> bool:
    """Whether `ignoreChanges` covers a template or its parameters, or a part of one."""
    paths = [dotted(path).removesuffix("*").rstrip(".") for path in source.ignore_changes]
    return any(_overlap(path, at) for path in paths for at in places if at)


def _overlap(path: str, at: str) -> bool:
    return not path or path == at or at.startswith(f"{path}.") or path.startswith((f"{at}.", f"{at}["))


def _parameters(props: Any, carrier: TemplatePaths) -> Any:
    """The parameters of a template; azurerm's first template deployment takes them by name too, without `value`."""
    if not carrier.parameters:
        return None
    given = at(props, carrier.parameters)
    plain_values = at(props, "parameters") if carrier is _BODY and bare(given) in (None, "") else None
    values = bare(plain_values)
    if not isinstance(values, dict):
        return values if isinstance(values, Unknown) else given
    return {name: {"value": resealed(plain_values, value)} for name, value in values.items()}
