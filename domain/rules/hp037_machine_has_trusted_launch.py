"""HP037: a Windows Server 2025 machine has Trusted Launch, which virtualization-based security requires."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.coercion import as_bool, as_one_of, as_word
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.image_reference import image_parts
from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.domain.judging.rule import Audience, Context, Rule, Severity

SECURITY = "securityProfile"
SECURED = ("TrustedLaunch", "ConfidentialVM")


def check(record: Record, _: Context) -> Iterator[Finding]:
    if not as_word(image_parts(record)[2]).startswith("2025-datacenter-azure-edition"):
        return
    kind = record.machine(f"{SECURITY}.securityType")
    if as_one_of(kind, SECURED) is None:
        message = "hotpatch on Windows Server 2025 needs virtualization-based security, and securityType is not set"
        yield RULE.violation(record, f"{record.prefix}{SECURITY}.securityType", message, "TrustedLaunch")
        return
    for name in ("secureBootEnabled", "vTpmEnabled"):
        path = f"{SECURITY}.uefiSettings.{name}"
        if not as_bool(record.machine(path)):
            message = f"{name} is not true, and virtualization-based security requires it"
            yield RULE.violation(record, record.prefix + path, message, "true")


RULE = Rule(
    id="HP037",
    name="machine-has-trusted-launch",
    summary="A Windows Server 2025 machine has no Trusted Launch.",
    remedy="Set securityType to TrustedLaunch, with secureBootEnabled and vTpmEnabled.",
    severity=Severity.NOTE,
    audience=Audience.WINDOWS,
    check=check,
)
