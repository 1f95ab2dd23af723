"""One page of a query's rows: how many, from where on, in which format, and the token of the next one."""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from azure_hotpatch.emulator.arm.bodies import Json
from azure_hotpatch.emulator.arm.errors import BadRequest
from azure_hotpatch.emulator.arm.graph.kql.frames import Frame
from azure_hotpatch.emulator.arm.graph.kql.types import IN_A_TABLE
from azure_hotpatch.emulator.arm.graph.kql.values import answered

# azure-mgmt-resourcegraph, QueryRequestOptions; "Work with large Azure resource data sets"
MOST_ROWS = 1000
FORMATS = ("objectArray", "table")
_OPTIONS = ("$skipToken", "$top", "$skip", "resultFormat", "allowPartialScopes", "authorizationScopeFilter")
_FILTERS = ("AtScopeAndBelow", "AtScopeAndAbove", "AtScopeExact", "AtScopeAboveAndBelow")


@dataclass(frozen=True, slots=True)
class Options:
    """The paging options of a request; `start` comes from the token or $skip."""

    top: int
    start: int
    by_token: bool
    table: bool


def options(body: Json, fingerprint: str) -> Options:
    """Read `options`; all that is wrong with them is refused, nothing is ignored."""
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
    start = _start(token, fingerprint) if token else skip
    if given.get("$skip") is not None:  # azure-mgmt-resourcegraph: it overrides the offset of the token
        start = skip
    return Options(top, start, bool(token), str(wanted).lower() == "table")


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


def _token(start: int, mark: str) -> str:
    return base64.b64encode(json.dumps({"start": start, "query": mark}).encode()).decode()


def _start(token: Any, mark: str) -> int:
    try:
        found = json.loads(base64.b64decode(str(token), validate=True))
        start, query = int(found["start"]), found["query"]
    except (ValueError, KeyError, TypeError, binascii.Error):
        raise BadRequest("The $skipToken is not one that was given out.") from None
    if query != mark or start < 0:
        raise BadRequest("The $skipToken belongs to another query or to another scope.")
    return start


def page(frame: Frame, wanted: Options, mark: str) -> Json:
    """The answer's body. Without a column `id` there are no further pages, and the answer says that it is cut."""
    # "Work with large data sets": Skip is not honoured where the query has take or limit.
    start = wanted.start if wanted.by_token or not frame.is_limited else 0
    rows = frame.rows[start : start + wanted.top]
    more = start + len(rows) < len(frame.rows)
    paged = more and "id" in frame.columns
    found: Json = {
        "totalRecords": len(frame.rows),
        "count": len(rows),
        "data": _table(frame, rows) if wanted.table else [_object(row) for row in rows],
        "facets": [],
        "resultTruncated": "true" if more and not paged else "false",
    }
    return {**found, "$skipToken": _token(start + len(rows), mark)} if paged else found


def _object(row: dict[str, Any]) -> Json:
    return {name: answered(value) for name, value in row.items()}


def _table(frame: Frame, rows: list[dict[str, Any]]) -> Json:
    columns = [{"name": name, "type": IN_A_TABLE[kind]} for name, kind in frame.columns.items()]
    return {"columns": columns, "rows": [[answered(row[name]) for name in frame.columns] for row in rows]}
