"""What each operator of a pipe does to a table."""

from collections.abc import Callable
from typing import Any

from azure_hotpatch.emulator.arm.graph.kql import syntax
from azure_hotpatch.emulator.arm.graph.kql.frames import Frame, QueryContext
from azure_hotpatch.emulator.arm.graph.kql.operators import (
    columns,
    expansion,
    joins,
    order,
    parsing,
    summaries,
    unions,
)

_BY_KIND: dict[type, Callable[[Frame, Any, QueryContext], Frame]] = {
    syntax.Where: columns.where,
    syntax.Project: columns.project,
    syntax.Extend: columns.extend,
    syntax.ProjectNames: columns.project_names,
    syntax.Rename: columns.rename,
    syntax.Summarize: summaries.summarize,
    syntax.Distinct: summaries.distinct,
    syntax.Sort: order.sort,
    syntax.Take: order.take,
    syntax.Count: summaries.count,
    syntax.Join: joins.join,
    syntax.Union: unions.union,
    syntax.Expand: expansion.expand,
    syntax.Parse: parsing.parse,
}


def applied(frame: Frame, operator: syntax.Operator, context: QueryContext) -> Frame:
    return _BY_KIND[type(operator)](frame, operator, context)
