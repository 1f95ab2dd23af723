"""HP017: the machine uses a version of the Compute API that supports hotpatch."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.api_versions import FLEXIBLE_SINCE, why_not_api_version
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.record import Kind, Record
from azure_hotpatch.domain.judging.rule import Audience, Context, Rule

API_VERSION = "apiVersion"


def check(record: Record, _: Context) -> Iterator[Finding]:
    yield from RULE.unknowns(record, (API_VERSION,))
    reason = why_not_api_version(record.api_version, record.kind is Kind.SCALE_SET)
    if reason:
        yield RULE.violation(record, API_VERSION, reason, f"{FLEXIBLE_SINCE} or later", record.api_version)


RULE = Rule(
    id="HP017",
    name="api-version-knows-hotpatch",
    summary="The API version is older than hotpatch.",
    remedy="Use the default token of azure-native, or a version of 2021-03-01 or later.",
    audience=Audience.WINDOWS,
    check=check,
)
