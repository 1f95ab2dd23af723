"""A setting that is one of a few words: its type and its check name the same words."""

from collections.abc import Iterator
from enum import Enum
from typing import Any, Literal, get_args, get_origin

import pytest
from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from azure_hotpatch.domain import settings
from azure_hotpatch.domain.vocabulary.model import Settings


def models(of: type[Settings] = Settings) -> Iterator[type[Settings]]:
    """Every model of settings."""
    for model in of.__subclasses__():
        if model.__module__.startswith(settings.__name__):
            yield model
            yield from models(model)


def words(annotation: Any) -> tuple[Any, ...]:
    """The words that a type allows, as a stack's file has them."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return tuple(member.value for member in annotation)
    return tuple(word for part in get_args(annotation) for word in words(part))


CHOICES = [
    pytest.param(field, id=f"{model.__name__}.{name}")
    for model in dict.fromkeys(models())
    for name, field in model.model_fields.items()
    if words(field.annotation)
]


@pytest.mark.parametrize("field", CHOICES)
def test_every_word_of_its_type_is_accepted(field: FieldInfo) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(field.rebuild_annotation())
    is_list = get_origin(field.annotation) is tuple
    for word in words(field.annotation):
        value = adapter.validate_python([word] if is_list else word)
        assert adapter.dump_python(value, mode="json") in (word, [word])


def test_settings_have_choices() -> None:
    assert len(CHOICES) > 20
