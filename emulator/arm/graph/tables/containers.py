"""resourcecontainers: subscriptions and resource groups."""

from collections.abc import Iterator

from azure_hotpatch.emulator.arm.graph.tables.rows import QueryScope, Row, row
from azure_hotpatch.emulator.arm.hierarchy.subscriptions import DEFAULT
from azure_hotpatch.emulator.arm.protocol.paths import GROUP_TYPE

_SUBSCRIPTION = "microsoft.resources/subscriptions"
_PROPERTIES = {"state": "Enabled", "managementGroupAncestorsChain": []}
_GROUP = "microsoft.resources/subscriptions/resourcegroups"


def rows(scope: QueryScope) -> Iterator[Row]:
    groups = list(scope.of_types(GROUP_TYPE))
    if scope.wants(_SUBSCRIPTION):
        named = scope.subscriptions if scope.subscriptions is not None else (DEFAULT,)
        spelled = {name.lower(): name for name in (*named, *(group.id.split("/")[2] for group in groups))}
        for subscription in sorted(spelled.values()):
            yield row(f"/subscriptions/{subscription}", _SUBSCRIPTION, {}, _PROPERTIES)
    if scope.wants(_GROUP):
        for group in groups:
            yield row(group.id, _GROUP, group.body, {"provisioningState": group.state})
