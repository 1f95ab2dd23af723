"""The value of one template expression, read through a resource as every other is."""

from typing import Any

from azure_hotpatch.policies.reading import template_records
from tests.policies.machines import ARM


def value_of(expression: Any, given: Any = None, **template: Any) -> Any:
    """What stands in a machine's record where its template says `expression`."""
    return record_of({"probe": expression}, given, **template).peek("probe")


def record_of(properties: Any, given: Any = None, **template: Any) -> Any:
    """The record of a machine with these properties."""
    (record,) = template_records({"resources": [{**ARM, "properties": properties}], **template}, given)
    return record
