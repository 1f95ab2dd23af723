"""The functions of the template language that need nothing but their arguments, by name in lower case."""

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
