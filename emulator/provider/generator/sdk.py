"""What the installed azure-native SDK says of resources, functions and types: names, types, versions, descriptions."""

import enum
import inspect
import re
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from pulumi import _types

_RESOURCE = re.compile(r"^class (\w+)\(pulumi\.CustomResource\):", re.MULTILINE)
_STANDALONE = "These are also available as standalone resources."
_FIXED_PLACE = "The geo-location where the resource lives"  # the common types' words; their location is create-only


@dataclass(frozen=True)
class SdkProperty:
    """A property's type in the table's words (`string`, `[Subnet]`, `{string}`), and the classes that it holds."""

    word: str
    holds: type | None
    description: str = ""
    required: bool = False

    @property
    def standalone(self) -> bool:
        return _STANDALONE in self.description

    @property
    def fixed_place(self) -> bool:
        return self.description.startswith(_FIXED_PLACE)


def module(name: str) -> Any:
    return import_module(f"pulumi_azure_native.{name}")


def modules() -> list[str]:
    """The names of the SDK's modules."""
    folder = Path(str(import_module("pulumi_azure_native").__file__)).parent
    return sorted(below.name for below in folder.iterdir() if (below / "__init__.py").exists())


def resources(of_module: str) -> list[str]:
    """The names of a module's resources, read from its files, which is much quicker than to import them."""
    folder = Path(str(import_module("pulumi_azure_native").__file__)).parent / of_module
    files = (file for file in folder.glob("*.py") if not file.name.startswith(("_", "get_", "list_")))
    return sorted(name for file in files for name in _RESOURCE.findall(file.read_text(encoding="utf-8")))


def arguments(resource: type) -> Any:
    """The arguments of a resource: `SubnetInitArgs` where a nested type has the name `SubnetArgs`."""
    beside = import_module(resource.__module__)
    return getattr(beside, f"{resource.__name__}InitArgs", None) or getattr(beside, f"{resource.__name__}Args")


def api_version(described: Any) -> str:
    """The REST version that the docstring of a function, or of a resource's constructor, names; "" for none."""
    constructors = typing.get_overloads(vars(described)["__init__"]) if isinstance(described, type) else [described]
    text = "".join(inspect.getdoc(one) or "" for one in constructors)
    found = re.search(r"Uses Azure REST API version (\d{4}-\d\d-\d\d(?:-\w+)?)", text)
    return found.group(1) if found else ""


def inputs(cls: type | None) -> Mapping[str, SdkProperty]:
    """The properties of an `…Args` class by their Pulumi name."""
    if cls is None:
        return {}
    required = _required(cls)
    names = {pulumi: python for python, pulumi in _types.input_type_py_to_pulumi_names(cls).items()}
    return {
        name: _property(hint, _description(cls, names[name]), required=names[name] in required)
        for name, hint in _types.input_type_types(cls).items()
    }


def outputs(cls: type | None) -> Mapping[str, SdkProperty]:
    """The properties of a resource, of a `…Response` class or of a `Get…Result` class."""
    if cls is None:
        return {}
    types = _types.output_type_types(cls) if _types.is_output_type(cls) else _types.resource_types(cls)
    return {name: _property(hint, "", required=False) for name, hint in types.items()}


def properties(cls: type) -> Mapping[str, SdkProperty]:
    """The properties of a nested class, whichever side it is of."""
    return inputs(cls) if _types.is_input_type(cls) else outputs(cls)


def function(of_module: Any, name: str) -> Any:
    """The Python function of a Pulumi function: `getVirtualMachine` is `get_virtual_machine`."""
    return getattr(of_module, snake(name))


def snake(name: str) -> str:
    """As Pulumi's Python generator spells it: `getPublicIPAddress` is `get_public_ip_address`."""
    parts = re.findall(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+", name)
    return "_".join(part.lower() for part in parts)


def _required(cls: type) -> set[str]:
    parameters = inspect.signature(vars(cls)["__init__"]).parameters.values()
    return {p.name for p in parameters if p.default is p.empty and p.name != "__self__"}


def _description(cls: type, python_name: str) -> str:
    return inspect.getdoc(getattr(cls, python_name)) or ""


def _property(hint: Any, description: str, *, required: bool) -> SdkProperty:
    word, holds = _word(hint)
    return SdkProperty(word, holds, description, required)


def _word(hint: Any) -> tuple[str, type | None]:
    hint = _plain(hint)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if isinstance(origin, type) and issubclass(origin, typing.Sequence):
        word, holds = _word(arguments[0])
        return f"[{word}]", holds
    if isinstance(origin, type) and issubclass(origin, typing.Mapping):
        word, holds = _word(arguments[1])
        return f"{{{word}}}", holds
    return _scalar(hint)


def _scalar(hint: Any) -> tuple[str, type | None]:
    words = {str: "string", bool: "boolean", int: "integer", float: "number"}
    if hint in words:
        return words[hint], None
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return next((word for kind, word in words.items() if issubclass(hint, kind)), "string"), None
    if isinstance(hint, type) and (_types.is_input_type(hint) or _types.is_output_type(hint)):
        return type_name(hint), hint
    return "any", None


def type_name(cls: type) -> str:
    """`SubnetArgs` and `SubnetResponse` are the two sides of the type `Subnet`."""
    return re.sub(r"(Args|Response)$", "", cls.__name__)


def _plain(hint: Any) -> Any:
    """What is left of `Input[Optional[X]]`; a union of several classes stays a union."""
    if typing.get_origin(hint) is not typing.Union:
        return hint
    left = [h for h in typing.get_args(hint) if h is not type(None) and not _is_promise(h)]
    plain = [h for h in left if not (isinstance(h, type) and issubclass(h, enum.Enum))] or left
    return _plain(plain[0]) if len(plain) == 1 else hint


def _is_promise(hint: Any) -> bool:
    name = getattr(typing.get_origin(hint), "__name__", "")
    return name in {"Awaitable", "Output"}
