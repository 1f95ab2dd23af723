"""Parameters: given, defaulted, refused; and what of them may be shown."""

import pytest

from azure_hotpatch.emulator.arm.templates.errors import InvalidTemplate


def resolved(compiled, template, declared, values=None, **parts):
    found = compiled(template(parameters={"p": declared}, **parts), values).parameters["p"]
    return found.value, found.shown


@pytest.mark.parametrize(
    ("declared", "value"),
    [
        ({"type": "string"}, "a"),
        ({"type": "String", "allowedValues": ["a", "b"]}, "b"),
        ({"type": "int", "minValue": 1, "maxValue": 3}, 3),
        ({"type": "bool"}, False),
        ({"type": "object"}, {"a": 1}),
        ({"type": "array", "minLength": 1, "maxLength": 2}, [1, 2]),
        ({"type": "array", "allowedValues": ["a", "b", "c"]}, ["c", "a"]),
        ({"type": "string", "nullable": True}, None),
    ],
)
def test_takes_a_value_of_its_type(compiled, template, declared, value):
    assert resolved(compiled, template, declared, {"P": value}) == (value, value)


@pytest.mark.parametrize(
    ("declared", "value", "words"),
    [
        ({"type": "string"}, 5, "Template parameter JToken type is not valid. Expected 'String'. Actual 'Integer'."),
        ({"type": "int"}, True, "Expected 'Integer'. Actual 'Boolean'."),
        ({"type": "array"}, {}, "Expected 'Array'. Actual 'Object'."),
        (
            {"type": "string", "allowedValues": ["a", "b"]},
            "c",
            "The value 'c' is not part of the allowed value(s): 'a,b'.",
        ),
        ({"type": "array", "allowedValues": ["a"]}, ["a", "z"], "is not part of the allowed value(s)"),
        ({"type": "int", "minValue": 3}, 2, "greater than or equal to '3'"),
        ({"type": "int", "maxValue": 3}, 4, "less than or equal to '3'"),
        ({"type": "string", "minLength": 3}, "ab", "Length of the value should be greater than or equal to '3'"),
        ({"type": "string", "maxLength": 1}, "ab", "Length of the value should be less than or equal to '1'"),
    ],
)
def test_refuses_another_value(compiled, template, declared, value, words):
    with pytest.raises(InvalidTemplate) as refused:
        resolved(compiled, template, declared, {"p": value})
    assert "The provided value for the template parameter 'p' is not valid." in refused.value.message
    assert words in refused.value.message


def test_a_parameter_without_a_value_is_refused(compiled, template):
    with pytest.raises(InvalidTemplate, match=r"The value for the template parameter 'p' is not provided\."):
        resolved(compiled, template, {"type": "string"})


def test_null_means_that_no_value_is_given(compiled, template):
    assert resolved(compiled, template, {"type": "string", "defaultValue": "d"}, {"p": None}) == ("d", "d")
    assert resolved(compiled, template, {"type": "string", "nullable": True}, {"p": None}) == (None, None)
    with pytest.raises(InvalidTemplate, match="is not provided"):
        resolved(compiled, template, {"type": "string"}, {"p": None})


def test_a_value_for_an_unknown_parameter_is_refused(compiled, template):
    with pytest.raises(InvalidTemplate, match=r"The only supported parameters for this template are 'p'\."):
        resolved(compiled, template, {"type": "string"}, {"p": "a", "q": "b"})


def test_a_default_may_name_parameters_that_come_later(outputs, template):
    parameters = {
        "full": {"type": "string", "defaultValue": "[concat(parameters('first'), '-', resourceGroup().location)]"},
        "first": {"type": "string", "defaultValue": "vm"},
    }
    whole = template(parameters=parameters, outputs={"it": {"type": "string", "value": "[parameters('full')]"}})
    assert outputs(whole) == {"it": "vm-westeurope"}
    assert outputs(whole, {"first": "web"}) == {"it": "web-westeurope"}


def test_defaults_that_name_each_other_are_refused(compiled, template):
    parameters = {
        "a": {"type": "string", "defaultValue": "[parameters('b')]"},
        "b": {"type": "string", "defaultValue": "[parameters('a')]"},
    }
    with pytest.raises(InvalidTemplate, match="Circular dependency"):
        compiled(template(parameters=parameters))


def test_a_default_of_a_given_parameter_is_not_asked_for(compiled, template):
    found = resolved(compiled, template, {"type": "string", "defaultValue": "[fail('asked')]"}, {"p": "a"})
    assert found == ("a", "a")


