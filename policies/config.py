"""The configuration of the pack: which level each rule has, and the pack's settings; every mistake in it at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from pydantic import ValidationError

from azure_hotpatch.domain.azure.calendar import CALENDAR, Calendar
from azure_hotpatch.domain.azure.images import DEFAULT_CATALOGUE, Catalogue
from azure_hotpatch.domain.azure.nearest import nearest
from azure_hotpatch.domain.judging.modes import NOTHING_DECLARED, DeclaredModes
from azure_hotpatch.domain.judging.rule import Context, MachineScope, Rule
from azure_hotpatch.domain.rules import RULES
from azure_hotpatch.domain.vocabulary.mistakes import mistakes
from azure_hotpatch.domain.vocabulary.problem import Problem, listed
from azure_hotpatch.policies.level import DEFAULT_LEVELS, ENFORCEMENT_LEVEL, LEVELS, Level
from azure_hotpatch.policies.settings import SETTING_NAMES, PackSettings
from azure_hotpatch.policies.waivers import Waiver

__all__ = ["DEFAULT_LEVELS", "LEVELS", "SETTINGS", "SETTING_NAMES", "Config", "ConfigError", "Level", "parse_config"]

SETTINGS = "hotpatch"  # the policy whose configuration is the whole pack's
ALL = "all"
_LEVEL = "enforcementLevel"


class ConfigError(ValueError):
    """Every mistake in the configuration; `str()` is the whole list."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        what = "1 mistake" if len(problems) == 1 else f"{len(problems)} mistakes"
        super().__init__(listed(f"{what} in the configuration of the policy pack:", problems))


@dataclass(frozen=True, slots=True)
class Config:
    """A configuration that was read. `levels` has every rule, by id."""

    levels: Mapping[str, Level]
    catalogue: Catalogue = DEFAULT_CATALOGUE
    scope: MachineScope = MachineScope.WINDOWS
    unverifiable: Level = Level.ADVISORY
    waivers: tuple[Waiver, ...] = ()
    calendar: Calendar = CALENDAR
    modes: DeclaredModes = NOTHING_DECLARED
    schedules_seen: bool = True  # see Context
    settings_level: Level = Level.ADVISORY  # of problems of the waivers themselves
    rules: Sequence[Rule] = field(default=RULES, repr=False)

    def context(self, today: date) -> Context:
        return Context(
            today=today,
            catalogue=self.catalogue,
            scope=self.scope,
            calendar=self.calendar,
            modes=self.modes,
            schedules_seen=self.schedules_seen,
        )

    def declaring(self, modes: DeclaredModes) -> "Config":
        """The configuration with further modes, for the machines that it does not name itself."""
        return replace(self, modes=DeclaredModes(self.modes.by_pattern + modes.by_pattern))

    def enabled(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if self.levels[rule.id] is not Level.DISABLED)


def parse_config(raw: Mapping[str, Any], rules: Sequence[Rule] = RULES, calendar: Calendar = CALENDAR) -> Config:
    """The configuration of a file for Pulumi's `--policy-pack-config`: `{"HP004": "advisory", "hotpatch": {…}}`.

    The releases in it are added to `calendar`. Raises ConfigError with every mistake.
    """
    problems = list(_wrong_levels(raw, rules))
    settings = PackSettings()
    try:
        settings = PackSettings.model_validate(_settings(raw))
    except ValidationError as error:
        found = mistakes(error, PackSettings, _settings(raw))
        problems += (problem.below(SETTINGS) for _, problem in found)
    if problems:
        raise ConfigError(problems)
    levels = {name: Level(level) for name, value in raw.items() if (level := _level(value)) is not None}
    for_all = levels.get(ALL)
    return Config(
        levels={rule.id: levels.get(rule.id) or for_all or DEFAULT_LEVELS[rule.severity] for rule in rules},
        catalogue=settings.catalogue,
        scope=settings.scope,
        unverifiable=settings.unverifiable,
        waivers=tuple(waiver.waiver() for waiver in settings.waivers),
        calendar=settings.calendar.extended(calendar),
        modes=DeclaredModes(tuple(settings.modes.items())),
        settings_level=levels.get(SETTINGS) or for_all or Level.ADVISORY,
        rules=rules,
    )


def _settings(raw: Mapping[str, Any]) -> dict[str, Any]:
    given = raw.get(SETTINGS)
    return {key: value for key, value in given.items() if key != _LEVEL} if isinstance(given, Mapping) else {}


def _level(value: Any) -> Any:
    """The level that a rule's configuration gives: by itself, or in an object."""
    return value.get(_LEVEL) if isinstance(value, Mapping) else value


def _wrong_levels(raw: Mapping[str, Any], rules: Sequence[Rule]) -> Iterator[Problem]:
    names = [rule.id for rule in rules]
    for name, value in raw.items():
        if name not in (*names, ALL, SETTINGS):
            yield Problem(name, "unknown rule", allowed=f"HP001 to {names[-1]}, {ALL}", meant=nearest(name, names))
        if name != SETTINGS and isinstance(value, Mapping):
            yield from (_no_setting_of_a_rule(name, key) for key in value if key != _LEVEL)
        path = f"{name}.{_LEVEL}" if isinstance(value, Mapping) else name
        stated = not isinstance(value, Mapping) or _LEVEL in value
        problem = ENFORCEMENT_LEVEL.problem(path, _level(value)) if stated else None
        if problem:
            yield problem


def _no_setting_of_a_rule(name: str, key: str) -> Problem:
    return Problem(f"{name}.{key}", "unknown setting: a rule has none but its level", allowed=_LEVEL)
