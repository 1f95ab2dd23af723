"""The table of calls through Microsoft's own clients, and what comes of them: the calls of kinds/ and actions.yaml."""

import importlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from azure.core.exceptions import HttpResponseError
from azure.identity import ClientSecretCredential

HERE = Path(__file__).parent
FILES = ("network", "compute", "governance", "hybrid", "by_id")
SUBSCRIPTION = "11111111-2222-3333-4444-555555555555"
TENANT = "00000000-0000-0000-0000-00000000a2e0"
GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/fleet"
_WORDS = {
    "{group}": GROUP,
    "{subscription}": f"/subscriptions/{SUBSCRIPTION}",
    "{subscription_id}": SUBSCRIPTION,
    "{tenant}": TENANT,
}
CLIENTS = {
    "compute": "azure.mgmt.compute:ComputeManagementClient",
    "network": "azure.mgmt.network:NetworkManagementClient",
    "maintenance": "azure.mgmt.maintenance:MaintenanceManagementClient",
    "hybrid": "azure.mgmt.hybridcompute:HybridComputeManagementClient",
    "authorization": "azure.mgmt.authorization:AuthorizationManagementClient",
    "policy": "azure.mgmt.resource.policy:PolicyClient",
    "resources": "azure.mgmt.resource.resources:ResourceManagementClient",
    "subscriptions": "azure.mgmt.resource.subscriptions:SubscriptionClient",
}


@dataclass(frozen=True)
class Call:
    """One row: which method, with what, and what must come of it; exactly one of the last four is set."""

    name: str
    method: str
    arguments: list[Any]
    options: dict[str, Any] = field(default_factory=dict)
    gives: Any = None
    names: list[str] | None = None
    refused: str | None = None
    gone: bool = False  # deleted: any answer without an error


def words(value: Any) -> Any:
    """A value of the table with the ids in place."""
    if isinstance(value, dict):
        return {key: words(item) for key, item in value.items()}
    if isinstance(value, list):
        return [words(item) for item in value]
    if isinstance(value, str):
        for word, meaning in _WORDS.items():
            value = value.replace(word, meaning)
    return value


def kinds() -> list[dict[str, Any]]:
    return [words(kind) for file in FILES for kind in _rows(HERE / "kinds" / f"{file}.yaml")]


@cache
def _rows(file: Path) -> list[dict[str, Any]]:
    return list(yaml.safe_load(file.read_text(encoding="utf-8")))


def table() -> list[Call]:
    """All calls, in order: make everything, make it again, read, list, change, act, delete, delete again."""
    group = Call(
        "group",
        "resources.resource_groups.create_or_update",
        ["fleet", {"location": "westeurope"}],
        gives={"name": "fleet"},
    )
    actions = [_action(number, words(row)) for number, row in enumerate(_rows(HERE / "actions.yaml"))]
    made = [call for step in (_put, _put_again, _reads, _changes) for kind in kinds() for call in step(kind)]
    deleted = [call for kind in reversed(kinds()) for call in _deletes(kind)]
    end = Call("group deleted", "resources.resource_groups.begin_delete", ["fleet"], gone=True)
    last = Call("group is gone", "resources.resource_groups.get", ["fleet"], refused="ResourceGroupNotFound")
    return [group, *made, *actions, *deleted, end, last]


def _action(number: int, row: dict[str, Any]) -> Call:
    expected = {name: row[name] for name in ("gives", "names", "refused") if name in row}
    gone = expected.get("gives") == "nothing"
    if gone:
        expected = {"gone": True}
    return Call(f"{row['call']} {number}", row["call"], row.get("with", []), row.get("also", {}), **expected)


def _named(kind: dict[str, Any], verb: str) -> str:
    return f"{kind['key'][-1].rsplit('/', 1)[-1]} {kind['type'].split('/', 1)[1]} {verb}"


def _operation(kind: dict[str, Any], verb: str, customary: str) -> str:
    if "version" in kind:
        return f"resources.resources.{customary}_by_id"
    return f"{kind['operations']}.{kind.get(verb, customary)}"


def _call(kind: dict[str, Any], name: str, method: str, arguments: list[Any], **expected: Any) -> Call:
    options = {"api_version": kind["version"]} if "version" in kind else {}
    return Call(_named(kind, name), method, [*kind["key"], *arguments], options, **expected)


def _shows(kind: dict[str, Any]) -> dict[str, Any]:
    return kind.get("shows") or {"name": kind["key"][-1].rsplit("/", 1)[-1]}


def _put(kind: dict[str, Any]) -> Iterator[Call]:
    if kind.get("put") != "none":
        method = _operation(kind, "put", "begin_create_or_update")
        yield _call(kind, "made", method, [kind["body"]], gives=_shows(kind))


