"""String functions that use a pattern or may return a long string: join, replace, trim, extract."""

import re
from collections.abc import Callable
from typing import Any

from azure_hotpatch.emulator.arm.graph.kql.compiled import Compiled, Run, coerced
from azure_hotpatch.emulator.arm.graph.kql.functions.function import ANY, Calling, ScalarFunction, constant_text
from azure_hotpatch.emulator.arm.graph.kql.patterns import pattern
from azure_hotpatch.emulator.arm.graph.kql.query_budget import QueryBudget
from azure_hotpatch.emulator.arm.graph.kql.refusals import WrongType
from azure_hotpatch.emulator.arm.graph.kql.types import Type
from azure_hotpatch.emulator.arm.graph.kql.values import to_string

_S = Type.STRING
_GROUP = re.compile(r"\\([0-9])")


def _strcat(arguments: tuple[Compiled, ...], calling: Calling) -> tuple[Type, Run]:
    runs, budget = [part.run for part in arguments], calling.scope.budget
    return _S, lambda row: joined([to_string(run(row)) for run in runs], "", budget)


def _strcat_delim(arguments: tuple[Compiled, ...], calling: Calling) -> tuple[Type, Run]:
    mark, *runs = (part.run for part in arguments)
    budget = calling.scope.budget
    return _S, lambda row: joined([to_string(run(row)) for run in runs], to_string(mark(row)), budget)


def _strcat_array(arguments: tuple[Compiled, ...], calling: Calling) -> tuple[Type, Run]:
    array = coerced(arguments[0], Type.DYNAMIC, f"{calling.name}()")
    mark = coerced(arguments[1], _S, f"{calling.name}()")
    budget = calling.scope.budget

    def run(row: dict[str, Any]) -> str:
        values = array(row)
        return joined([to_string(one) for one in values], mark(row), budget) if isinstance(values, list) else ""

    return _S, run


def joined(parts: list[str], mark: str, budget: QueryBudget) -> str:
    budget.length(sum(map(len, parts)) + len(mark) * len(parts))
    return mark.join(parts)


def _replace_string(arguments: tuple[Compiled, ...], calling: Calling) -> tuple[Type, Run]:
    text, old, new = (coerced(part, _S, f"{calling.name}()") for part in arguments)
    budget = calling.scope.budget

    def run(row: dict[str, Any]) -> str:
        value, wanted, other = text(row), old(row), new(row)
        if not wanted:
            return str(value)
        budget.length(len(value) + value.count(wanted) * len(other))
        return str(value.replace(wanted, other))

    return _S, run


def _replace_regex(arguments: tuple[Compiled, ...], calling: Calling) -> tuple[Type, Run]:
    """The rewrite may name groups, as \\1; \\0 is all that matched."""
    text = coerced(arguments[0], _S, f"{calling.name}()")
    found = pattern(constant_text(arguments[1], f"{calling.name}()"), arguments[1].at)
    rewrite, budget = constant_text(arguments[2], f"{calling.name}()"), calling.scope.budget

    def run(row: dict[str, Any]) -> str:
        value = text(row)
        matches = list(found.finditer(value))
        grown = sum(len(match[0]) for match in matches) * rewrite.count("\\")
        budget.length(len(value) + len(matches) * len(rewrite) + grown)
        return str(found.sub(lambda match: _rewritten(rewrite, match), value))

    return _S, run


def _rewritten(rewrite: str, match: Any) -> str:
    """The rewrite with the groups in their places; a group that is not there is empty."""
    groups = (match[0], *match.groups())
    return _GROUP.sub(lambda found: (groups[int(found[1])] or "") if int(found[1]) < len(groups) else "", rewrite)


def _trimmer(name: str, form: str) -> ScalarFunction:
    def build(arguments: tuple[Compiled, ...], calling: Calling) -> tuple[Type, Run]:
        wanted = constant_text(arguments[0], f"{calling.name}()")
        found = pattern(form.format(wanted), arguments[0].at)
        text = coerced(arguments[1], _S, f"{calling.name}()")
        return _S, lambda row: str(found.sub("", text(row)))

    return ScalarFunction(name, 2, 2, build)


def _extract(arguments: tuple[Compiled, ...], calling: Calling) -> tuple[Type, Run]:
    """`extract(pattern, group, text)`."""
    found = pattern(constant_text(arguments[0], f"{calling.name}()"), arguments[0].at)
    if not arguments[1].constant or arguments[1].type is not Type.LONG:
        raise WrongType(f"{calling.name}() expects a constant number as group.", arguments[1].at)
    group, text = arguments[1].value(), coerced(arguments[2], _S, f"{calling.name}()")
    if not 0 <= group <= found.groups:
        raise WrongType(f"{calling.name}() refers to group {group} of {found.groups}.", arguments[1].at)
    return _S, _group(found, group, text)


def _group(found: Any, group: int, text: Callable[[dict[str, Any]], str]) -> Run:
    def run(row: dict[str, Any]) -> str:
        match = found.search(text(row))
        return (match[group] or "") if match else ""

    return run


FUNCTIONS = (
    ScalarFunction("strcat", 1, ANY, _strcat),
    ScalarFunction("strcat_delim", 2, ANY, _strcat_delim),
    ScalarFunction("strcat_array", 2, 2, _strcat_array),
    ScalarFunction("replace_string", 3, 3, _replace_string),
    ScalarFunction("replace_regex", 3, 3, _replace_regex),
    ScalarFunction("extract", 3, 3, _extract),
    _trimmer("trim", "^(?:{0})|(?:{0})$"),
    _trimmer("trim_start", "^(?:{0})"),
    _trimmer("trim_end", "(?:{0})$"),
)
