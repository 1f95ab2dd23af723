"""The query parameters of a list or a resource; an unknown one is refused, never ignored."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from azure_hotpatch.emulator.arm.protocol.bodies import Json, read
from azure_hotpatch.emulator.arm.protocol.errors import InvalidParameter, NotEmulated
from azure_hotpatch.emulator.arm.protocol.filters import Keep, compiled


@dataclass(frozen=True, slots=True)
class Queries:
    """The query options of a type. Names are in lower case.

    `filters` has what `$filter` compares, with its dotted path; `flags` what stands alone in it; `lists` and `gets`
    what `$expand` (or `$select`) may name, and `orders` what `$orderby` may, with its path.
    """

    filters: Mapping[str, str] = field(default_factory=dict)
    flags: Mapping[str, Keep] = field(default_factory=dict)
    lists: tuple[str, ...] = ()
    gets: tuple[str, ...] = ()
    orders: Mapping[str, str] = field(default_factory=dict)


NONE = Queries()
_OPTIONS = frozenset({"$expand", "$filter", "$orderby", "$select", "$skiptoken", "$top"})


def filtered(query: Mapping[str, str], accepted: Queries, flags: Mapping[str, Keep] | None = None) -> Keep:
    """The test of the query's `$filter`; `flags` are those that depend on the request."""
    return compiled(query.get("$filter", ""), accepted.filters, {**accepted.flags, **(flags or {})})


def expanded(query: Mapping[str, str], allowed: Iterable[str], what: str) -> frozenset[str]:
    """What `$expand` and `$select` name, in lower case; `what` is the list or type for the refusal.

    Raises NotEmulated for a name that is not allowed, and for an option that is none of those above.
    """
    foreign = sorted(name for name in query if name.startswith("$") and name not in _OPTIONS)
    if foreign:
        raise NotEmulated(f"This Azure emulator does not have the query option '{', '.join(foreign)}' of {what}.")
    named = frozenset(_words(query, "$expand") + _words(query, "$select"))
    unknown = sorted(named - set(allowed))
    if unknown:
        raise NotEmulated(f"This Azure emulator does not expand or select '{', '.join(unknown)}' of {what}.")
    return named


def top(query: Mapping[str, str], default: int) -> int:
    """The number of `$top`, or `default`."""
    text = query.get("$top", "")
    if not text:
        return default
    if not re.fullmatch(r"0*[1-9][0-9]{0,8}", text):  # more digits are more than SQLite counts to
        raise InvalidParameter(f"The value '{text}' of parameter '$top' is invalid: it must be a positive integer.")
    return int(text)


def ordered(query: Mapping[str, str], values: list[Json], orders: Mapping[str, str], what: str) -> list[Json]:
    """The values by `$orderby`, which is a name and `asc` or `desc`."""
    text = query.get("$orderby", "").strip()
    if not text:
        return values
    name, _, direction = text.partition(" ")
    path = orders.get(name.lower())
    if path is None or direction.strip().lower() not in {"", "asc", "desc"}:
        raise NotEmulated(f"This Azure emulator does not order {what} by '{text}'.")
    return sorted(values, key=_key(path), reverse=direction.strip().lower() == "desc")


def applied(query: Mapping[str, str], values: Sequence[Json], accepted: Queries, what: str) -> list[Json]:
    """A short list as the query wants it: filtered, in order, and as many as `$top` says."""
    expanded(query, accepted.lists, what)
    return in_one_page(query, values, filtered(query, accepted), accepted.orders, what)


def in_one_page(
    query: Mapping[str, str], values: Iterable[Json], keep: Keep, orders: Mapping[str, str], what: str
) -> list[Json]:
    """What is kept of a list that has no further page: in order, and as many as `$top` says."""
    if query.get("$skiptoken"):
        raise InvalidParameter(f"The '$skiptoken' is not one that was given out: {what} are in one page.")
    found = ordered(query, [value for value in values if keep(value)], orders, what)
    return found[: top(query, len(found) or 1)]


def _words(query: Mapping[str, str], name: str) -> list[str]:
    return [word.strip().lower() for word in query.get(name, "").split(",") if word.strip()]


def _key(path: str) -> Callable[[Json], Any]:
    def key(value: Json) -> list[Any]:
        # 20348.5020 comes after 20348.859: parts of a version are numbers
        parts = str(read(value, path) or "").split(".")
        return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts]

    return key
