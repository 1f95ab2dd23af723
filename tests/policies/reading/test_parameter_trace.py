"""A finding in a template names the parameter that sets the value, wherever the module is deployed from."""

from datetime import date
from typing import Any

import pytest

from azure_hotpatch.policies.config import parse_config
from azure_hotpatch.policies.reading import Source, records, template_records
from azure_hotpatch.policies.verdict import linked_rulings, message, rulings, set_by
from tests.policies.machines import REFERENCE
from tests.policies.reading.module_template import GOOD, MACHINE_MODULE, SET_MODULE, deployed, given

TODAY = date(2026, 6, 1)
TEMPLATE = {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"}
SETTINGS = "osProfile.windowsConfiguration.patchSettings"


def said(template: dict[str, Any], parameters: Any = None) -> dict[str, str]:
    """What sets the value, by rule."""
    read, config = template_records(template, parameters), parse_config({})
    found = [*rulings(read, config, TODAY), *linked_rulings(read, config, TODAY)]
    return {each.rule.id: set_by(each) for each in found}


def without(*names: str, **changes: Any) -> dict[str, Any]:
    parameters = given(**changes)
    for name in names:
        del parameters[name]
    return parameters


CASES: dict[str, tuple[dict[str, Any], dict[str, Any], str, str]] = {
    "a default": (MACHINE_MODULE, without("bypass"), "HP007", "parameter 'bypass', whose default is true"),
    "a value": (MACHINE_MODULE, given(bypass=True), "HP007", "parameter 'bypass', which is given as true"),
    "what decides between two values": (
        MACHINE_MODULE,
        given(patchMode="Manual", hotpatch=True, automaticUpdates=False),
        "HP004",
        "parameter 'patchMode', which is given as 'Manual'",
    ),
    "what decides that nothing is written": (
        MACHINE_MODULE,
        given(provisionVMAgent=False),
        "HP009",
        "parameter 'provisionVMAgent', which is given as false",
    ),
    "a member of an object": (
        MACHINE_MODULE,
        given(image={**REFERENCE, "sku": "2019-datacenter"}),
        "HP001",
        "parameter 'image.sku', which is given as '2019-datacenter'",
    ),
    "a member that is not given": (
        MACHINE_MODULE,
        given(image={"publisher": "MicrosoftWindowsServer", "offer": "WindowsServer"}),
        "HP001",
        "parameter 'image.sku', which is not given",
    ),
    "the mode of a set": (
        SET_MODULE,
        given(mode="Uniform"),
        "HP003",
        "parameter 'mode', which is given as 'Uniform'",
    ),
    "a module's default": (
        deployed(MACHINE_MODULE, without("bypass")),
        {},
        "HP007",
        "parameter 'bypass' of module resources[0], whose default is true",
    ),
    "a module's value": (
        deployed(MACHINE_MODULE, given(hotpatch=False)),
        {},
        "HP004",
        "parameter 'hotpatch' of module resources[0], which is given as false",
    ),
    "a parameter that is handed on": (
        {
            **deployed(MACHINE_MODULE, given(hotpatch="[and(parameters('live'), not(parameters('plain')))]")),
            "parameters": {
                "live": {"type": "bool"},
                "plain": {"type": "bool", "defaultValue": False},
            },
        },
        {"live": {"value": False}},
        "HP004",
        "parameters 'live' (given false), 'plain' (default false)",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_sets_the_value_is_named(case: str) -> None:
    template, parameters, rule, words = CASES[case]
    assert said(template, parameters)[rule] == words


def machine(properties: dict[str, Any], **template: Any) -> dict[str, Any]:
    vm = {"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01", "name": "web"}
    return {**TEMPLATE, **template, "resources": [{**vm, "properties": properties}]}


def windows(settings: Any) -> dict[str, Any]:
    return {
        "storageProfile": {"imageReference": REFERENCE},
        "osProfile": {"windowsConfiguration": {"patchSettings": settings}},
    }


DECLARED = {"on": {"type": "bool", "defaultValue": False}}
FORMS = {
    "union": "[union(createObject('enableHotpatching', true()), createObject('enableHotpatching', parameters('on')))]",
    "shallowMerge": "[shallowMerge(createArray(createObject('enableHotpatching', parameters('on')), createObject()))]",
    "coalesce": {"enableHotpatching": "[coalesce(tryGet(parameters('all'), 'on'), false())]"},
    "variable": "[variables('settings')]",
    "member": {"enableHotpatching": "[variables('settings').enableHotpatching]"},
    "first of a list": {"enableHotpatching": "[createArray(parameters('on'), true())[0]]"},
    "another default": {"enableHotpatching": "[parameters('handedOn')]"},
}


@pytest.mark.parametrize("form", FORMS)
def test_a_value_is_traced_through_what_carries_it(form: str) -> None:
    template = machine(
        windows(FORMS[form]),
        parameters={
            **DECLARED,
            "all": {"type": "object", "defaultValue": {}},
            "handedOn": {"type": "bool", "defaultValue": "[parameters('on')]"},
        },
        variables={"settings": {"enableHotpatching": "[parameters('on')]"}},
    )
    wanted = (
        "parameter 'all.on', which is not given" if form == "coalesce" else "parameter 'on', whose default is false"
    )
    assert said(template)["HP004"] == wanted


def test_nothing_is_said_of_a_value_that_the_template_writes() -> None:
    assert said(machine(windows({"enableHotpatching": False}), parameters=DECLARED))["HP004"] == ""


def test_nothing_is_said_where_no_parameter_could_set_what_is_missing() -> None:
    settings = "[if(parameters('on'), createObject(), createObject('enableHotpatching', true()))]"
    assert said(machine(windows(settings), parameters=DECLARED))["HP005"] == ""


def test_parameters_that_read_each_other_end() -> None:
    circle = {
        "a": {"type": "bool", "defaultValue": "[parameters('b')]"},
        "b": {"type": "bool", "defaultValue": "[parameters('a')]"},
    }
    assert set(said(machine(windows({"enableHotpatching": "[parameters('a')]"}), parameters=circle)).values()) == {""}


def test_a_secret_value_is_never_shown() -> None:
    """Neither that of a secure parameter nor one that is a secret elsewhere in the machine."""
    template = machine(
        {**windows({"enableHotpatching": "[equals(parameters('password'), 'other')]"})},
        parameters={"password": {"type": "secureString", "defaultValue": "Correct-Horse-7-Battery"}},
    )
    read = template_records(template)
    found = [*rulings(read, parse_config({}), TODAY)]
    assert "parameter 'password', by its default" in {set_by(each) for each in found}
    assert [each.shown for each in read[0].setters(f"{SETTINGS}.enableHotpatching")] == [False]
    assert not any("Horse" in message(each) for each in found)
    template = machine(
        {**windows({"patchMode": "[parameters('mode')]"})} | {"licenseType": "[parameters('password')]"},
        parameters={
            "password": {"type": "secureString", "defaultValue": "Correct-Horse-7-Battery"},
            "mode": {"type": "string", "defaultValue": "Correct-Horse-7-Battery"},
        },
    )
    found = [*rulings(template_records(template), parse_config({}), TODAY)]
    assert not any("Horse" in message(each) for each in found)


def test_the_pack_names_the_parameter_of_a_deployment_in_a_program() -> None:
    properties = {"mode": "Incremental", "template": MACHINE_MODULE, "parameters": without("bypass")}
    source = Source("azure-native:resources:Deployment", "vm", "urn", {"properties": properties})
    (found,) = rulings(records(source), parse_config({}), TODAY)
    assert "set by   parameter 'bypass', whose default is true" in message(found)
    assert GOOD["adminPassword"] not in message(found)


def test_a_resource_under_a_secret_name_is_called_by_its_place() -> None:
    vm = "createObject('type', 'Microsoft.Compute/virtualMachines', 'name', 'web', 'properties', createObject())"
    template = {
        **TEMPLATE,
        "parameters": {"password": {"type": "secureString", "defaultValue": "Correct-Horse-7-Battery"}},
        "resources": f"[createObject(parameters('password'), {vm})]",
    }
    found = [*rulings(template_records(template), parse_config({}), TODAY)]
    assert found
    assert not any("Horse" in message(each) for each in found)
