"""What the configuration of the pack may say, and every mistake in it at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeGuard

from azure_hotpatch.domain.azure.images import (
    CATALOGUE_2022,
    CATALOGUE_2022_AND_2025,
    OFFER,
    PUBLISHER,
    Catalogue,
    Image,
)
from azure_hotpatch.domain.judging.rule import Context, MachineScope, Rule, Severity
from azure_hotpatch.domain.rules import RULES
from azure_hotpatch.policies.waivers import Waiver

SETTINGS = "hotpatch"  # the policy whose configuration is the whole pack's
ALL = "all"


class Level(StrEnum):
    """What a finding does, by Pulumi's own names; `remediate` mends what can be mended and refuses the rest."""

    DISABLED = "disabled"
    ADVISORY = "advisory"
    MANDATORY = "mandatory"
    REMEDIATE = "remediate"


LEVELS = tuple(level.value for level in Level)
DEFAULT_LEVELS = {Severity.ERROR: Level.MANDATORY, Severity.WARNING: Level.ADVISORY, Severity.NOTE: Level.ADVISORY}
_CATALOGUES = {"2022": CATALOGUE_2022, "2025": CATALOGUE_2022_AND_2025}
_WAIVER_KEYS = ("urn", "rule", "owner", "reason", "expires")


class ConfigError(ValueError):
    """Everything that is wrong with the configuration; `str()` is the whole list."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        count = len(problems)
        what = "1 mistake" if count == 1 else f"{count} mistakes"
        super().__init__("\n".join([f"{what} in the configuration of the policy pack:", *(f"  {p}" for p in problems)]))


@dataclass(frozen=True, slots=True)
class Config:
    """A configuration that was read. `levels` has every rule, by id."""

    levels: Mapping[str, Level]
    catalogue: Catalogue = CATALOGUE_2022
    scope: MachineScope = MachineScope.WINDOWS
    unverifiable: Level = Level.ADVISORY
    waivers: tuple[Waiver, ...] = ()
    settings_level: Level = Level.ADVISORY  # of what is wrong with the waivers themselves
    rules: Sequence[Rule] = field(default=RULES, repr=False)

    def context(self, today: date) -> Context:
        return Context(today=today, catalogue=self.catalogue, scope=self.scope)

    def enabled(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if self.levels[rule.id] is not Level.DISABLED)


def parse(raw: Mapping[str, Any], rules: Sequence[Rule] = RULES) -> Config:
    """The configuration of a file for Pulumi's `--policy-pack-config`: `{"HP004": "advisory", "hotpatch": {…}}`.

    Raises ConfigError with every mistake.
    """
    problems: list[str] = []
    levels, settings_level = _levels(raw, rules, problems)
    given = raw.get(SETTINGS)
    settings = {key: value for key, value in given.items() if key != "enforcementLevel"} if _is_object(given) else {}
    for key in settings:
        if key not in READERS:
            problems.append(f"{SETTINGS}.{key}: there is no such setting{_hint(key, READERS)}")
    read = {key: reader(settings[key], problems) for key, reader in READERS.items() if key in settings}
    if problems:
        raise ConfigError(problems)
    return Config(
        levels=levels,
        catalogue=_catalogue(read),
        scope=read.get("scope", MachineScope.WINDOWS),
        unverifiable=read.get("unverifiable", Level.ADVISORY),
        waivers=read.get("waivers", ()),
        settings_level=settings_level,
        rules=rules,
    )


def _levels(raw: Mapping[str, Any], rules: Sequence[Rule], problems: list[str]) -> tuple[dict[str, Level], Level]:
    names = [rule.id for rule in rules]
    given = {name: level for name, value in raw.items() if (level := _level(name, value, problems))}
    for name in raw:
        if name not in (*names, ALL, SETTINGS):
            problems.append(f"{name}: there is no such rule{_hint(name, names)}")
    for_all = given.get(ALL)
    levels = {rule.id: given.get(rule.id) or for_all or DEFAULT_LEVELS[rule.severity] for rule in rules}
    return levels, given.get(SETTINGS) or for_all or Level.ADVISORY


def _level(name: str, value: Any, problems: list[str]) -> Level | None:
    if _is_object(value):
        extra = [key for key in value if key != "enforcementLevel"] if name != SETTINGS else []
        problems.extend(f"{name}.{key}: a rule has no setting but enforcementLevel" for key in extra)
        if "enforcementLevel" not in value:
            return None
        name, value = f"{name}.enforcementLevel", value["enforcementLevel"]
    level: Level | None = _one_of(name, value, Level, problems)
    return level


def _one_of(path: str, value: Any, allowed: type[StrEnum], problems: list[str]) -> Any:
    names = [member.value for member in allowed]
    if value in names:
        return allowed(value)
    problems.append(f"{path}: {value!r} is not allowed; it may be {', '.join(names)}{_hint(value, names)}")
    return None


def _generation(value: Any, problems: list[str]) -> str:
    if str(value) not in _CATALOGUES:
        problems.append(f"{SETTINGS}.generation: {value!r} is not allowed; it may be {', '.join(_CATALOGUES)}")
    return str(value)


def _scope(value: Any, problems: list[str]) -> Any:
    return _one_of(f"{SETTINGS}.scope", value, MachineScope, problems)


def _unverifiable(value: Any, problems: list[str]) -> Any:
    if value in (Level.ADVISORY, Level.MANDATORY):
        return Level(value)
    problems.append(f"{SETTINGS}.unverifiable: {value!r} is not allowed; it may be advisory, mandatory")
    return None


def _images(key: str) -> Any:
    def read(value: Any, problems: list[str]) -> tuple[Image, ...]:
        path = f"{SETTINGS}.{key}"
        return tuple(_image(where, item, problems) for where, item in _items(path, value, problems))

    return read


def _image(path: str, value: Any, problems: list[str]) -> Image:
    """`publisher:offer:sku`, or a SKU of MicrosoftWindowsServer:WindowsServer alone."""
    parts = value.split(":") if isinstance(value, str) else ()
    if len(parts) == 1 and parts[0].strip():
        return Image(PUBLISHER, OFFER, parts[0])
    if len(parts) == 3 and all(part.strip() for part in parts):
        return Image(*parts)
    problems.append(f"{path}: {value!r} is not an image; write publisher:offer:sku, or a SKU alone")
    return Image(PUBLISHER, OFFER, "")


def _waivers(value: Any, problems: list[str]) -> tuple[Waiver, ...]:
    read = (_waiver(path, item, problems) for path, item in _items(f"{SETTINGS}.waivers", value, problems))
    return tuple(waiver for waiver in read if waiver)


def _waiver(path: str, value: Any, problems: list[str]) -> Waiver | None:
    if not _is_object(value):
        problems.append(f"{path}: {value!r} is not an object with {', '.join(_WAIVER_KEYS)}")
        return None
    before = len(problems)
    problems.extend(
        f"{path}.{key}: there is no such key{_hint(key, _WAIVER_KEYS)}" for key in value.keys() - {*_WAIVER_KEYS}
    )
    for key in _WAIVER_KEYS:
        if not isinstance(value.get(key), str) or not value[key].strip():
            problems.append(f"{path}.{key}: is missing; a waiver has {', '.join(_WAIVER_KEYS)}, each a text")
    expires = _day(f"{path}.expires", value.get("expires"), problems)
    ids = [rule.id for rule in RULES]
    if isinstance(value.get("rule"), str) and value["rule"] not in ids:
        problems.append(f"{path}.rule: there is no rule {value['rule']!r}{_hint(value['rule'], ids)}")
    if len(problems) > before or expires is None:
        return None
    return Waiver(value["urn"], value["rule"], value["owner"], value["reason"], expires)


def _day(path: str, value: Any, problems: list[str]) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and value.strip() else None
    except ValueError:
        problems.append(f"{path}: {value!r} is not a day; write it as 2027-01-31")
        return None


READERS: Mapping[str, Any] = {
    "generation": _generation,
    "extraImages": _images("extraImages"),
    "refusedImages": _images("refusedImages"),
    "scope": _scope,
    "unverifiable": _unverifiable,
    "waivers": _waivers,
}


def _catalogue(read: Mapping[str, Any]) -> Catalogue:
    base = _CATALOGUES[read.get("generation", "2022")]
    return base.extended(read.get("extraImages", ())).without(read.get("refusedImages", ()))


def _items(path: str, value: Any, problems: list[str]) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, list):
        problems.append(f"{path}: {value!r} is not a list")
        return
    yield from ((f"{path}[{index}]", item) for index, item in enumerate(value))


def _is_object(value: Any) -> TypeGuard[Mapping[str, Any]]:
    return isinstance(value, Mapping)


def _hint(value: Any, names: Any) -> str:
    close = get_close_matches(str(value), list(names), n=1, cutoff=0.5)
    return f"; did you mean {close[0]!r}?" if close else ""
