"""Which patching mode each machine is declared to have, by its stack or by the configuration of the pack."""

from dataclasses import dataclass

from azure_hotpatch.domain.azure.patching import PatchingMode
from azure_hotpatch.domain.judging.pattern import identities, matches
from azure_hotpatch.domain.judging.record import Kind, Record


@dataclass(frozen=True, slots=True)
class DeclaredModes:
    """Patching modes by pattern; the first pattern that matches a machine's URN or name counts.

    A pattern is as in a waiver: `*::web-01-vm`. A machine that none matches is declared to have hotpatch.
    """

    by_pattern: tuple[tuple[str, PatchingMode], ...] = ()

    def mode_of(self, machine: Record) -> PatchingMode:
        """The mode that the rules judge a machine by. A scale set has hotpatch, for Azure never lets it be off."""
        if machine.kind is Kind.SCALE_SET:
            return PatchingMode.HOTPATCH
        names = (*identities(machine), machine.name)
        declared = (mode for pattern, mode in self.by_pattern if any(matches(pattern, name) for name in names))
        return next(declared, PatchingMode.HOTPATCH)


NOTHING_DECLARED = DeclaredModes()
