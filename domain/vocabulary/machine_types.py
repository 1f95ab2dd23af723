"""The named types of a machine in Azure: size, names, disks, health probe, patching."""

from azure_hotpatch.domain.azure import machines
from azure_hotpatch.domain.azure.extensions import why_not_handler_version
from azure_hotpatch.domain.azure.patching import REBOOT_SETTINGS, PatchingMode
from azure_hotpatch.domain.azure.scale_sets import FAULT_DOMAIN_COUNTS, HEALTH_PROTOCOLS, MOST_INSTANCES
from azure_hotpatch.domain.azure.sizes import nearest_size, why_not_size, why_unknown_size
from azure_hotpatch.domain.vocabulary.named_type import NamedType, one_of, within

# The portal's and ARM's names for a patching mode ("Manage update configuration settings").
_MODES_ELSEWHERE = {
    "hotpatching": "hotpatch",
    "azure-orchestrated": "azureManaged",
    "azure orchestrated": "azureManaged",
    "azure managed - safe deployment": "azureManaged",
    "azure managed": "azureManaged",
    "automaticbyplatform": "azureManaged",
    "customer managed schedules": "customerManagedSchedule",
    "customer managed schedule": "customerManagedSchedule",
    "scheduled": "customerManagedSchedule",
    "schedule": "customerManagedSchedule",
    "manual updates": "paused",
    "manual": "paused",
    "none": "paused",
    "off": "paused",
}
_REBOOTS_ELSEWHERE = {"alwaysreboot": "Always", "neverreboot": "Never", "rebootifrequired": "IfRequired"}

SIZE = NamedType(
    "machine size", why_not_size, nearest_size, schema={"pattern": "^[Ss]tandard_"}, why_doubted=why_unknown_size
)
COMPUTER_NAME = NamedType(
    "computer name", machines.why_not_computer_name, schema={"maxLength": machines.LONGEST_COMPUTER_NAME}
)
COMPUTER_NAME_PREFIX = NamedType(
    "computer name prefix",
    machines.why_not_computer_name_prefix,
    schema={"maxLength": machines.LONGEST_COMPUTER_NAME_PREFIX},
)
ADMIN_USERNAME = NamedType(
    "administrator's name", machines.why_not_admin_username, allowed="a name of one's own, such as fleetadmin"
)
ADMIN_PASSWORD = NamedType("administrator's password", machines.why_not_admin_password, secret=True)
OS_DISK_TYPE = one_of("type of an OS disk", machines.OS_DISK_TYPES)
DISK_TYPE = one_of("disk type", machines.DISK_TYPES)
CACHING = one_of("caching", machines.CACHING)
OS_DISK_GB = within("size of an OS disk", machines.SMALLEST_SMALLDISK_GB, machines.LARGEST_OS_DISK_GB, "GiB")
DATA_DISK_GB = within("size of a disk", 1, machines.LARGEST_DATA_DISK_GB, "GiB")
INSTANCES = within("number of instances", 0, MOST_INSTANCES)
FAULT_DOMAINS = within("number of fault domains", FAULT_DOMAIN_COUNTS[0], FAULT_DOMAIN_COUNTS[-1])
PORT = within("port", 1, 65535)
HEALTH_PROTOCOL = one_of("protocol of a health probe", HEALTH_PROTOCOLS)
HANDLER_VERSION = NamedType("version", why_not_handler_version, allowed='major.minor, quoted: "1.3"')
PATCHING_MODE = one_of("patching mode", tuple(mode.value for mode in PatchingMode), _MODES_ELSEWHERE)
REBOOT_SETTING = one_of("reboot setting", REBOOT_SETTINGS, _REBOOTS_ELSEWHERE)
