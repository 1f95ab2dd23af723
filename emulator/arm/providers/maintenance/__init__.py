"""Microsoft.Maintenance: update schedules, and their assignments."""

from azure_hotpatch.emulator.arm.providers.maintenance import assignments, configurations, platform

TYPES = (*configurations.TYPES, *assignments.TYPES, *platform.TYPES)
