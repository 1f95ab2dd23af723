"""What the declared type of a parameter implies: whether it is secure, and whether it may be null."""

from collections.abc import Iterator, Mapping
from copy import copy
from typing import Any

from azure_hotpatch.domain.azure.coercion import as_bool, as_word
from azure_hotpatch.policies.reading.reading import Sealed, bare, resealed
from azure_hotpatch.policies.reading.templates.unknowns import member_of

_SECURE = frozenset({"securestring", "secureobject"})
_MOST_REFERENCES = 10  # from a type to the one that it stands for
_DEFINITIONS = "#/definitions/"


def is_nullable(declaration: Any, definitions: Any) -> bool:
    """Whether null is what a parameter has that is not given."""
    return any(as_bool(bare(member_of(each, "nullable"))) is True for each in _chain(declaration, definitions))


def sealed_by_type(value: Any, declaration: Any, definitions: Any) -> Any:
    """The value with a seal wherever its type is secure: the whole, a member or the items of an array."""
    if isinstance(declaration, Sealed) and not isinstance(value, Sealed):
        return Sealed(value)
    for each in _chain(declaration, definitions):
        if as_word(bare(member_of(each, "type"))) in _SECURE:
            return value if isinstance(value, Sealed) else Sealed(value)
        inner = bare(value)
        if isinstance(inner, dict):
            value = resealed(value, _sealed_members(inner, each, definitions))
        elif isinstance(inner, list):
            value = resealed(value, _sealed_items(inner, each, definitions))
    return value


def _chain(declaration: Any, definitions: Any) -> Iterator[Mapping[str, Any]]:
    """A declaration and the types that it refers to, one after the other."""
    for _ in range(_MOST_REFERENCES):
        opened = bare(declaration)
        if not isinstance(opened, dict):
            return
        yield opened
        reference, known = bare(member_of(opened, "$ref")), bare(definitions)
        if not isinstance(reference, str) or not isinstance(known, dict):
            return
        declaration = known.get(reference.removeprefix(_DEFINITIONS))


def _sealed_members(value: dict[str, Any], declaration: Mapping[str, Any], definitions: Any) -> dict[str, Any]:
    sealed = copy(value)  # not dict(): what is known of an object that is not known whole stays with it
    types = [{key.lower(): child for key, child in each.items()} for each in _properties(declaration, definitions)]
    further = member_of(declaration, "additionalProperties")
    for key, child in value.items():
        own = [each[key.lower()] for each in types if key.lower() in each]
        for kind in own or [further]:
            sealed[key] = child = sealed_by_type(child, kind, definitions)
    return sealed


def _properties(declaration: Mapping[str, Any], definitions: Any) -> Iterator[Mapping[str, Any]]:
    """The members of an object's type; of a type that is one of several, the members of each."""
    discriminator = bare(member_of(declaration, "discriminator"))
    mapping = bare(member_of(discriminator, "mapping")) if isinstance(discriminator, dict) else None
    variants = mapping.values() if isinstance(mapping, dict) else ()
    for each in (declaration, *(variant for one in variants for variant in _chain(one, definitions))):
        properties = bare(member_of(each, "properties"))
        if isinstance(properties, dict):
            yield properties


def _sealed_items(value: list[Any], declaration: Mapping[str, Any], definitions: Any) -> list[Any]:
    prefix = bare(member_of(declaration, "prefixItems"))
    first = prefix if isinstance(prefix, list) else []
    own = [first[index] if index < len(first) else member_of(declaration, "items") for index in range(len(value))]
    return [sealed_by_type(item, kind, definitions) for item, kind in zip(value, own, strict=True)]
