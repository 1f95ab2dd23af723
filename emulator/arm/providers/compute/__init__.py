"""Microsoft.Compute: virtual machines and what belongs to them."""

from azure_hotpatch.emulator.arm.providers.compute import availability_sets, disks, virtual_machines

TYPES = (*virtual_machines.TYPES, *disks.TYPES, *availability_sets.TYPES)
