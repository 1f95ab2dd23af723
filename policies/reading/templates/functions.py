"""Evaluate ARM's template functions; the result of a function that is not here is unknown."""

from collections.abc import Callable, Mapping
from typing import Any

from azure_hotpatch.domain.judging.record import Unknown
from azure_hotpatch.policies.reading.reading import Sealed, bare
from azure_hotpatch.policies.reading.templates.collections import COLLECTIONS
from azure_hotpatch.policies.reading.templates.dates import DATES
from azure_hotpatch.policies.reading.templates.networks import NETWORKS
from azure_hotpatch.policies.reading.templates.numbers import NUMBERS
from azure_hotpatch.policies.reading.templates.strings import LONGEST, STRINGS, text
from azure_hotpatch.policies.reading.templates.unknowns import CANNOT_BE_READ, NotEmpty, OpenObject, opened
from azure_hotpatch.policies.reading.templates.work import Work


def resource_id(*parts: Any) -> str:
    """Subscription and group are not known here, so an id has only its type and its name."""
    words = [text(part) for part in parts]
    at = next((index for index, word in enumerate(words) if "/" in word and not word.startswith("/")), None)
    if at is None:
        raise ValueError
    namespace, *types = words[at].split("/")
    group = f"/resourceGroups/{words[at - 1]}" if at else ""
    pairs = [f"{kind}/{name}" for kind, name in zip(types, words[at + 1 :], strict=True)]
    return f"{group}/providers/{'/'.join([namespace, *pairs])}"


def _extension_resource_id(target: Any, *parts: Any) -> str:
    return f"{text(target)}{resource_id(*parts)}"


_KNOWN: Mapping[str, Callable[..., Any]] = {
    **STRINGS,
    **NUMBERS,
    **DATES,
    **NETWORKS,
    "resourceid": resource_id,
    "subscriptionresourceid": resource_id,
    "tenantresourceid": resource_id,
    "managementgroupresourceid": resource_id,
    "extensionresourceid": _extension_resource_id,
}
# Only Azure knows what these return, and it is never empty.
_NEVER_EMPTY = frozenset({"guid", "newguid", "uniquestring", "utcnow", "resourceid", "subscriptionresourceid"})
_PLACES: Mapping[str, tuple[str, ...]] = {
    "resourcegroup": ("id", "name", "type", "location"),
    "subscription": ("id", "subscriptionId", "tenantId", "displayName"),
    "tenant": ("tenantId", "countryCode", "displayName"),
    "managementgroup": ("id", "name", "type"),
    "deployment": ("name",),
    "deployer": ("objectId", "tenantId"),
    "environment": ("name", "suffixes", "resourceManager", "portal"),
}


def short(result: Any) -> Any:
    """The value, unless it is longer, or holds more values, than a template may build."""
    return CANNOT_BE_READ if _size(result, LONGEST, 1) > LONGEST else result


def cost(value: Any) -> int:
    """The cost of walking over a value; a string costs less than a value for each character."""
    return _size(value, LONGEST, 64)


def _size(value: Any, most: int, characters: int) -> int:
    """How many values are in a value, and so many characters as one; any number above `most` if there are more."""
    value = bare(value)
    if isinstance(value, str):
        return 1 + len(value) // characters
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    total = 1
    for item in below:
        if total > most:
            break
        total += _size(item, most - total, characters)
    return total


def result(written: str, arguments: list[Any], work: Work) -> Any:
    """The result of a function for arguments with their seals, or an `Unknown` where Azure computes it.

    `written` is the function's name in any letter case. Raises OutOfWork.
    """
    name, by_azure = (
        written.lower().removeprefix("sys."),
        f"the result of {written}(), which Azure computes at deployment",
    )
    work.spend(cost(arguments))
    if name in _PLACES:
        return _place(name, by_azure)
    try:
        made = COLLECTIONS[name](*arguments) if name in COLLECTIONS else _of_known(name, arguments, by_azure)
    except (TypeError, ValueError, LookupError, AttributeError, OverflowError, RecursionError, ArithmeticError):
        made = CANNOT_BE_READ
    work.spend(cost(made))
    return short(made)


def _of_known(name: str, arguments: list[Any], by_azure: str) -> Any:
    """The result of a function that needs its arguments whole, sealed where any of them is."""
    given, sealed, unknown = opened(arguments)
    function = _KNOWN.get(name)
    if function is None or unknown:
        why = unknown.why if function and unknown else by_azure
        value: Any = (NotEmpty if _fills(name, given) else Unknown)(why)
    else:
        value = function(*given)
    return Sealed(value) if sealed else value


def _fills(name: str, given: list[Any]) -> bool:
    """Whether the result is not empty, whatever the arguments are that are not known."""
    if name in ("tolower", "toupper", "base64", "string"):
        return isinstance(given[0], NotEmpty)
    if name == "format":
        return isinstance(given[0], str) and (not given[0].startswith("{") or isinstance(given[1], NotEmpty))
    return name in _NEVER_EMPTY


def _place(name: str, why: str) -> Any:
    """Where a template is deployed: the members that are always there, and others that may be."""
    return OpenObject({member: NotEmpty(why) for member in _PLACES[name]}, Unknown(why))
