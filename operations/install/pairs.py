"""Machines that must never be patched at the same time."""

from collections.abc import Mapping, Sequence

from azure_hotpatch.operations.install.wave_settings import WaveSettings
from azure_hotpatch.operations.machine import Machine


def pairs_of(settings: WaveSettings, machines: Sequence[Machine]) -> Mapping[str, tuple[str, ...]]:
    """The names of the pairs that each machine belongs to, by its id."""
    found: dict[str, list[str]] = {}
    for machine in machines:
        tags = {name.lower(): value for name, value in machine.tags.items()}
        value = tags.get(settings.pair_tag.lower()) if settings.pair_tag else None
        named = [
            f"{one}+{other}" for one, other in settings.pairs if machine.name.lower() in (one.lower(), other.lower())
        ]
        found[machine.id] = [*([f"{settings.pair_tag}={value}"] if value else []), *named]
    return {identifier: tuple(names) for identifier, names in found.items() if names}


def unknown_names(settings: WaveSettings, machines: Sequence[Machine]) -> list[str]:
    """Names in pairs that no selected machine has: most likely misspelled."""
    known = {machine.name.lower() for machine in machines}
    return sorted({name for pair in settings.pairs for name in pair if name.lower() not in known})
