"""Machines that run, read from the JSON that `hotpatch status` writes, or from a list of machines."""

import re
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel
from pydantic_core import ErrorDetails

from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.json_input import called, json_of
from azure_hotpatch.domain.vocabulary.mistakes import message_of
from azure_hotpatch.domain.vocabulary.problem import written
from azure_hotpatch.operations.machine import Machine

_MOST_TOLD = 20


def machines_in(name: str) -> list[Machine]:
    """The machines in a file, or on standard input; keys may be camelCase or as the field is called."""
    found, name = json_of(name), called(name)
    listed = found.get("machines") if isinstance(found, dict) else found
    if not isinstance(listed, list):
        raise Failure(f"{name} is not a list of machines: `hotpatch status --format json` writes one")
    if not listed:
        raise Failure(f"{name} has no machine in it")
    try:
        read = TypeAdapter(list[Machine]).validate_python([_snake(_machine(one)) for one in listed])
    except ValidationError as error:
        raise Failure(_told(name, error)) from None
    return [_in_utc(machine) for machine in read]


def _told(name: str, error: ValidationError) -> str:
    """What is wrong with the machines, each mistake on its line, up to as many as a person reads."""
    found = [f"  {_path(details)}: {message_of(details)}" for details in error.errors(include_url=False)]
    more = [f"  … and {len(found) - _MOST_TOLD} more"] if len(found) > _MOST_TOLD else []
    wrong = "1 value is" if len(found) == 1 else f"{len(found)} values are"
    headline = f"{wrong} wrong in the machines of {name}, which are written as `hotpatch status --format json` does:"
    return "\n".join([headline, *found[:_MOST_TOLD], *more])


def _path(details: ErrorDetails) -> str:
    return written(("machines", *(to_camel(step) if isinstance(step, str) else step for step in details["loc"])))


def _in_utc(value: Any) -> Any:
    """A time without a zone is in UTC, as every time of Azure's is."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, tuple | list):
        return type(value)(map(_in_utc, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _in_utc(getattr(value, one.name)) for one in fields(value)})
    return value


def _machine(row: Any) -> Any:
    """Azure's data of a machine; `hotpatch status` writes its conclusions beside it."""
    return row["machine"] if isinstance(row, dict) and isinstance(row.get("machine"), dict) else row


def _snake(value: Any) -> Any:
    """The keys of fields in the fields' own spelling; tags and counts keep theirs."""
    if isinstance(value, list):
        return [_snake(one) for one in value]
    if not isinstance(value, dict):
        return value
    spelled = {_field(key): inner for key, inner in value.items()}
    return {key: inner if key in {"tags", "counts"} else _snake(inner) for key, inner in spelled.items()}


def _field(key: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", key).lower()
