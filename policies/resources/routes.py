"""Which adapter reads a resource, by its token."""

from azure_hotpatch.policies.resources import azure_native
from azure_hotpatch.policies.resources.source import Source
from azure_hotpatch.policies.resources.tokens import parse
from azure_hotpatch.record import Record


def records(source: Source) -> list[Record]:
    """The records of a resource: none where it is of no interest, several where it holds a template."""
    token = parse(source.token)
    adapter = azure_native.ADAPTERS.get(token.resource) if token.package == "azure-native" else None
    return adapter(source, token) if adapter else []
