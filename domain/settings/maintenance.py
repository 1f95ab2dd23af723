"""How a stack's machines are patched: the mode, the restart, and the window of a customer-managed schedule."""

from collections.abc import Iterator
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator

from azure_hotpatch.domain.azure import defaults
from azure_hotpatch.domain.azure.maintenance import (
    CLASSIFICATIONS,
    NAMED_RECURRENCES,
    TIME_ZONES,
    kb_digits,
    named_recurrence,
    nearest_time_zone,
    why_not_duration,
    why_not_expiration,
    why_not_kb_number,
    why_not_moment,
    why_not_recurrence,
    why_not_start,
    why_not_time_zone,
    why_nothing_to_install,
)
from azure_hotpatch.domain.azure.maintenance.named import why_not_baseline_start
from azure_hotpatch.domain.azure.maintenance.updates import Classification, TagOperator
from azure_hotpatch.domain.azure.patching import PatchingMode, RebootSetting
from azure_hotpatch.domain.settings.value import LocationName, NumberLike, Settings, checked, in_schema, nearest, wrong

KbNumber = Annotated[str, NumberLike, checked(why_not_kb_number)]


def _recurrence(text: str) -> str | None:
    return why_not_recurrence(named_recurrence(text))


def _near_recurrence(text: str) -> str:
    bare_month = text.strip().lower().rstrip("s").endswith("month")
    return "saturdayAfterPatchTuesday" if bare_month else nearest(text, tuple(NAMED_RECURRENCES))


def _near_duration(text: str) -> str:
    """The end of the range on the side of which a well-written duration lies."""
    hours, _, minutes = text.partition(":")
    if not (hours.isdigit() and minutes.isdigit()):
        return defaults.DURATION
    length = int(hours) * 60 + int(minutes)
    return f"{hours:0>2}:{minutes:0>2}" if 90 <= length <= 235 else "01:30" if length < 90 else "03:55"


def _minutes_as_text(value: Any) -> Any:
    """YAML 1.1 reads an unquoted 3:00 as 180, the number of minutes."""
    return f"{value // 60:02}:{value % 60:02}" if isinstance(value, int) and not isinstance(value, bool) else value


_EXAMPLES = in_schema(examples=[*NAMED_RECURRENCES, "Week Saturday", "Month Second Tuesday Offset4"])
_ONE_OF_THE_ZONES = in_schema(enum=list(TIME_ZONES))
_A_MOMENT = in_schema(pattern=r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}")

Duration = Annotated[str, BeforeValidator(_minutes_as_text), checked(why_not_duration, _near_duration)]


class DynamicScope(Settings):
    """Machines that a schedule finds by itself at run time, instead of one assignment a machine."""

    locations: tuple[LocationName, ...] = ()
    """Only machines in these regions."""
    tags: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Only machines with these tags, each with its accepted values."""
    tag_operator: TagOperator = defaults.TAG_OPERATOR
    """Whether a machine must have all of the tags or any of them."""


class Schedule(Settings):
    """A maintenance window, as Azure's maintenance configuration has it."""

    start: Annotated[str, checked(why_not_start), _A_MOMENT]
    """From when on the window recurs, YYYY-MM-DD hh:mm in timeZone; the first run is the first recurrence after it."""
    recurrence: Annotated[str, checked(_recurrence, _near_recurrence), _EXAMPLES]
    """saturdayAfterPatchTuesday, saturdayAfterBaseline, or Azure's grammar: Week Saturday, Month Second Tuesday."""
    duration: Duration = defaults.DURATION
    """How long the window is open, HH:mm from 01:30 to 03:55."""
    time_zone: Annotated[str, checked(why_not_time_zone, nearest_time_zone), _ONE_OF_THE_ZONES] = defaults.TIME_ZONE
    """A Windows time zone: W. Europe Standard Time."""
    expires: Annotated[str, checked(why_not_moment), _A_MOMENT] | None = None
    """The window's end, YYYY-MM-DD hh:mm; default never."""
    classifications: tuple[Classification, ...] = defaults.CLASSIFICATIONS
    """The classes of updates that are installed."""
    kbs_to_include: tuple[KbNumber, ...] = ()
    """Updates that are installed whatever their class: KB5034129."""
    kbs_to_exclude: tuple[KbNumber, ...] = ()
    """Updates that are never installed."""
    exclude_kbs_requiring_reboot: bool = False
    """Whether updates that may restart the machine are left out: a baseline then never comes."""
    dynamic_scope: DynamicScope | None = None
    """Attach by region and tags; default: one assignment for each machine in this mode."""

    @property
    def recur_every(self) -> str:
        """The recurrence in Azure's grammar."""
        return named_recurrence(self.recurrence)

    @field_validator("classifications")
    @classmethod
    def _each_once(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(value)) != len(value):
            raise wrong("a classification is named twice", allowed=", ".join(CLASSIFICATIONS))
        return value

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for at, reason in self._contradictions():
            if reason:
                raise wrong(reason, at=at)
        return self

    def _contradictions(self) -> Iterator[tuple[str, str | None]]:
        """What values of the schedule say of each other, with the key that it is about."""
        yield "start", why_not_baseline_start(self.recurrence, self.start)
        yield "classifications", why_nothing_to_install(self.classifications, self.kbs_to_include)
        yield "kbsToExclude", self._why_both()
        if self.expires is not None:
            yield "expires", why_not_expiration(self.expires, self.start)

    def _why_both(self) -> str | None:
        included = {kb_digits(number) for number in self.kbs_to_include}
        both = sorted(included & {kb_digits(number) for number in self.kbs_to_exclude})
        return f"{', '.join(f'KB{number}' for number in both)} is both included and excluded" if both else None


class MaintenanceSettings(Settings):
    """How the stack's machines are patched, where a group says nothing else."""

    mode: PatchingMode = PatchingMode(defaults.PATCHING_MODE)
    """hotpatch, azureManaged, customerManagedSchedule (no hotpatch) or paused (nobody patches)."""
    reboot_setting: RebootSetting = defaults.REBOOT_SETTING
    """What happens after an update that needs a restart; it overrides what a schedule says."""
    schedule: Schedule | None = None
    """The window of the machines whose mode is customerManagedSchedule."""
