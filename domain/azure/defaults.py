"""Default values, the same for components and for stack files."""

from azure_hotpatch.domain.azure.azure_local import UpdateTool
from azure_hotpatch.domain.azure.calendar import Generation
from azure_hotpatch.domain.azure.guardrails import Effect
from azure_hotpatch.domain.azure.machines import Caching, OsDiskType
from azure_hotpatch.domain.azure.maintenance.updates import Classification, TagOperator
from azure_hotpatch.domain.azure.networks import RuleAccess, RuleDirection, RuleProtocol
from azure_hotpatch.domain.azure.patching import PatchingModeName, RebootSetting
from azure_hotpatch.domain.azure.scale_sets import HealthProtocol
from azure_hotpatch.domain.azure.windows_update import AutomaticUpdate, InstallDay, SConfigSetting

GENERATION: Generation = "2022"
IMAGE_VERSION = "latest"
ADMIN_USERNAME = "hotpatch"
SIZE = "Standard_D2s_v5"
# Every size can have it, and what version 0.1.0 of the components deployed keeps it; premium storage is a choice.
DISK_TYPE: OsDiskType = "StandardSSD_LRS"
CACHING: Caching = "None"
PATCHING_MODE: PatchingModeName = "hotpatch"
REBOOT_SETTING: RebootSetting = "IfRequired"

INSTANCES = 2
FAULT_DOMAIN_COUNT = 1
HEALTH_PROTOCOL: HealthProtocol = "tcp"
HEALTH_PORT = 3389  # on which Windows listens for Remote Desktop

DURATION = "03:00"
TIME_ZONE = "UTC"
CLASSIFICATIONS: tuple[Classification, ...] = ("Critical", "Security", "UpdateRollup")
TAG_OPERATOR: TagOperator = "All"

PROCESSORS = 2
MEMORY_MB = 8192
UPDATE_TOOL: UpdateTool = "groupPolicy"
AUTOMATIC_UPDATE: AutomaticUpdate = "downloadAndSchedule"
INSTALL_DAY: InstallDay = "daily"
INSTALL_HOUR = 3
SCONFIG_SETTING: SConfigSetting = "automatic"

EFFECT: Effect = "Audit"

# A rule of a network's security group: a port that is opened to the network itself.
RULE_ACCESS: RuleAccess = "Allow"
RULE_DIRECTION: RuleDirection = "Inbound"
RULE_PROTOCOL: RuleProtocol = "Tcp"
RULE_PLACE = "VirtualNetwork"
