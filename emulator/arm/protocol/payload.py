"""Parse the body of a request as JSON: strictly, within limits, and without quoting it in an error."""

import json
import re
from collections.abc import Callable
from typing import Any, NoReturn

from azure_hotpatch.emulator.arm.protocol.errors import ArmError, InvalidRequestContent

# "Azure Resource Manager request limits": a request is at most 4 MB.
LARGEST = 4 * 1024 * 1024
_MEDIA_TYPES = frozenset({"application/json", "text/json"})
_DEEPEST = 100  # objects and lists in one another; no resource of Azure's comes near it
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class RequestTooLarge(ArmError):  # noqa: N818 - named after ARM's code, as in errors.py
    """A body of more than `most` bytes."""

    status = 413
    code = "RequestContentTooLarge"

    def __init__(self, most: int) -> None:
        super().__init__(f"The size of the request content exceeds the maximum size of {most} bytes.")


class UnsupportedMediaType(ArmError):  # noqa: N818 - as above
    """A body that does not say that it is JSON; azure-cli 10143."""

    status = 415
    code = "UnsupportedMediaType"

    def __init__(self, media_type: str) -> None:
        super().__init__(
            f"The content media type '{media_type or '<null>'}' is not supported. Only 'application/json' is supported."
        )


def check_media_type(header: str) -> None:
    """Refuse the Content-Type of a body that is not JSON."""
    media_type = header.partition(";")[0].strip().lower()
    if media_type not in _MEDIA_TYPES:
        raise UnsupportedMediaType(media_type)


def parsed(body: bytes, most: int = LARGEST, otherwise: Callable[[str], Any] | None = None) -> Any:
    """The JSON value of a body, None for an empty one; `otherwise` parses what is not JSON, where that is allowed.

    Raises InvalidRequestContent or RequestTooLarge.
    """
    if not body:
        return None
    if len(body) > most:
        raise RequestTooLarge(most)
    try:
        text = body.decode("utf-8-sig")
        found = _strict(text) if otherwise is None else _either(text, otherwise)
    except (ValueError, RecursionError):
        # The error's own text may quote the body, and the body may hold a password.
        raise InvalidRequestContent("The request body is not JSON") from None
    if text.count("{") + text.count("[") > _DEEPEST and _is_deeper(found, _DEEPEST):
        raise InvalidRequestContent(f"The request body is nested more than {_DEEPEST} levels deep")
    if _ESCAPED_SURROGATE.search(text) and _has_half_character(found):
        raise InvalidRequestContent("The request body holds half of a surrogate pair")
    return found


def _strict(text: str) -> Any:
    return json.loads(text, parse_float=_number, parse_constant=_refuse_constant)


def _either(text: str, otherwise: Callable[[str], Any]) -> Any:
    try:
        return _strict(text)
    except (ValueError, RecursionError):
        return otherwise(text)


def _number(text: str) -> float:
    """2.0 is 2: some clients write every number as a float."""
    number = float(text)
    if number in {float("inf"), float("-inf")}:
        raise ValueError
    return int(number) if number.is_integer() else number


def _refuse_constant(_name: str) -> NoReturn:
    """NaN and Infinity are Python's, not JSON's."""
    raise ValueError


def _is_deeper(value: Any, most: int) -> bool:
    level = [value]
    for _ in range(most):
        level = [item for one in level for item in _members(one)]
        if not level:
            return False
    return any(_members(one) for one in level)


def _members(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _has_half_character(value: Any) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False
