"""What a template's parameters, variables and nesting never do: stand in for a value, or give a secret away."""

import json
from typing import Any

import pytest

from azure_hotpatch.domain.judging.record import Record, Unknown
from azure_hotpatch.policies.reading import Source, records
from tests.policies.machines import ARM, GOOD_SKU
from tests.policies.variations import secret

DEPLOYMENT = "azure-native:resources:Deployment"
SKU = "storageProfile.imageReference.sku"
UNKNOWN = "dd056dcd-154b-4c76-9bd3-c8f88648b5ff"  # an object that is not known, as the engine writes it
HIDDEN = "a-sku-of-nobody"


def vm(sku: str = "[parameters('sku')]", **more: Any) -> dict[str, Any]:
    image = {"publisher": "MicrosoftWindowsServer", "offer": "WindowsServer", "sku": sku}
    return {**ARM, "properties": {"storageProfile": {"imageReference": image}}, **more}


def nested(**properties: Any) -> dict[str, Any]:
    return {"type": "Microsoft.Resources/deployments", "name": "inner", "properties": properties}


def inner(parameters: Any) -> dict[str, Any]:
    options = {"scope": "inner"}
    return nested(expressionEvaluationOptions=options, parameters=parameters, template=DEFAULTED)


DEFAULTED = {"parameters": {"sku": {"type": "string", "defaultValue": GOOD_SKU}}, "resources": [vm()]}


def deployed(template: Any, parameters: Any = None) -> Record:
    properties = {"template": template, **({} if parameters is None else {"parameters": parameters})}
    (record,) = records(Source(token=DEPLOYMENT, name="d", urn="urn", props={"properties": properties}))
    return record


@pytest.mark.parametrize("parameters", [UNKNOWN, secret("[secret]"), "no object", 5])
def test_takes_no_default_where_the_parameters_are_not_known(parameters: Any) -> None:
    assert isinstance(deployed(DEFAULTED, parameters).peek(SKU), Unknown)


@pytest.mark.parametrize("parameters", ["[reference('other').outputs]", "[parameters('gone')]", 5])
def test_takes_no_default_where_a_nested_deployments_parameters_are_not_known(parameters: Any) -> None:
    assert isinstance(deployed({"resources": [inner(parameters)]}).peek(SKU), Unknown)


def test_takes_the_default_where_no_parameters_are_given() -> None:
    assert deployed(DEFAULTED).peek(SKU) == deployed({"resources": [inner({})]}).peek(SKU) == GOOD_SKU


def test_takes_neither_of_two_values_for_one_parameter() -> None:
    given = {"sku": {"value": GOOD_SKU}, "SKU": {"value": "other"}}
    assert isinstance(deployed(DEFAULTED, given).peek(SKU), Unknown)


@pytest.mark.parametrize(
    ("template", "parameters"),
    [
        (DEFAULTED, secret({"sku": {"value": HIDDEN}})),
        (DEFAULTED, secret(json.dumps({"sku": {"value": HIDDEN}}))),
        (DEFAULTED, {"sku": secret({"value": HIDDEN})}),
        ({"resources": secret([vm(HIDDEN)])}, None),
        ({"variables": secret({"v": HIDDEN}), "resources": [vm("[variables('v')]")]}, None),
        ({"resources": [{**nested(), "properties": secret({"template": {"resources": [vm(HIDDEN)]}})}]}, None),
        ({"resources": [nested(template=secret({"resources": [vm(HIDDEN)]}))]}, None),
        ({"resources": [inner(secret({"sku": {"value": HIDDEN}}))]}, None),
    ],
)
def test_shows_nothing_of_what_is_secret_as_a_whole(template: Any, parameters: Any) -> None:
    record = deployed(template, parameters)
    assert record.peek(SKU) == HIDDEN
    assert record.shown(SKU) == "[secret]"


def test_shows_no_name_that_is_a_secret() -> None:
    secure = {"parameters": {"n": {"type": "secureString"}}, "resources": [vm("x", name="[parameters('n')]")]}
    record = deployed(secure, {"n": {"value": HIDDEN}})
    assert (record.name, record.peek("name"), record.shown("name")) == ("d", HIDDEN, "[secret]")


def test_takes_a_machine_for_made_where_only_a_symbolic_name_could_say_that_it_exists() -> None:
    assert deployed({"resources": [vm(existing=True)]})


@pytest.mark.parametrize("type_", ["Microsoft.Compute/virtualMachines/", " microsoft.compute/virtualmachines "])
def test_reads_a_type_with_blanks_or_a_slash_around_it(type_: str) -> None:
    assert deployed({"resources": [vm("x", type=type_)]}).arm_type == "Microsoft.Compute/virtualMachines"
