"""The PowerShell that runs in a guest on Azure Local, rendered from the registry values that it sets."""

from collections.abc import Iterable

from azure_hotpatch.domain.azure import windows_update
from azure_hotpatch.domain.azure.windows_update import RegistryValue
from azure_hotpatch.templates.powershell import environment


def windows_update_script(values: Iterable[RegistryValue]) -> str:
    """The script that configures the Windows Update client by the registry values `values`."""
    return environment().get_template("windows_update.ps1.j2").render(values=list(values))


def enable_hotpatch_script() -> str:
    """The script that enables hotpatch on a Windows Server 2022 Azure Edition that was installed from an ISO."""
    return (
        environment()
        .get_template("enable_hotpatch.ps1.j2")
        .render(
            security=windows_update.VIRTUALIZATION_BASED_SECURITY,
            enrolment=windows_update.ENROLMENT_2022,
            package=windows_update.SERVICING_PACKAGE,
            url=windows_update.SERVICING_PACKAGE_URL,
        )
    )
