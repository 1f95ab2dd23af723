"""Parse Terraform's addresses: the modules on the way to a resource, and what an expression refers to."""

import json
import re
from typing import Any, NamedTuple

Key = str | int | None  # of an instance: text for for_each, a number for count, None without either

# A key may hold dots, brackets and escaped quotes, so that an address is never cut at one of them.
_KEY = r'(?:\[(?:(?P<number>\d+)|(?P<text>"(?:\\.|[^"\\])*+"))\])?'
_MODULE = re.compile(rf"module\.(?P<name>[\w-]+){_KEY}(?:\.|$)")
_REFERENCE = re.compile(rf"(?P<root>[\w-]+)(?:\.(?P<name>[\w-]+){_KEY})?(?:\.(?P<attribute>[\w-]+))?")


class ModuleStep(NamedTuple):
    """One module call of an address, `module.web["a"]`."""

    name: str
    key: Key


ModulePath = tuple[ModuleStep, ...]


class ParsedReference(NamedTuple):
    """What an expression refers to: `module.web["a"].id` -> module, web, a, id; `var.size` -> var, size."""

    root: str
    name: str
    key: Key
    attribute: str


def module_path(address: Any) -> ModulePath:
    """`module.a["x.y"].module.b[0]` -> its steps; the root module, which has no address, has none."""
    steps: list[ModuleStep] = []
    text, at = address if isinstance(address, str) else "", 0
    while found := _MODULE.match(text, at):
        steps.append(ModuleStep(found["name"], _key(found)))
        at = found.end()
    return tuple(steps)


def parse_reference(text: Any) -> ParsedReference | None:
    """The parts of a reference as `configuration` has it; None for what is none."""
    found = _REFERENCE.match(text) if isinstance(text, str) else None
    return ParsedReference(found["root"], found["name"] or "", _key(found), found["attribute"] or "") if found else None


def key_of(index: Any) -> Key:
    """The key of an instance, as the field `index` has it."""
    return index if isinstance(index, str | int) and not isinstance(index, bool) else None


def _key(found: re.Match[str]) -> Key:
    if found["number"] is not None:
        return int(found["number"][:18])
    if found["text"] is None:
        return None
    try:
        text: str = json.loads(found["text"])
    except ValueError:
        text = found["text"][1:-1]
    return text.replace("$${", "${").replace("%%{", "%{")
