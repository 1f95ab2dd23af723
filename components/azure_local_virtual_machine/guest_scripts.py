"""The PowerShell that runs in a guest on Azure Local, rendered from what its registry must say."""

from collections.abc import Iterable
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from azure_hotpatch.domain.azure import windows_update
from azure_hotpatch.domain.azure.windows_update import RegistryValue


def windows_update_script(values: Iterable[RegistryValue]) -> str:
    """The script that makes the Windows Update client behave as `values` say."""
    return _environment().get_template("windows_update.ps1.j2").render(values=list(values))


def enable_hotpatch_script() -> str:
    """The script that enables hotpatch on a Windows Server 2022 Azure Edition that was installed from an ISO."""
    return (
        _environment()
        .get_template("enable_hotpatch.ps1.j2")
        .render(
            security=windows_update.VIRTUALIZATION_BASED_SECURITY,
            enrolment=windows_update.ENROLMENT_2022,
            package=windows_update.SERVICING_PACKAGE,
            url=windows_update.SERVICING_PACKAGE_URL,
        )
    )


def literal(value: object) -> str:
    """`value` as a literal of PowerShell: a text stands in single quotes, where nothing is expanded."""
    if value is None:
        return "$null"
    if isinstance(value, bool):
        return "$true" if value else "$false"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    # PowerShell also ends a text at the typographic quotes; a doubled one stands for itself.
    for quote in "'\u2018\u2019\u201a\u201b":
        text = text.replace(quote, quote * 2)
    return f"'{text}'"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("azure_hotpatch.templates", ""),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - it renders PowerShell; every value goes through `literal`
        trim_blocks=False,
        keep_trailing_newline=True,
    )
    environment.filters["powershell"] = literal
    return environment
