"""How the values of a resource are made unknown, secret, or written in another letter case, one by one."""

import json
import random
import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
SIGNATURE, SECRET = "4dabf18193072939515e22adb298388d", "1b47061264138c4ac30d75fd1eb44270"
# The last steps of the paths whose value every route must judge, in all their spellings, without `_` and case.
JUDGED = frozenset(
    (
        *("publisher", "offer", "patchmode", "enablehotpatching", "hotpatchingenabled", "assessmentmode"),
        *(
            "patchassessmentmode",
            "provisionvmagent",
            "orchestrationmode",
            "templatecontent",
            "maintemplate",
            "recurevery",
        ),
        *("duration", "maintenancescope", "policydefinitionid", "source", "templatebody"),
        *("commandtoexecute", "protectedsettings", "script", "scriptcontent", "create"),
    )
)
SKU = re.compile(r"\bsku$", re.IGNORECASE)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for key, child in value.items():
            yield from leaves(child, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from leaves(child, (*path, index))
    elif value is not None:
        yield path


def judged_leaves(props: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    return [path for path in leaves(props) if _is_judged(path)]


def _is_judged(path: tuple[Any, ...]) -> bool:
    last = str(path[-1]).replace("_", "").lower()
    if any(step in ("extensionProfile", "extensions") for step in path):
        return False  # judged beside the separate extensions, when the whole stack is
    if last == "id":
        return "imageReference" in path
    if last == "createoption":
        return "virtualMachineProfile" not in path
    return last in JUDGED or bool(SKU.search(last))


def put(props: Mapping[str, Any], path: tuple[Any, ...], change: Callable[[Any], Any]) -> dict[str, Any]:
    copy = deepcopy(dict(props))
    holder: Any = copy
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = change(holder[path[-1]])
    return copy


def secret(value: Any) -> dict[str, Any]:
    return {SIGNATURE: SECRET, "value": value}


def recased(value: Any, dice: random.Random, names: bool) -> Any:
    """Letter case at random in texts, and in names where ARM reads the names (not Pulumi, which has its own)."""
    if isinstance(value, dict):
        return {
            recase(key, dice) if names and not key.startswith(SIGNATURE) else key: recased(
                child, dice, names or key in ("properties", "template", "mainTemplate")
            )
            for key, child in value.items()
        }
    if isinstance(value, list):
        return [recased(item, dice, names) for item in value]
    return _recased_text(value, dice) if isinstance(value, str) else value


def _recased_text(value: str, dice: random.Random) -> Any:
    if value.startswith("{"):
        return json.dumps(recased(json.loads(value), dice, True))
    return recase(value, dice)


def recase(text: str, dice: random.Random) -> str:
    return "".join(dice.choice((letter.lower(), letter.upper())) for letter in text)
