"""Remove secrets, such as literal passwords, from a template before it is stored."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.templates import types
from azure_hotpatch.emulator.arm.templates.errors import InvalidTemplate
from azure_hotpatch.emulator.arm.templates.parameters import Given, Parameter
from azure_hotpatch.emulator.arm.templates.syntax import is_expression
from azure_hotpatch.emulator.arm.templates.types import MASK
from azure_hotpatch.emulator.arm.templates.values import named

# Members whose value is a secret, whichever type they are of.
_SECRET = re.compile(
    r"password|passphrase|secret(?!name|uri|url|s?path)|protectedsettings|customdata|userdata|connectionstring|"
    r"accountkey|primarykey|secondarykey|privatekey|sastoken|accesstoken|protectedparameters",
    re.IGNORECASE,
)
# An expression that does nothing but name things has no secret of its own.
_NAMES = re.compile(r"(?:parameters|variables|reference|copyIndex|lambdaVariables)\(\s*'(?:[^']|'')*'", re.IGNORECASE)
_SHORTEST = 4  # a shorter secret is a part of too many words to be looked for in them


def without_secrets(template: Any) -> Any:
    """A template as it may be kept: the defaults of secure parameters and the literal secrets are left out."""
    if not isinstance(template, dict):
        return template
    kept = dict(template)
    if isinstance(template.get("parameters"), dict):
        kept["parameters"] = {name: _declared(one) for name, one in template["parameters"].items()}
    for part in ("variables", "resources", "outputs"):
        if part in template:
            kept[part] = _cleaned(template[part], secret=False)
    return kept


def _declared(parameter: Any) -> Any:
    if isinstance(parameter, dict) and types.is_secure(parameter):
        return {name: value for name, value in parameter.items() if name not in {"defaultValue", "allowedValues"}}
    return parameter


def _cleaned(part: Any, *, secret: bool) -> Any:
    if isinstance(part, dict):
        return {
            name: without_secrets(value) if name == "template" else _cleaned(value, secret=secret or _is_secret(name))
            for name, value in part.items()
        }
    if isinstance(part, list):
        return [_cleaned(item, secret=secret) for item in part]
    return MASK if secret and not _is_harmless(part) else part


def _is_secret(name: str) -> bool:
    return bool(_SECRET.search(name))


def _is_harmless(value: Any) -> bool:
    """Whether a value at the place of a secret is none: an expression of names, true, false, null."""
    if not isinstance(value, str):
        return value is None or isinstance(value, bool)
    return not value or (is_expression(value) and "'" not in _NAMES.sub("", value))


def known(parameters: Iterable[Parameter]) -> frozenset[str]:
    """The strings that secure parameters hold."""
    return _strings(secret for one in parameters for secret in one.secrets)


def given(template: Json, values: Mapping[str, Given]) -> frozenset[str]:
    """The strings that a request gives to secure parameters, before it is known whether all is well."""
    declared, definitions = template.get("parameters"), template.get("definitions")
    if not isinstance(declared, dict):
        return frozenset()
    definitions = definitions if isinstance(definitions, dict) else {}
    found = ((declared.get(named(declared, name) or ""), one.value) for name, one in values.items())
    try:
        return _strings(
            secret
            for kind, value in found
            if isinstance(kind, dict)
            for secret in types.secrets(kind, value, definitions)
        )
    except InvalidTemplate:  # a type that is not there: nothing is known to be open
        return _strings(one.value for one in values.values())


def _strings(values: Iterable[Any]) -> frozenset[str]:
    return frozenset(text for value in values for text in _texts(value) if len(text) >= _SHORTEST)


def masked(value: Any, secrets: frozenset[str]) -> Any:
    """A message, or an error in parts, with a mask where it repeats a secret."""
    if isinstance(value, dict):
        return {name: masked(item, secrets) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [masked(item, secrets) for item in value]
    if isinstance(value, str):
        for secret in sorted(secrets, key=len, reverse=True):
            value = value.replace(secret, MASK)
    return value


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)
