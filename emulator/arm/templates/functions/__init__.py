"""The template functions that depend on their arguments alone, by name in lower case."""

from collections.abc import Mapping

from azure_hotpatch.emulator.arm.templates.functions import (
    arrays,
    cidr,
    comparison,
    dates,
    encodings,
    numbers,
    objects,
    strings,
    uniqueness,
)
from azure_hotpatch.emulator.arm.templates.functions.signature import TemplateFunction

PURE: Mapping[str, TemplateFunction] = {
    function.name.lower(): function
    for module in (arrays, cidr, comparison, dates, encodings, numbers, objects, strings, uniqueness)
    for function in module.FUNCTIONS
}