@pytest.mark.parametrize(("kind", "value"), [("securestring", "Pa55w0rd!"), ("SecureObject", {"key": "Pa55w0rd!"})])
def test_a_secure_value_is_not_shown(compiled, template, kind, value):
    real, shown = resolved(compiled, template, {"type": kind}, {"p": value})
    assert real == value
    assert "Pa55w0rd!" not in str(shown)


def test_a_default_that_a_secure_value_went_into_is_not_shown(compiled, template):
    parameters = {
        "secret": {"type": "securestring"},
        "derived": {"type": "string", "defaultValue": "[concat('user:', parameters('secret'))]"},
    }
    found = compiled(template(parameters=parameters), {"secret": "Pa55w0rd!"}).parameters["derived"]
    assert found.value == "user:Pa55w0rd!"
    assert "Pa55w0rd!" not in found.shown


def test_a_refused_secure_value_is_not_repeated(compiled, template):
    with pytest.raises(InvalidTemplate) as refused:
        resolved(compiled, template, {"type": "securestring", "allowedValues": ["x"]}, {"p": "Pa55w0rd!"})
    assert "Pa55w0rd!" not in refused.value.message


DEFINITIONS = {
    "machine": {
        "type": "object",
        "properties": {
            "name": {"type": "string", "minLength": 2},
            "size": {"$ref": "#/definitions/size"},
            "zones": {"type": "array", "items": {"type": "int"}, "nullable": True},
        },
        "additionalProperties": False,
    },
    "size": {"type": "string", "allowedValues": ["small", "large"]},
}


def machine(compiled, template, value):
    declared = {"$ref": "#/definitions/machine"}
    return resolved(
        compiled, template, declared, {"p": value}, definitions=DEFINITIONS, languageVersion="2.0", resources={}
    )


def test_a_type_of_the_templates_own_takes_what_it_describes(compiled, template):
    good = {"name": "web", "size": "small", "zones": [1]}
    assert machine(compiled, template, good) == (good, good)
    assert machine(compiled, template, {"name": "web", "size": "large"})


def test_a_secret_within_a_type_of_the_templates_own_is_not_shown(compiled, template):
    secret = {"type": "securestring"}
    definitions = {
        "login": {"type": "object", "properties": {"user": {"type": "string"}, "password": secret}},
        "logins": {"type": "array", "items": {"$ref": "#/definitions/login"}},
    }
    value = [{"user": "a", "password": "Pa55w0rd!"}]
    declared = {"$ref": "#/definitions/logins"}
    parts = {"definitions": definitions, "languageVersion": "2.0", "resources": {}}
    real, shown = resolved(compiled, template, declared, {"p": value}, **parts)
    assert (real, shown) == (value, [{"user": "a", "password": "*******"}])


def test_one_of_several_types_is_chosen_by_its_discriminator(compiled, template):
    kinds = {
        "a": {"type": "object", "properties": {"kind": {"type": "string"}, "size": {"type": "int"}}},
        "b": {"type": "object", "properties": {"kind": {"type": "string"}, "key": {"type": "securestring"}}},
    }
    mapping = {name: {"$ref": f"#/definitions/{name}"} for name in kinds}
    declared = {"type": "object", "discriminator": {"propertyName": "kind", "mapping": mapping}}
    parts = {"definitions": kinds, "languageVersion": "2.0", "resources": {}}
    assert resolved(compiled, template, declared, {"p": {"kind": "a", "size": 1}}, **parts)
    _, shown = resolved(compiled, template, declared, {"p": {"kind": "b", "key": "Pa55w0rd!"}}, **parts)
    assert shown == {"kind": "b", "key": "*******"}
    for bad in ({"kind": "a", "size": "1"}, {"kind": "c"}, {}):
        with pytest.raises(InvalidTemplate):
            resolved(compiled, template, declared, {"p": bad}, **parts)


@pytest.mark.parametrize(
    "bad",
    [
        {"name": "web"},
        {"name": "w", "size": "small"},
        {"name": "web", "size": "huge"},
        {"name": "web", "size": "small", "zones": ["1"]},
        {"name": "web", "size": "small", "colour": "red"},
    ],
)
def test_a_type_of_the_templates_own_refuses_the_rest(compiled, template, bad):
    with pytest.raises(InvalidTemplate):
        machine(compiled, template, bad)
