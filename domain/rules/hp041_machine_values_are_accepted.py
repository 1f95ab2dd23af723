"""HP041: Azure accepts the names, the disk and the zones of a machine."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure import machines
from azure_hotpatch.domain.azure.coercion import as_int
from azure_hotpatch.domain.azure.maintenance import why_not_time_zone
from azure_hotpatch.domain.azure.sizes import why_not_premium_disks
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.image_reference import image_parts
from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.domain.judging.rule import Audience, Context, Rule

SIZES = ("hardwareProfile.vmSize", "sku.name")
DISK = "storageProfile.osDisk"
DISK_GB, DISK_TYPE = f"{DISK}.diskSizeGB", f"{DISK}.managedDisk.storageAccountType"
STRINGS = (
    ("osProfile.computerName", machines.why_not_computer_name, "15 characters, not only digits"),
    ("osProfile.computerNamePrefix", machines.why_not_computer_name_prefix, "9 characters, not only digits"),
    ("osProfile.adminUsername", machines.why_not_admin_username, "another name"),
    ("osProfile.windowsConfiguration.timeZone", why_not_time_zone, "a Windows time zone, or absent"),
)


def check(record: Record, _: Context) -> Iterator[Finding]:
    yield from RULE.unknowns(record, (record.prefix + DISK_GB,))
    for path, why_not, allowed in STRINGS:
        value = record.peek_machine(path)
        reason = why_not(value) if isinstance(value, str) else None
        if reason:
            yield RULE.violation(record, record.prefix + path, reason, allowed)
    size, sku = as_int(record.peek_machine(DISK_GB)), image_parts(record)[-1]
    reason = machines.why_not_os_disk_gb(size, sku) if size is not None and isinstance(sku, str) else None
    if reason:
        yield RULE.violation(record, record.prefix + DISK_GB, reason, f"{machines.os_disk_gb(str(sku))}, or absent")
    zones = record.peek("zones") if record.peek("availabilitySet") else None
    reason = machines.why_not_in_availability_set(zones) if isinstance(zones, list) else None
    if reason:
        yield RULE.violation(record, "zones", reason, "zones or an availability set")
    if str(record.peek_machine(DISK_TYPE)).startswith("Premium"):
        for path in SIZES:
            machine_size = record.peek(path)
            reason = why_not_premium_disks(machine_size) if isinstance(machine_size, str) else None
            if reason:
                yield RULE.violation(record, path, reason, "a size with an s, or another type of disk")


RULE = Rule(
    id="HP041",
    name="machine-values-are-accepted",
    summary="Azure refuses a name, the disk, the zones or the time zone of the machine.",
    remedy="Set the value to one that is allowed.",
    audience=Audience.WINDOWS,
    check=check,
)
