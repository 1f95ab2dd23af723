"""What a finding does: the enforcement levels, by Pulumi's own names."""

from enum import StrEnum

from azure_hotpatch.domain.judging.rule import Severity
from azure_hotpatch.domain.vocabulary.named_type import one_of


class Level(StrEnum):
    """What a finding does; `remediate` fixes what can be fixed and refuses the rest."""

    DISABLED = "disabled"
    ADVISORY = "advisory"
    MANDATORY = "mandatory"
    REMEDIATE = "remediate"


LEVELS = tuple(level.value for level in Level)
ENFORCEMENT_LEVEL = one_of("enforcement level", LEVELS)
DEFAULT_LEVELS = {Severity.ERROR: Level.MANDATORY, Severity.WARNING: Level.ADVISORY, Severity.NOTE: Level.ADVISORY}
