"""Microsoft.Maintenance: schedules of updates, and what they are assigned to."""

from azure_hotpatch.emulator.arm.providers.maintenance import assignments, configurations, platform

TYPES = (*configurations.TYPES, *assignments.TYPES, *platform.TYPES)
