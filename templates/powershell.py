"""PowerShell out of a template: the environment, and the one place where a value is quoted."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined


def literal(value: object) -> str:
    """`value` as a literal of PowerShell: a string stands in single quotes, where nothing is expanded."""
    if value is None:
        return "$null"
    if isinstance(value, bool):
        return "$true" if value else "$false"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    # PowerShell also ends a string at the typographic quotes; a doubled one stands for itself.
    for quote in "'\u2018\u2019\u201a\u201b":
        text = text.replace(quote, quote * 2)
    return f"'{text}'"


@cache
def environment() -> Environment:
    """Templates of PowerShell, with `literal` as the filter `powershell`."""
    found = Environment(
        loader=PackageLoader("azure_hotpatch.templates", ""),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - it renders PowerShell; every value goes through `literal`
        trim_blocks=False,
        keep_trailing_newline=True,
    )
    found.filters["powershell"] = literal
    return found
