"""Machines that run, read from the JSON that `hotpatch status` writes, or from a list of machines."""

import re
from typing import Any

from pydantic import TypeAdapter, ValidationError

from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.json_input import called, json_of
from azure_hotpatch.operations.machine import Machine


def machines_in(name: str) -> list[Machine]:
    """The machines in a file, or on standard input; keys may be camelCase or as the field is called."""
    found, name = json_of(name), called(name)
    listed = found.get("machines") if isinstance(found, dict) else found
    if not isinstance(listed, list):
        raise Failure(f"{name} is not a list of machines: `hotpatch status --format json` writes one")
    if not listed:
        raise Failure(f"{name} has no machine in it")
    try:
        return TypeAdapter(list[Machine]).validate_python([_snake(_machine(one)) for one in listed])
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise Failure(f"{name}: {place}: {first['msg']} ({error.error_count()} in all)") from None


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
