"""Every member of every kind's body, replaced by what it must not be: refused as ARM does or taken, never a defect."""

import copy
import ssl

import httpx
import pytest

ODD = (True, 10**12, "/subscriptions/x", ["odd"], {"odd": {}})
GROUP = "/subscriptions/99999999-2222-3333-4444-555555555555/resourceGroups/odd"
FLEET = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/fleet"


def _id(kind):
    key = [str(part).replace(FLEET, GROUP) for part in kind["key"]]
    if key[0].startswith("/"):
        return key[0] if len(key) == 1 else f"{key[0]}/providers/{kind['type']}/{key[1]}"
    namespace, *types = kind["type"].split("/")
    if key[0] != "fleet" or len(types) != len(key) - 1:
        return None
    return f"{GROUP}/providers/{namespace}/" + "/".join(
        f"{one}/{name}" for one, name in zip(types, key[1:], strict=True)
    )


def _here(body):
    if isinstance(body, dict):
        return {name: _here(value) for name, value in body.items()}
    if isinstance(body, list):
        return [_here(item) for item in body]
    return body.replace(FLEET, GROUP) if isinstance(body, str) else body


def _paths(value, path=()):
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in steps:
        yield (*path, step)
        yield from _paths(item, (*path, step))


def _with(body, path, value):
    spoilt = copy.deepcopy(body)
    inner = spoilt
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return spoilt


@pytest.fixture(scope="module")
def client(served):
    with httpx.Client(base_url=served.url, verify=ssl.create_default_context(cafile=served.authority)) as opened:
        yield opened


@pytest.mark.slow
def test_an_odd_value_is_never_a_defect(client, all_kinds):
    client.put(GROUP, params={"api-version": "2022-09-01"}, json={"location": "westeurope"})
    bodies = [(where, _here(kind["body"])) for kind in all_kinds if "body" in kind and (where := _id(kind))]
    asked, found = 0, {}
    for where, body in bodies:
        url = f"{where}?api-version=2024-03-01"
        client.put(url, json=body)
        for at, path in enumerate(_paths(body)):
            for odd in ODD:
                for method in ("PUT", "PATCH") if at % 4 == 0 else ("PUT",):
                    answer = client.request(method, url, json=_with(body, path, odd))
                    asked += 1
                    if answer.status_code >= 500 and answer.status_code != 501:
                        where_it_was = f"{method} {where.removeprefix(GROUP)} {path} = {odd!r}"
                        found.setdefault(answer.json()["error"]["message"], where_it_was)
    assert asked > 1500
    assert not found
