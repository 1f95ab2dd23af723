"""One page of a query's rows: its size, offset and format, and the skip token of the next page.

The rows of a query with several pages are kept as they were at its first page: the next page needs no second query, and
no row is lost or repeated when something changes between two pages. Once they are dropped, the query runs again.
"""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from azure_hotpatch.emulator.arm.graph.kql.frames import Frame
from azure_hotpatch.emulator.arm.graph.kql.types import IN_A_TABLE, Type
from azure_hotpatch.emulator.arm.graph.kql.values import answered
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest
from azure_hotpatch.emulator.arm.result_cache import ResultCache

# azure-mgmt-resourcegraph, QueryRequestOptions; "Work with large Azure resource data sets"
MOST_ROWS = 1000
FORMATS = ("objectArray", "table")
_OPTIONS = ("$skipToken", "$top", "$skip", "resultFormat", "allowPartialScopes", "authorizationScopeFilter")
_FILTERS = ("AtScopeAndBelow", "AtScopeAndAbove", "AtScopeExact", "AtScopeAboveAndBelow")


@dataclass(frozen=True, slots=True)
class Options:
    """The paging options of a request; `start` comes from the token or $skip, `kept` names the rows of a token."""

    top: int
    start: int
    kept: str
    by_token: bool
    table: bool


@dataclass(frozen=True, slots=True)
class KeptRows:
    """All rows of a query at one moment, each as the JSON of its values in the order of the columns."""

    columns: dict[str, Type]
    rows: list[str]


@dataclass(frozen=True, slots=True)
class _Page:
    """The rows of a page, and what they are a part of."""

    columns: dict[str, Type]
    rows: list[list[Any]]
    start: int
    total: int

    @property
    def end(self) -> int:
        return self.start + len(self.rows)


def options(body: Json, fingerprint: str) -> Options:
    """Parse `options`; an error in them is refused, never ignored."""
    given = body.get("options") or {}
    if not isinstance(given, dict):
        raise BadRequest("The 'options' must be an object.")
    unknown = sorted(set(given) - set(_OPTIONS))
    if unknown:
        raise BadRequest(f"The options {', '.join(unknown)} are not known. Known are: {', '.join(_OPTIONS)}.")
    top = _number(given, "$top", MOST_ROWS, 1, MOST_ROWS)
    skip = _number(given, "$skip", 0, 0, 2**31 - 1)
    wanted = given.get("resultFormat") or FORMATS[0]
    if str(wanted).lower() not in {name.lower() for name in FORMATS}:
        raise BadRequest(f"The resultFormat '{wanted}' is not one of: {', '.join(FORMATS)}.")
    _check_filter(given)
    token = given.get("$skipToken")
    start, kept = _read(token, fingerprint) if token else (skip, "")
    if given.get("$skip") is not None:  # azure-mgmt-resourcegraph: it overrides the offset of the token
        start = skip
    return Options(top, start, kept, bool(token), str(wanted).lower() == "table")


def _number(given: Json, name: str, default: int, least: int, most: int) -> int:
    value = given.get(name)
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise BadRequest(f"The option '{name}' must be an integer from {least} to {most}, not {value!r}.")
    return value


def _check_filter(given: Json) -> None:
    """The emulator has no management groups above, so each of the four values selects the same rows."""
    wanted = given.get("authorizationScopeFilter")
    if wanted is not None and wanted not in _FILTERS:
        raise BadRequest(f"The authorizationScopeFilter '{wanted}' is not one of: {', '.join(_FILTERS)}.")
    partial = given.get("allowPartialScopes")
    if partial is not None and not isinstance(partial, bool):
        raise BadRequest("The option 'allowPartialScopes' must be true or false.")


def fingerprint(query: str, scope: Any) -> str:
    """What a token is bound to: the same query of the same scope."""
    return hashlib.sha256(json.dumps([query, scope]).encode()).hexdigest()[:32]


def _token(start: int, mark: str, kept: str) -> str:
    return base64.b64encode(json.dumps({"start": start, "query": mark, "rows": kept}).encode()).decode()


def _read(token: Any, mark: str) -> tuple[int, str]:
    """Where a token goes on, and the name of the rows that it goes on in."""
    try:
        found = json.loads(base64.b64decode(str(token), validate=True))
        start, query, kept = int(found["start"]), found["query"], str(found["rows"])
    except (ValueError, KeyError, TypeError, binascii.Error):
        raise BadRequest("The $skipToken is not one that was given out.") from None
    if query != mark or start < 0:
        raise BadRequest("The $skipToken belongs to another query or to another scope.")
    return start, kept


def further(wanted: Options, mark: str, memory: ResultCache) -> Json | None:
    """The body of a further page, out of the rows that were kept; None where they are not."""
    result = memory.find(wanted.kept) if wanted.kept else None
    if not isinstance(result, KeptRows):
        return None
    rows = [json.loads(row) for row in result.rows[wanted.start : wanted.start + wanted.top]]
    page = _Page(result.columns, rows, wanted.start, len(result.rows))
    return _body(page, wanted, mark, wanted.kept)


def page(frame: Frame, wanted: Options, mark: str, memory: ResultCache) -> Json:
    """The body of a page out of all rows. Without a column `id` there are no further pages, and it says so."""
    # "Work with large data sets": Skip is not honoured where the query has take or limit.
    start = wanted.start if wanted.by_token or not frame.is_limited else 0
    found = _Page(frame.columns, _values(frame, start, start + wanted.top), start, len(frame.rows))
    return _body(found, wanted, mark, _remembered(frame, memory) if _is_paged(found) else "")


def _values(frame: Frame, start: int, end: int) -> list[list[Any]]:
    return [[answered(row[name]) for name in frame.columns] for row in frame.rows[start:end]]


def _remembered(frame: Frame, memory: ResultCache) -> str:
    """Keep all rows; their name. As JSON they take a small part of the room that the objects would."""
    rows = [json.dumps(row, separators=(",", ":")) for row in _values(frame, 0, len(frame.rows))]
    return memory.add(KeptRows(dict(frame.columns), rows), sum(map(len, rows)))


def _is_paged(page: _Page) -> bool:
    return page.end < page.total and "id" in page.columns


def _body(page: _Page, wanted: Options, mark: str, kept: str) -> Json:
    paged = _is_paged(page)
    found: Json = {
        "totalRecords": page.total,
        "count": len(page.rows),
        "data": _table(page) if wanted.table else [dict(zip(page.columns, row, strict=True)) for row in page.rows],
        "facets": [],
        "resultTruncated": "true" if page.end < page.total and not paged else "false",
    }
    return {**found, "$skipToken": _token(page.end, mark, kept)} if paged else found


def _table(page: _Page) -> Json:
    columns = [{"name": name, "type": IN_A_TABLE[kind]} for name, kind in page.columns.items()]
    return {"columns": columns, "rows": page.rows}
