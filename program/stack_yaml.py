"""Read the YAML of a stack's file as Pulumi reads it, which is not as PyYAML does.

To Pulumi `22:00`, `yes` and `on` are strings, a day is a timestamp, `1e3` is a number, and a key that is there twice
is an error. Source: resolve.go and decode.go of gopkg.in/yaml.v3, and what `pulumi config --json` prints.
"""

import json
import math
import re
from datetime import datetime
from typing import Any

import yaml
from yaml.composer import ComposerError
from yaml.constructor import ConstructorError

_TAG = "tag:yaml.org,2002:"
_NUMBER = r"""(?x: [-+]?(?: 0[xX][0-9a-fA-F_]+ | 0[bB][01_]+ | 0[oO][0-7_]+
                         | (?: \.[0-9_]+ | [0-9][0-9_]*(?:\.[0-9_]*)? )(?:[eE][-+]?[0-9]+)?
                         | \.(?:inf|Inf|INF) ) | \.(?:nan|NaN|NAN) )"""
_DAY = r"\d{4}-\d\d?-\d\d?"
_CLOCK = r"\d\d?:\d\d?:\d\d?(?:\.\d{1,6})?"
_MOMENT = rf"{_DAY}(?:[Tt]{_CLOCK}(?:Z|[-+]\d\d:\d\d)| {_CLOCK})?"
# The tag of a word without quotes, its form, and how it begins.
_WORDS: tuple[tuple[str, str, str | list[str]], ...] = (
    ("timestamp", _MOMENT, "0123456789"),
    ("number", _NUMBER, "-+.0123456789"),
    ("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", "~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("merge", "<<", "<"),
)
_OCTAL = re.compile(r"[-+]?0[0-7]+")
_LARGEST = 2**64  # a larger integer is a floating-point number
# PyYAML's messages repeat what stands in the file, which may be a password that begins with * or !.
_REPEATED = re.compile(r" '[^']{2,}'")


class StackFileError(ValueError):
    """A file that Pulumi does not read; `str()` says why and on which line, and holds no value of the file."""


class _Loader(yaml.SafeLoader):
    """PyYAML's loader with Pulumi's words, numbers, days and keys."""

    yaml_implicit_resolvers: dict[str, list[Any]] = {}  # noqa: RUF012 - where PyYAML keeps them

    def compose_node(self, parent: Any, index: Any) -> Any:
        node = super().compose_node(parent, index)
        if node is not None and node.end_mark is None:  # an alias of what is still being read
            raise ComposerError(None, None, "an alias stands within what it is the alias of", node.start_mark)
        return node

    def compose_mapping_node(self, anchor: Any) -> Any:
        node = super().compose_mapping_node(anchor)
        lines: dict[str, int] = {}
        for key, _ in node.value:
            reason = _why_not_key(key, lines)
            if reason:
                raise ComposerError(None, None, reason, key.start_mark)
        return node

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except (ValueError, LookupError, AttributeError, TypeError):
            kind = node.tag.removeprefix(_TAG)
            raise ConstructorError(None, None, f"the value is not a valid {kind}", node.start_mark) from None

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        self.flatten_mapping(node)
        # Each key becomes a string before it is one of the dictionary, in which 1 and true would be the same.
        return {as_string(self.construct_object(key)): self.construct_object(value, deep) for key, value in node.value}


def parsed(data: bytes) -> Any:
    """The value in a file's bytes; raises StackFileError."""
    return _read(data, _Loader.get_single_data)


def composed(data: bytes) -> yaml.Node | None:
    """The node in a file's bytes, which knows the line of each part; raises StackFileError."""
    node: yaml.Node | None = _read(data, _Loader.get_single_node)
    return node


def as_string(value: Any) -> str:
    """A boolean, a number or nothing as Pulumi hands it to a program."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "true", False: "false"}[value]
    return str(int(value)) if isinstance(value, float) and value.is_integer() and abs(value) < 1e21 else str(value)


def octal(text: str) -> int | None:
    """The value of a number without quotes that YAML reads as octal, `0200`; None of any other."""
    plain = text.replace("_", "")
    return int(plain, 8) if _OCTAL.fullmatch(plain) else None


def configured(text: str) -> Any:
    """What a value of the configuration stands for: Pulumi hands lists and objects on as JSON."""
    try:
        return json.loads(text) if text[:1] in ("{", "[") else text
    except (ValueError, RecursionError):
        return text  # a string that begins like one of them


def _read(data: bytes, read: Any) -> Any:
    try:
        return read(_Loader(data))
    except RecursionError:
        raise StackFileError("it is nested deeper than can be read") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        reason = _REPEATED.sub("", ", ".join(part for part in (error.context, error.problem) if part))
        raise StackFileError(f"line {mark.line + 1}: {reason}" if mark else reason) from None
    except yaml.YAMLError:
        raise StackFileError("it is not text in UTF-8 or UTF-16, or it holds control characters") from None


def _why_not_key(key: yaml.Node, lines: dict[str, int]) -> str | None:
    """Say what is wrong with a key of an object; `lines` are those of the keys before it, to which it is added."""
    if not isinstance(key, yaml.ScalarNode):
        return "a key is a list or an object"
    if key.value in lines:
        return f"the key {key.value} is there already, on line {lines[key.value]}"
    lines[key.value] = key.start_mark.line + 1
    return None


def _number(loader: _Loader, node: yaml.ScalarNode) -> int | float | str:
    text = str(loader.construct_scalar(node)).replace("_", "")
    try:
        whole = int(text, 8 if _OCTAL.fullmatch(text) else 0)
        return whole if abs(whole) < _LARGEST else float(whole)
    except ValueError:
        number = float(text)  # .inf and .nan are no numbers of JSON, and so none of Pulumi's
    return number if math.isfinite(number) else text


def _moment(loader: _Loader, node: yaml.ScalarNode) -> str:
    """A timestamp as Pulumi prints it, 2026-12-01 00:00:00 +0000 UTC; one that no calendar has stays as it is."""
    text = str(loader.construct_scalar(node))
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    year, month, day, hour, minute, second = [*numbers, 0, 0, 0][:6]
    try:
        moment = datetime(year, month, day, hour, minute, second)
    except ValueError:
        return text
    fraction = re.search(r"\.\d*[1-9]", text)
    zone = re.search(r"([-+]\d\d):(\d\d)$", text)
    offset = f"{zone[1]}{zone[2]}" if zone else "+0000"
    return f"{moment:%Y-%m-%d %H:%M:%S}{fraction[0] if fraction else ''} {offset} {offset if zone else 'UTC'}"


_CONSTRUCTORS: dict[str, Any] = {
    **dict.fromkeys(("int", "float", "number"), _number),
    "timestamp": _moment,
    "merge": _Loader.construct_yaml_str,
    "binary": lambda loader, node: loader.construct_yaml_binary(node).decode(),
    "set": _Loader.construct_yaml_map,
    **dict.fromkeys(("omap", "pairs"), _Loader.construct_yaml_seq),
}
for _name, _form, _first in _WORDS:
    _Loader.add_implicit_resolver(f"{_TAG}{_name}", re.compile(rf"(?:{_form})\Z"), list(_first))
for _name, _constructor in _CONSTRUCTORS.items():
    _Loader.add_constructor(f"{_TAG}{_name}", _constructor)
