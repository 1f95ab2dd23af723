"""The spelling of a property in a program, by its language."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import PurePosixPath

from azure_hotpatch.domain.judging.record import Record, arm_path
from azure_hotpatch.policies.reading.recorded import Raw


class Language(StrEnum):
    """How a language's SDK spells the names of properties."""

    SNAKE = "snake"  # Python, Terraform
    CAMEL = "camel"  # YAML, TypeScript, Java, and the files that Pulumi writes
    PASCAL = "pascal"  # Go, .NET


_SUFFIXES = {".py": Language.SNAKE, ".go": Language.PASCAL, ".cs": Language.PASCAL, ".fs": Language.PASCAL}
# Objects whose keys are the user's or Azure's own, which no SDK respells.
_MAPS = ("extensionProperties.", "tags.", "parameters.")
_TERRAFORM = "azurerm_"  # in the types of a Terraform module, whose names are Terraform's own


def language_of_file(name: str) -> Language:
    """The language of a program's file, by its suffix."""
    return _SUFFIXES.get(PurePosixPath(name).suffix.lower(), Language.CAMEL)


def own_path(record: Record, path: str, language: Language = Language.CAMEL) -> str:
    """The path as the source writes it: its language's names for a resource, ARM's own in a template or a body."""
    if record.origin and path == record.origin:
        return path
    if record.origin:
        return f"{record.origin}.{arm_path(path)}"
    if isinstance(record.spelling, Raw):
        return record.spelling[path]
    if _TERRAFORM in record.type:
        return spelled(_nearest(record.spelling, path), Language.SNAKE)
    return spelled(record.spelling.get(path, path), language)


def _nearest(spelling: Mapping[str, str], path: str) -> str:
    """Terraform's path of a value, or of what it is in; of an object that Terraform does not have, all of its members.

    Nothing where the type has no such attribute.
    """
    above = next((head for head in _heads(path) if head in spelling), None)
    if above is not None:
        return spelling[above] + path[len(above) :]
    return ", ".join(dict.fromkeys(own for arm, own in spelling.items() if arm.startswith(f"{path}.")))


def _heads(path: str) -> Iterator[str]:
    """`a.b[0].c`, `a.b[0]`, `a.b`, `a`"""
    yield path
    yield from (path[: found.start()] for found in reversed(list(re.finditer(r"[.\[]", path))))


def spelled(path: str, language: Language) -> str:
    """`osProfile.windowsConfiguration` -> `os_profile.windows_configuration`, as the SDKs of azure-native have it."""
    head = next((head for head in _MAPS if path.startswith(head)), None)
    if head:
        name, key = spelled(head.removesuffix("."), language), path.removeprefix(head)
        return f"{name}.{key}" if language is Language.CAMEL else f'{name}["{key}"]'
    if language is Language.SNAKE:
        words = re.sub(r"([A-Z]{2,})s(?![a-z])", lambda plural: f"{plural[1].capitalize()}s", path)  # VMs, CPUs
        parted = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", words)
        return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", parted).lower()
    if language is Language.PASCAL:
        return re.sub(r"(?:^|(?<=\.))[a-z]", lambda first: first[0].upper(), path)
    return path
