"""Writes docs/emulator-coverage.md: `python -m tests.emulator.coverage_page`."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from azure_hotpatch.emulator.arm import providers, routes, stored_types
from azure_hotpatch.emulator.arm.lifecycle.resource_type import ResourceType
from azure_hotpatch.emulator.arm.stored_types import additions
from azure_hotpatch.emulator.provider import catalogue

PAGE = Path(__file__).resolve().parents[2] / "docs/emulator-coverage.md"
_EMULATED = {kind.name.lower() for kind in providers.TYPES}


def page() -> str:
    stored_names = [name for name in stored_types.names() if name.lower() not in _EMULATED]
    parts = (
        INTRODUCTION.format(emulated=len(providers.TYPES), stored=len(stored_names), tokens=_tokens()),
        table(("type", "actions", "beyond PUT, GET, PATCH, DELETE and lists"), map(_emulated, providers.TYPES)),
        ROUTES,
        table(("request", "path"), _routes()),
        ADDED,
        table(("type", "Azure adds", "actions"), map(_added, stored_types.augmented())),
        STORED,
        "\n".join(_by_namespace(stored_names)) + "\n",
        ABSENT,
    )
    return "\n".join(parts)


def _tokens() -> int:
    return sum(len(catalogue.contents(module)[0]) for module in catalogue.modules())


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table in Markdown."""
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def _emulated(kind: ResourceType) -> tuple[str, str, str]:
    more = {
        "`$expand`": sorted({*kind.queries.lists, *kind.queries.gets}),
        "`$filter`": sorted({*kind.queries.filters, *kind.queries.flags}),
        "children in the body": sorted(kind.parts),
        "cannot change": sorted(kind.immutable),
    }
    words = [f"{what}: {_code(names)}" for what, names in more.items() if names]
    words += ["instance view"] if kind.instance_view else []
    return f"`{kind.name}`", _code(sorted(kind.actions)), "; ".join(words)


def _routes() -> Iterator[tuple[str, str]]:
    """What ARM answers that is no resource of a type."""
    for route in routes.ROUTES:
        path = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"{\1}", route.path.pattern).removesuffix("/?")
        if not path.startswith("/emulator"):
            yield route.methods, f"`{path}`"


def _added(name: str) -> tuple[str, str, str]:
    return f"`{name}`", _code(additions.members(name)), _code(sorted(stored_types.actions(name)))


def _by_namespace(names: Iterable[str]) -> Iterator[str]:
    for namespace, group in groupby(names, lambda name: name.split("/", 1)[0]):
        yield f"- **{namespace}**: {', '.join(name.split('/', 1)[1] for name in group)}"


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


INTRODUCTION = """# What the emulated Azure has

**Emulated** types are checked, filled in and refused as Azure does. **Stored** types are kept as they are sent: any
body is taken, nothing is refused but what Azure Resource Manager itself refuses (a missing group or parent, a locked
scope, a foreign namespace). **Absent** is what is answered with a refusal that says so.

{emulated} types are emulated and {stored} stored. All {tokens} resources of azure-native can be declared, at any
api-version (`azure-native:compute/v20240701:VirtualMachine`), and each has its getter. A resource that only another
version of azure-native has is refused by name; `azure-native:resources:Resource` can be any of them.

How each operation of Microsoft's clients is answered is on a [page of its own](emulator-operations.md).
`tests/emulator/test_coverage.py` compares this page with the emulator.

## Emulated

Each has PUT, GET, HEAD, PATCH, DELETE and the lists of its scope.
"""
ROUTES = """## Emulated requests that are no resource of these types

A path without a method below is absent.
"""
ADDED = """## Stored, with what Azure adds

What programs read from a resource is there: host names, endpoints, ids, principals of managed identities. Hosts exist
nowhere. Keys and tokens are made from the resource's id, are secret in a program, and open nothing.
"""
STORED = """## Stored as sent

PUT, GET, HEAD, PATCH, DELETE and the lists of their scope; their other actions are absent. What Azure has without
anyone's making it, such as a billing account, is taken as it is named. Members that are secret by
their name are dropped, as Azure does not answer them either. Properties that cannot change in Azure can here, but for
the name, the parents and the location. Types with the spelling of Azure:
"""
ABSENT = """## Absent

- The data planes: the content of blobs, files, queues and tables, values in a vault by its own address, queries of a
  workspace, deployed code. `azure-native:storage:Blob`, `StorageAccountStaticWebsite` and `BlobContainerLegalHold`,
  and `azure-native:keyvault:AccessPolicy`, which the real provider makes by other requests, are kept below their
  account or vault; the content of a blob is not.
- `azure-native:applicationinsights:ComponentCurrentBillingFeature` lives in Azure at `…/currentbillingfeatures`, which
  is the path of a collection; here at `…/currentbillingfeatures/default`.
- Actions of stored types that are not in the table above; functions of azure-native that are neither getters nor in it.
"""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
