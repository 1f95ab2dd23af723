"""What carries a template in another resource: it is walked, or said to be unread, whoever spells it."""

import json
from typing import Any

import pytest

from azure_hotpatch.domain.judging.record import Kind, Record
from azure_hotpatch.policies.reading import Source, records, template_records
from tests.policies.machines import TEMPLATE

IN_TEMPLATES = {
    "deployment": ("Microsoft.Resources/deployments", {"template": TEMPLATE}),
    "stack": ("Microsoft.Resources/deploymentStacks", {"template": TEMPLATE}),
    "template spec": ("Microsoft.Resources/templateSpecs/versions", {"mainTemplate": TEMPLATE}),
    "application definition": ("Microsoft.Solutions/applicationDefinitions", {"mainTemplate": TEMPLATE}),
    "application definition as text": (
        "Microsoft.Solutions/applicationDefinitions",
        {"mainTemplate": json.dumps(TEMPLATE)},
    ),
    "blueprint artifact": ("Microsoft.Blueprint/blueprints/artifacts", {"template": TEMPLATE}),
}
ELSEWHERE = {
    "managed application": ("Microsoft.Solutions/applications", {"applicationDefinitionId": "/x"}),
    "packed definition": (
        "Microsoft.Solutions/applicationDefinitions",
        {"packageFileUri": "https://example.org/a.zip"},
    ),
    "blueprint assignment": ("Microsoft.Blueprint/blueprintAssignments", {"blueprintId": "/x"}),
    "linked stack": ("Microsoft.Resources/deploymentStacks", {"templateLink": {"uri": "https://example.org/t.json"}}),
}


def by_template(type_: str, properties: Any) -> list[Record]:
    return template_records({"resources": [{"type": type_, "name": "carrier", "properties": properties}]})


def by_generic(type_: str, properties: Any) -> list[Record]:
    namespace, _, rest = type_.partition("/")
    path, _, last = rest.rpartition("/")
    parent = f"{path}/parent" if path else ""
    props = {"resourceProviderNamespace": namespace, "parentResourcePath": parent, "resourceType": last}
    return records(Source("azure-native:resources:Resource", "c", "urn", {**props, "properties": properties}))


def by_azapi(type_: str, properties: Any) -> list[Record]:
    props = {"type": f"{type_}@2024-03-01", "name": "c", "body": {"properties": properties}}
    return records(Source("azapi:index/resource:Resource", "c", "urn", props))


ROUTES = (by_template, by_generic, by_azapi)


@pytest.mark.parametrize("carrier", IN_TEMPLATES)
@pytest.mark.parametrize("route", ROUTES)
def test_a_template_in_a_resource_is_walked(route: Any, carrier: str) -> None:
    (record,) = route(*IN_TEMPLATES[carrier])
    assert record.kind is Kind.VIRTUAL_MACHINE


@pytest.mark.parametrize("carrier", ELSEWHERE)
@pytest.mark.parametrize("route", ROUTES)
def test_what_is_made_elsewhere_is_said_to_be_unread(route: Any, carrier: str) -> None:
    (record,) = route(*ELSEWHERE[carrier])
    assert record.kind is Kind.OPAQUE
    assert "not in this file" in record.unreadable


MACHINE = json.dumps(TEMPLATE)
TOKENS: dict[str, tuple[dict[str, Any], Kind]] = {
    "azure-native:solutions:ApplicationDefinition": ({"mainTemplate": TEMPLATE}, Kind.VIRTUAL_MACHINE),
    "azure-native:solutions:Application": ({"applicationDefinitionId": "/x"}, Kind.OPAQUE),
    "azure-native:blueprint:TemplateArtifact": ({"template": TEMPLATE, "parameters": {}}, Kind.VIRTUAL_MACHINE),
    "azure-native:blueprint:Assignment": ({"blueprintId": "/x"}, Kind.OPAQUE),
    "azure:managedapplication/definition:Definition": ({"mainTemplate": MACHINE}, Kind.VIRTUAL_MACHINE),
    "azure:managedapplication/application:Application": ({"applicationDefinitionId": "/x"}, Kind.OPAQUE),
    "azure:blueprint/assignment:Assignment": ({"versionId": "/x"}, Kind.OPAQUE),
    "azurerm:index/managedApplicationDefinition:ManagedApplicationDefinition": (
        {"mainTemplate": MACHINE},
        Kind.VIRTUAL_MACHINE,
    ),
    "azurerm:index/managedApplication:ManagedApplication": ({"applicationDefinitionId": "/x"}, Kind.OPAQUE),
    "fleet:tf:azurerm_blueprint_assignment": ({"version_id": "/x"}, Kind.OPAQUE),
    "azure-native:compute:VirtualMachineScaleSetVM": ({"vmScaleSetName": "s"}, Kind.SCALE_SET_INSTANCE),
    "azure-native:compute/v20240701:VirtualMachineScaleSetVM": ({"instanceId": "0"}, Kind.SCALE_SET_INSTANCE),
}


