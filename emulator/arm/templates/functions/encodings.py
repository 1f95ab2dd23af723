"""Encode and decode strings: base64, data URIs, and URI components."""

import base64
import binascii
import re
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

from azure_hotpatch.emulator.arm.templates.errors import ExpressionError, wrong_argument
from azure_hotpatch.emulator.arm.templates.functions.objects import parsed
from azure_hotpatch.emulator.arm.templates.functions.signature import TemplateFunction, a_string, an_object
from azure_hotpatch.emulator.arm.templates.values import named, text

_DATA_URI = re.compile(r"data:(?P<kind>[^,]*?)(?P<coded>;base64)?,(?P<data>.*)", re.IGNORECASE | re.DOTALL)


def _base64(value: Any) -> str:
    return base64.b64encode(a_string("base64", value).encode()).decode("ascii")


def _decoded(function: str, value: str) -> str:
    try:
        return base64.b64decode(value, validate=True).decode()
    except (binascii.Error, ValueError):
        raise ExpressionError(
            f"Unable to evaluate template language function '{function}': the value is not valid base64."
        ) from None


def _from_base64(value: Any) -> str:
    return _decoded("base64ToString", a_string("base64ToString", value))


def _json_from_base64(value: Any) -> Any:
    return parsed("base64ToJson", _decoded("base64ToJson", a_string("base64ToJson", value)))


def _data_uri(value: Any) -> str:
    coded = base64.b64encode(text(value).encode()).decode("ascii")
    return f"data:text/plain;charset=utf8;base64,{coded}"


def _from_data_uri(value: Any) -> str:
    match = _DATA_URI.fullmatch(a_string("dataUriToString", value))
    if match is None:
        raise wrong_argument("dataUriToString", "a data URI")
    return _decoded("dataUriToString", match["data"]) if match["coded"] else unquote(match["data"])


def _uri(base: Any, relative: Any) -> str:
    return urljoin(a_string("uri", base), a_string("uri", relative))


def _component(value: Any) -> str:
    return quote(a_string("uriComponent", value), safe="")


def _from_component(value: Any) -> str:
    return unquote(a_string("uriComponentToString", value))


def _parse_uri(value: Any) -> dict[str, Any]:
    parts = urlsplit(a_string("parseUri", value))
    found = {"scheme": parts.scheme, "host": parts.hostname or "", "path": parts.path}
    optional = {"port": parts.port, "query": f"?{parts.query}" if parts.query else None}
    return {**found, **{name: one for name, one in optional.items() if one is not None}}


def _build_uri(value: Any) -> str:
    given = an_object("buildUri", value)
    parts = {name: given[spelled] for name in _URI_PARTS if (spelled := named(given, name)) is not None}
    port = f":{parts['port']}" if "port" in parts else ""
    query = text(parts.get("query", "")).removeprefix("?")
    path = text(parts.get("path", ""))
    path = path if path.startswith("/") or not path else f"/{path}"
    coded = urlencode(parse_qsl(query, keep_blank_values=True), quote_via=quote) if query else ""
    return urlunsplit((text(parts.get("scheme", "https")), f"{text(parts.get('host', ''))}{port}", path, coded, ""))


_URI_PARTS = ("scheme", "host", "port", "path", "query")

FUNCTIONS = (
    TemplateFunction("base64", _base64, 1, 1),
    TemplateFunction("base64ToJson", _json_from_base64, 1, 1),
    TemplateFunction("base64ToString", _from_base64, 1, 1),
    TemplateFunction("buildUri", _build_uri, 1, 1),
    TemplateFunction("dataUri", _data_uri, 1, 1),
    TemplateFunction("dataUriToString", _from_data_uri, 1, 1),
    TemplateFunction("parseUri", _parse_uri, 1, 1),
    TemplateFunction("uri", _uri, 2, 2),
    TemplateFunction("uriComponent", _component, 1, 1),
    TemplateFunction("uriComponentToString", _from_component, 1, 1),
)
