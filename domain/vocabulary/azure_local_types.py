"""The named types of a machine on Azure Local: processors, memory, update client."""

from azure_hotpatch.domain.azure import azure_local, windows_update
from azure_hotpatch.domain.vocabulary.named_type import NamedType, one_of, within

PROCESSORS = within("number of processors", 1, azure_local.MOST_PROCESSORS)
MEMORY_MB = NamedType(
    "memory",
    azure_local.why_not_memory_mb,
    allowed=f"an even number of MB, {azure_local.LEAST_MEMORY_MB} or more",
    schema={"minimum": azure_local.LEAST_MEMORY_MB, "multipleOf": 2},
)
INSTALL_HOUR = within("hour", 0, windows_update.LAST_HOUR)
UPDATE_TOOL = one_of("update tool", azure_local.UPDATE_TOOLS)
AUTOMATIC_UPDATE = one_of("automatic update", windows_update.AUTOMATIC_UPDATES)
INSTALL_DAY = one_of("install day", windows_update.INSTALL_DAYS)
SCONFIG_SETTING = one_of("SConfig setting", windows_update.SCONFIG_SETTINGS)
UPDATE_SERVER = NamedType(
    "update server", azure_local.why_not_update_server, allowed="http(s)://host:port, without user and password"
)