@pytest.mark.parametrize("token", TOKENS)
def test_each_spelling_is_read(token: str) -> None:
    props, kind = TOKENS[token]
    (record,) = records(Source(token, "c", "urn", props))
    assert record.kind is kind


@pytest.mark.parametrize("route", ROUTES)
def test_an_instance_of_a_uniform_set_is_one_by_every_route(route: Any) -> None:
    (record,) = route("Microsoft.Compute/virtualMachineScaleSets/virtualMachines", {"osProfile": {}})
    assert record.kind is Kind.SCALE_SET_INSTANCE


@pytest.mark.parametrize(("kind", "found"), [("policyAssignment", Kind.POLICY_ASSIGNMENT), ("roleAssignment", None)])
def test_an_artifact_of_a_blueprint_is_what_its_kind_says(kind: str, found: Kind | None) -> None:
    artifact = {"type": "Microsoft.Blueprint/blueprints/artifacts", "name": "b/a", "kind": kind}
    read = template_records({"resources": [{**artifact, "properties": {"policyDefinitionId": "/x"}}]})
    assert [record.kind for record in read] == ([found] if found else [])


def test_an_expression_of_a_blueprint_is_no_value() -> None:
    inner = {
        "parameters": {"name": {"type": "string"}},
        "resources": [
            {"type": "Microsoft.Compute/virtualMachines", "name": "v", "tags": {"a": "[[parameters('name')]"}}
        ],
    }
    properties = {"template": inner, "parameters": {"name": {"value": "[[parameters('blueprint')]"}}}
    (record,) = by_template("Microsoft.Blueprint/blueprints/artifacts", properties)
    assert repr(record.peek("tags.a")) == "UNKNOWN"


def test_the_brackets_of_a_template_in_a_resource_are_read_twice() -> None:
    machine = {
        "type": "Microsoft.Compute/virtualMachines",
        "name": "[[variables('v')]",
        "tags": {"a": "[variables('v')]"},
    }
    carrier = {
        "type": "Microsoft.Resources/templateSpecs/versions",
        "name": "t/1",
        "properties": {"mainTemplate": {"variables": {"v": "inside"}, "resources": [machine]}},
    }
    (record,) = template_records({"variables": {"v": "outside"}, "resources": [carrier]})
    assert (record.name, record.peek("tags.a")) == ("inside", "outside")


def linking(path: str, **more: Any) -> dict[str, Any]:
    """A template with one deployment that links to another template by a relative path."""
    properties = {"mode": "Incremental", "templateLink": {"relativePath": path}, **more}
    return {"resources": [{"type": "Microsoft.Resources/deployments", "name": "linked", "properties": properties}]}


def spec(main: Any, *linked: tuple[str, Any]) -> dict[str, Any]:
    return {"mainTemplate": main, "linkedTemplates": [{"path": path, "template": each} for path, each in linked]}


SPECS = "Microsoft.Resources/templateSpecs/versions"
NAMED = {
    "parameters": {"name": {"type": "string"}},
    "resources": [{**TEMPLATE["resources"][0], "name": "[parameters('name')]"}],
}


def by_version(_: str, properties: Any) -> list[Record]:
    return records(Source("azure-native:resources:TemplateSpecVersion", "c", "urn", properties))


@pytest.mark.parametrize("route", [*ROUTES, by_version])
def test_a_template_that_a_template_spec_links_to_is_walked(route: Any) -> None:
    (record,) = route(SPECS, spec(linking("linked/vm.json"), ("linked/vm.json", TEMPLATE)))
    assert record.kind is Kind.VIRTUAL_MACHINE
    (missing,) = route(SPECS, spec(linking("linked/vm.json"), ("linked/other.json", TEMPLATE)))
    assert missing.unreadable.startswith("the template is linked by a path, linked/vm.json, and is not among the")


def test_a_linked_template_has_parameters_and_links_of_its_own() -> None:
    main = linking("./parts/group.json", parameters={"name": {"value": "web"}})
    group = {
        **linking("vm.json", parameters={"name": {"value": "[parameters('name')]"}}),
        "parameters": NAMED["parameters"],
    }
    found = by_version(SPECS, spec(main, ("parts/group.json", group), ("parts/vm.json", NAMED)))
    assert [(record.kind, record.name) for record in found] == [(Kind.VIRTUAL_MACHINE, "web")]


def test_a_template_that_links_to_itself_ends() -> None:
    (record,) = by_version(SPECS, spec(linking("a.json"), ("a.json", linking("a.json"))))
    assert "nested deeper" in record.unreadable


def test_a_relative_path_of_a_file_is_unverified() -> None:
    (record,) = template_records(linking("linked/vm.json"))
    assert record.unreadable.startswith("the template is linked by a path, linked/vm.json")
