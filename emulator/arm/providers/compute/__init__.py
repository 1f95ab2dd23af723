"""Microsoft.Compute: virtual machines and what belongs to them."""

from azure_hotpatch.emulator.arm.providers.compute import (
    availability_sets,
    custom_images,
    disks,
    extensions,
    placement,
    scale_sets,
    virtual_machines,
)

TYPES = (
    *virtual_machines.TYPES,
    *extensions.TYPES,
    *scale_sets.TYPES,
    *availability_sets.TYPES,
    *disks.TYPES,
    *custom_images.TYPES,
    *placement.TYPES,
)
