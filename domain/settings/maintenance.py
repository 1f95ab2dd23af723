"""How a stack's machines are patched: mode, restart setting, and the window of a customer-managed schedule."""

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from azure_hotpatch.domain.azure import defaults
from azure_hotpatch.domain.azure.maintenance import named_recurrence
from azure_hotpatch.domain.azure.maintenance.updates import Classification, TagOperator
from azure_hotpatch.domain.azure.patching import PatchingMode
from azure_hotpatch.domain.settings.budget import RestartBudget
from azure_hotpatch.domain.settings.machine import Mode, Reboot
from azure_hotpatch.domain.settings.value import KbNumber, LocationName
from azure_hotpatch.domain.vocabulary.check import Check
from azure_hotpatch.domain.vocabulary.maintenance_checks import SCHEDULE_CHECKS
from azure_hotpatch.domain.vocabulary.maintenance_types import (
    CLASSIFICATION,
    DURATION,
    MOMENT,
    RECURRENCE,
    START,
    TAG_OPERATOR,
    TIME_ZONE,
)
from azure_hotpatch.domain.vocabulary.model import Settings


def _minutes_as_text(value: Any) -> Any:
    """YAML 1.1 reads an unquoted 3:00 as 180, the number of minutes."""
    return f"{value // 60:02}:{value % 60:02}" if isinstance(value, int) and not isinstance(value, bool) else value


class DynamicScope(Settings):
    """A dynamic scope: the schedule selects machines at run time, instead of one assignment for each."""

    locations: tuple[LocationName, ...] = ()
    """Only machines in these regions."""
    tags: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Only machines with these tags, each with its accepted values."""
    tag_operator: Annotated[TagOperator, TAG_OPERATOR] = defaults.TAG_OPERATOR
    """Whether a machine must have all of the tags or any of them."""


class Schedule(Settings):
    """A maintenance window, as Azure's maintenance configuration has it."""

    start: Annotated[str, START]
    """When the window begins to recur, YYYY-MM-DD hh:mm in timeZone; the first run is the first recurrence after it."""
    recurrence: Annotated[str, RECURRENCE]
    """saturdayAfterPatchTuesday, saturdayAfterBaseline, or Azure's grammar: Week Saturday, Month Second Tuesday."""
    duration: Annotated[str, BeforeValidator(_minutes_as_text), DURATION] = defaults.DURATION
    """How long the window is open, HH:mm from 01:30 to 03:55."""
    time_zone: Annotated[str, TIME_ZONE] = defaults.TIME_ZONE
    """A Windows time zone: W. Europe Standard Time."""
    expires: Annotated[str, MOMENT] | None = None
    """When the window stops recurring, YYYY-MM-DD hh:mm; default never."""
    classifications: tuple[Annotated[Classification, CLASSIFICATION], ...] = defaults.CLASSIFICATIONS
    """The classes of updates that are installed."""
    kbs_to_include: tuple[KbNumber, ...] = ()
    """Updates that are installed whatever their class: KB5034129."""
    kbs_to_exclude: tuple[KbNumber, ...] = ()
    """Updates that are never installed."""
    exclude_kbs_requiring_reboot: bool = False
    """Whether updates that may restart the machine are left out: a baseline then never comes."""
    dynamic_scope: DynamicScope | None = None
    """Attach by region and tags; default: one assignment for each machine in this mode."""

    checks: ClassVar[tuple[Check, ...]] = SCHEDULE_CHECKS

    @property
    def recur_every(self) -> str:
        """The recurrence in Azure's grammar."""
        return named_recurrence(self.recurrence)


class MaintenanceSettings(Settings):
    """How the stack's machines are patched, unless a group sets otherwise."""

    mode: Mode = PatchingMode(defaults.PATCHING_MODE)
    """hotpatch, azureManaged, customerManagedSchedule (no hotpatch) or paused (nobody patches)."""
    reboot_setting: Reboot = defaults.REBOOT_SETTING
    """What happens after an update that needs a restart; it overrides the schedule's setting."""
    schedule: Schedule | None = None
    """The window of the machines whose mode is customerManagedSchedule."""
    restart_budget: RestartBudget | None = None
    """How many restarts are allowed and when; a setting that could exceed it is refused in the preview."""