def _put_again(kind: dict[str, Any]) -> Iterator[Call]:
    for call in _put(kind):
        yield _call(kind, "made again", call.method, [kind["body"]], gives=_shows(kind))


def _reads(kind: dict[str, Any]) -> Iterator[Call]:
    yield _call(kind, "read", _operation(kind, "get", "get"), [], gives=_shows(kind))
    for method, arguments in kind.get("lists", {}).items():
        name = _named(kind, method)
        yield Call(name, f"{kind['operations']}.{method}", arguments, names=[kind.get("listed", kind["key"][-1])])


def _changes(kind: dict[str, Any]) -> Iterator[Call]:
    for method, body in kind.get("change", {}).items():
        expected = {"tags.owner": "ops"} if "tags" in body else {"name": kind["key"][-1]}
        yield _call(kind, "changed", f"{kind['operations']}.{method}", [body], gives=expected)


def _deletes(kind: dict[str, Any]) -> Iterator[Call]:
    method = _operation(kind, "delete", "begin_delete")
    yield _call(kind, "deleted", method, [], gone=True)
    yield _call(kind, "deleted again", method, [], gone=True)
    yield _call(kind, "is gone", _operation(kind, "get", "get"), [], refused="NotFound")


def _problem(clients: dict[str, Any], call: Call) -> str | None:
    """What is wrong with what came of a call, or None."""
    client, *path = call.method.split(".")
    method = clients[client]
    for step in path:
        method = getattr(method, step)
    try:
        answer = method(*call.arguments, **call.options)
        if hasattr(answer, "result"):
            answer = answer.result()
        if call.names is not None or hasattr(answer, "by_page"):
            answer = list(answer)
    except HttpResponseError as error:
        return _refusal(call, error)
    except Exception as error:  # noqa: BLE001 - a client that cannot read an answer is a finding of its row
        return f"the client failed: {type(error).__name__}: {error}"
    return _difference(call, answer)


def _refusal(call: Call, error: HttpResponseError) -> str | None:
    code = error.error.code if error.error else None
    if call.refused is None:
        return f"refused: {error.status_code} {code}: {error.message}"
    expected = {call.refused, "ResourceNotFound"} if call.refused == "NotFound" else {call.refused}
    return (
        None
        if code in expected or (call.refused == "NotFound" and error.status_code == 404)
        else f"refused with {code}, not {call.refused}"
    )


def _difference(call: Call, answer: Any) -> str | None:
    if call.refused:
        return f"not refused with {call.refused}"
    if call.names is not None:
        found = {getattr(one, "name", None) or getattr(one, "display_name", None) for one in answer}
        missing = set(call.names) - found
        return f"{missing} is not in {found}" if missing else None
    if call.gone:
        return None
    if not isinstance(call.gives, dict):
        return None if answer == call.gives else f"{answer!r}, not {call.gives!r}"
    wrong = {path: found for path, value in call.gives.items() if (found := _at(answer, path)) != value}
    return f"{wrong}, not {call.gives}" if wrong else None


def _at(value: Any, path: str) -> Any:
    for step in path.split("."):
        if value is None:
            return None
        if step.isdigit():
            value = value[int(step)] if len(value) > int(step) else None
        else:
            value = getattr(value, step, None) if not isinstance(value, dict) else value.get(step)
    return value


@pytest.fixture(scope="session")
def clients(served: Any) -> Iterator[dict[str, Any]]:
    """Microsoft's clients, as they come: another address and another authority is all that they are told."""
    trust = {"connection_verify": str(served.authority)}
    credential = ClientSecretCredential(
        TENANT, "any", "any", authority=served.url, disable_instance_discovery=True, **trust
    )
    with ExitStack() as opened:
        yield {name: opened.enter_context(_client(place, served, credential, trust)) for name, place in CLIENTS.items()}
        credential.close()


def _client(place: str, served: Any, credential: Any, trust: dict[str, str]) -> Any:
    module, name = place.split(":")
    subscription = [] if name == "SubscriptionClient" else [SUBSCRIPTION]
    return getattr(importlib.import_module(module), name)(
        credential,
        *subscription,
        base_url=served.url,
        credential_scopes=[f"{served.url}/.default"],
        retry_total=0,
        **trust,
    )


@pytest.fixture(scope="session")
def outcomes(clients: dict[str, Any]) -> dict[str, str | None]:
    """What was wrong with each call, by its name; the calls build on one another, and are made once."""
    return {call.name: _problem(clients, call) for call in table()}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "call" in metafunc.fixturenames:
        metafunc.parametrize("call", table(), ids=lambda call: call.name)
    if "all_calls" in metafunc.fixturenames:
        metafunc.parametrize("all_calls", [table()], ids=["table"])
    if "all_kinds" in metafunc.fixturenames:
        metafunc.parametrize("all_kinds", [kinds()], ids=["kinds"])
