"""The generations of Windows Server that Azure can hotpatch: one record each, the oldest first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

# The years of the records below, written out so that editors and type checkers know them.
Generation = Literal["2022", "2025"]
WrittenGeneration = Literal[Generation, 2022, 2025]  # YAML reads an unquoted year as an integer


@dataclass(frozen=True, slots=True)
class ServerGeneration:
    """A generation: its year, the build of Windows that all its updates share, and its hotpatchable SKUs.

    `look_alikes` are SKUs that look hotpatchable and are not, each with the SKU that is.
    """

    year: Generation
    build: int
    skus: tuple[str, ...]
    look_alikes: Mapping[str, str] = field(default_factory=dict)


SERVER_GENERATIONS = (
    ServerGeneration(
        "2022",
        20348,
        # "Hotpatch for virtual machines", revision of 2023-07-27: the table of supported images.
        (
            "2022-Datacenter-Azure-Edition-Core",
            "2022-Datacenter-Azure-Edition-Core-smalldisk",
            "2022-Datacenter-Azure-Edition-Hotpatch",
            "2022-Datacenter-Azure-Edition-Hotpatch-smalldisk",
        ),
        # "Automatic VM Guest Patching", table of images that are not hotpatchable.
        {
            "2022-Datacenter-Azure-Edition": "2022-Datacenter-Azure-Edition-Hotpatch",
            "2022-Datacenter-Azure-Edition-smalldisk": "2022-Datacenter-Azure-Edition-Hotpatch-smalldisk",
        },
    ),
    ServerGeneration(
        "2025",
        26100,
        # The same article, revision of 2025-07-14.
        (
            "2025-Datacenter-Azure-Edition",
            "2025-Datacenter-Azure-Edition-smalldisk",
            "2025-Datacenter-Azure-Edition-Core",
            "2025-Datacenter-Azure-Edition-Core-smalldisk",
        ),
    ),
)


def generation_of_sku(sku: str) -> Generation | None:
    """The generation of a hotpatchable SKU or one of its look-alikes, or None; letter case is ignored."""
    for generation in SERVER_GENERATIONS:
        if sku.lower() in {known.lower() for known in (*generation.skus, *generation.look_alikes)}:
            return generation.year
    return None
