"""The parts of the package's schema that Pulumi does not derive from the classes."""

import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pulumi.provider.experimental.util import camel_case

from azure_hotpatch.components.plugin.enumerations import enumeration, open_to, token

Schema = dict[str, Any]

_DISPLAY_NAME = "Azure Hotpatch"
_DESCRIPTION = "Windows Server machines that Azure hotpatches, with their network, schedules and guardrails."
_SECRET_INPUTS = ("adminPassword", "protectedSettings")
_PYTHON_NAME = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")
_TYPE = "#/types/"


def described(schema: Mapping[str, Any]) -> Schema:
    """Rewrite the schema for other languages: names in camel case, types without Args, secrets marked as such."""
    package = {
        **schema,
        "displayName": _DISPLAY_NAME,
        "description": _DESCRIPTION,
        "resources": {token: _sealed(each, "inputProperties") for token, each in schema["resources"].items()},
        "types": {_without_args(token): _sealed(each, "properties") for token, each in schema["types"].items()},
    }
    for definition in _definitions(package):
        _describe(definition)
    return package


def with_enumerations(schema: Schema, namespace: str, choices: Mapping[str, Mapping[str, Any]]) -> Schema:
    """The schema with an enumeration for each Literal type among `choices`, by component or type and by argument."""
    literals = dict.fromkeys(literal for arguments in choices.values() for literal in arguments.values())

    def opened(part: str, properties: Schema) -> Schema:
        chosen = {camel_case(argument): literal for argument, literal in choices[part.rsplit(":", 1)[-1]].items()}
        return {
            name: open_to(value, chosen[name], namespace) if name in chosen else value
            for name, value in properties.items()
        }

    return {
        **schema,
        "resources": {
            part: {**each, "inputProperties": opened(part, each["inputProperties"])}
            for part, each in schema["resources"].items()
        },
        "types": {
            **{
                part: {**each, "properties": opened(part, each["properties"])} for part, each in schema["types"].items()
            },
            **{token(literal, namespace): enumeration(literal) for literal in literals},
        },
    }


def in_the_schemas_words(text: str) -> str:
    """A description with arguments named as in the schema: adminPassword for admin_password."""
    return _PYTHON_NAME.sub(lambda match: camel_case(match[0]), text)


def _sealed(definition: Schema, inputs: str) -> Schema:
    """A component or a type with its secret inputs, which are under `inputs`, marked as such."""
    given = definition.get(inputs, {})
    secrets = {name: {**given[name], "secret": True} for name in _SECRET_INPUTS if name in given}
    return {**definition, inputs: {**given, **secrets}} if secrets else definition


def _definitions(package: Schema) -> Iterator[Schema]:
    """Every part of the schema that has a description or refers to a type."""
    for definition in (*package["resources"].values(), *package["types"].values()):
        yield definition
        for properties in ("inputProperties", "properties"):
            yield from definition.get(properties, {}).values()


def _describe(definition: Schema) -> None:
    definition["description"] = in_the_schemas_words(inspect.cleandoc(definition["description"]))
    for part in (definition, definition.get("items"), definition.get("additionalProperties")):
        if part and part.get("$ref", "").startswith(_TYPE):
            part["$ref"] = _without_args(part["$ref"])
        if part and part is not definition:
            part.pop("description", None)


def _without_args(token: str) -> str:
    """Code generators add Args to the name of a type of arguments by themselves."""
    return token.removesuffix("Args")
