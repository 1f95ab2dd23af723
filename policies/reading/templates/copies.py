"""The copies that a template's loop makes of a resource."""

import json
from collections.abc import Iterable
from typing import Any

from azure_hotpatch.policies.reading.reading import bare
from azure_hotpatch.policies.reading.templates.scope import TemplateScope
from azure_hotpatch.policies.reading.templates.values import MOST_COPIES, evaluated
from azure_hotpatch.policies.reading.templates.walk_position import outermost_named


def copies(resource: dict[str, Any], scope: TemplateScope) -> Iterable[TemplateScope] | None:
    """One scope for each copy that differs from the others, else one for all of them; None where there are none."""
    copy = bare(resource.get("copy"))
    if not isinstance(copy, dict):
        return [scope]
    copy = outermost_named(copy)
    name, count = bare(copy.get("name")), bare(evaluated(copy.get("count"), scope))
    name = name if isinstance(name, str) else ""
    if not isinstance(count, int) or not 0 <= count <= MOST_COPIES:
        return [scope]
    if not count:
        return None
    text = json.dumps(resource, default=str)
    scope.work.spend(len(text) // 64)
    return (scope.in_loop(name, index) for index in range(count if "copyindex" in text.lower() else 1))
