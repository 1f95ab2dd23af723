"""The names and values of tags that a subscription has: those in use, and those that were declared by themselves."""

from collections import Counter
from collections.abc import Mapping

from azure_hotpatch.emulator.arm.http import Reply, Request
from azure_hotpatch.emulator.arm.protocol import queries
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import Conflict, NotFound

_KIND = "tagNames"  # of the record that holds a subscription's declared names, each with its values


def list_all(request: Request) -> Reply:
    """Each tag with its values, and how often each is used."""
    found = _all(request)
    values = [_shown(request, name, found[name]) for name in sorted(found)]
    return Reply(200, {"value": queries.applied(request.query, values, queries.NONE, "tag names")})


def put(request: Request) -> Reply:
    """Declare a tag; what is declared is never used until a resource has it."""
    wanted = request.parameters["tag"]
    known = _find(_all(request), wanted)
    if known is None:
        _declare(request, {**_declared(request), wanted: []})
    name = known or wanted
    return Reply(200 if known else 201, _shown(request, name, _all(request)[name]))


def put_value(request: Request) -> Reply:
    name, value = _existing(request), request.parameters["value"]
    new = value not in _all(request)[name]
    if new:
        declared = _declared(request)
        _declare(request, {**declared, name: [*declared.get(name, []), value]})
    return Reply(201 if new else 200, _value(_tag_id(request, name), value, _all(request)[name][value]))


def delete(request: Request) -> Reply:
    """A tag that still has values stays, and so does one that a resource has."""
    found = _all(request)
    name = _find(found, request.parameters["tag"])
    if name is None:
        return Reply(204)
    if found[name]:  # wording not published
        raise Conflict(f"The tag '{name}' cannot be deleted because it has values.", code="TagNameHasValues")
    _declare(request, {key: values for key, values in _declared(request).items() if key != name})
    return Reply(200)


def delete_value(request: Request) -> Reply:
    name, value = _existing(request), request.parameters["value"]
    counts = _all(request)[name]
    if value not in counts:
        return Reply(204)
    if counts[value]:  # wording not published
        raise Conflict(f"The value '{value}' of tag '{name}' cannot be deleted because it is in use.", code="TagInUse")
    declared = _declared(request)
    _declare(request, {**declared, name: [one for one in declared.get(name, []) if one != value]})
    return Reply(200)


def _existing(request: Request) -> str:
    name = _find(_all(request), request.parameters["tag"])
    if name is None:
        raise NotFound(f"The tag '{request.parameters['tag']}' could not be found.", code="TagNotFound")
    return name


def _find(names: Mapping[str, Counter[str]], wanted: str) -> str | None:
    """A tag's name as it is spelled; names of tags have no letter case."""
    return next((name for name in names if name.lower() == wanted.lower()), None)


def _all(request: Request) -> dict[str, Counter[str]]:
    found = {name: Counter(dict.fromkeys(values, 0)) for name, values in _declared(request).items()}
    for resource in request.tx.within(_scope(request)):
        for name, value in (resource.body.get("tags") or {}).items():
            found.setdefault(name, Counter())[str(value)] += 1
    return found


def _declared(request: Request) -> dict[str, list[str]]:
    return dict(next(iter(request.tx.recorded(_scope(request), _KIND)), {}))


def _declare(request: Request, names: dict[str, list[str]]) -> None:
    request.tx.forget_records(_scope(request), _KIND)
    request.tx.record(_scope(request), _KIND, "", names)


def _scope(request: Request) -> str:
    return f"/subscriptions/{request.parameters['subscription']}"


def _tag_id(request: Request, name: str) -> str:
    return f"{_scope(request)}/tagNames/{name}"


def _shown(request: Request, name: str, counts: Mapping[str, int]) -> Json:
    tag_id = _tag_id(request, name)
    values = [_value(tag_id, value, number) for value, number in sorted(counts.items())]
    return {"id": tag_id, "tagName": name, "count": _count(sum(counts.values())), "values": values}


def _value(tag_id: str, value: str, number: int) -> Json:
    return {"id": f"{tag_id}/tagValues/{value}", "tagValue": value, "count": _count(number)}


def _count(number: int) -> Json:
    return {"type": "Total", "value": number}
