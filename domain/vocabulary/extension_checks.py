"""What the extensions of a machine say against each other: Azure takes one of a name, and one of a handler."""

from collections.abc import Iterator, Mapping

from azure_hotpatch.domain.azure.scale_sets import HEALTH_NAME, HEALTH_PUBLISHER, HEALTH_TYPE
from azure_hotpatch.domain.vocabulary.problem import Problem

Said = tuple[str | None, str | None, str | None]  # the name, the publisher and the type; None where it is not known
_HEALTH: Said = (HEALTH_NAME, HEALTH_PUBLISHER, HEALTH_TYPE)


def extensions_differ(path: str, said: Mapping[int, Said]) -> Iterator[Problem]:
    """No two extensions of a list have the same name or the same handler.

    Azure: "Multiple VMExtensions per handler not supported for OS type 'Windows'".
    """
    taken: dict[tuple[str, ...], int] = {}
    for index, extension in said.items():
        for setting, key, shown in _keys(extension):
            first = taken.setdefault((setting, *key), index)
            if first != index:
                allowed = "another name" if setting == "name" else "one extension of a handler"
                yield Problem(
                    f"{path}[{index}].{setting}", f"{shown!r} is already that of {path}[{first}]", allowed=allowed
                )


def not_the_health_extension(path: str, said: Mapping[int, Said]) -> Iterator[Problem]:
    """No extension of a scale set is the one that reports its health, which every set has."""
    taken = {(setting, key) for setting, key, _ in _keys(_HEALTH)}
    for index, extension in said.items():
        for setting, key, shown in _keys(extension):
            if (setting, key) in taken:
                reason = f"{shown!r} is that of the health extension, which every scale set has"
                yield Problem(f"{path}[{index}].{setting}", reason, allowed="health says how it asks")


def _keys(extension: Said) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """What Azure takes once: the setting, the value in lower case, and the value as it is shown."""
    name, publisher, kind = extension
    if name:
        yield "name", (name.lower(),), name
    if publisher and kind:
        yield "type", (publisher.lower(), kind.lower()), f"{publisher}.{kind}"
