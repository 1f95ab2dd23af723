"""A row of the stack output `fleet`, about one machine: written by the program, read by the command line."""

from typing import NotRequired, TypedDict


class FleetRow(TypedDict):
    """A virtual machine, a scale set or a machine on Azure Local, as the stack declared it when it was deployed."""

    name: str
    """The component's name in the program."""
    azureName: str
    """The name of the machine or the set in Azure."""
    resourceGroup: str
    """Its resource group."""
    resourceId: str
    """Its resource id."""
    image: str
    """publisher:offer:sku:version; empty on Azure Local where Windows was installed from an ISO."""
    patchMode: str
    """patchSettings.patchMode; on Azure Local the tool that installs updates."""
    hotpatch: bool
    """Whether hotpatch was declared to be on."""
    mode: str
    """The patching mode of the stack's file, or azureLocal."""
    nextPlannedBaseline: str | None
    """The next restart that is sure to come, YYYY-MM-DD, as of the deployment; None without hotpatch."""
    location: str
    """Its region."""
    portalUrl: str
    """Its page in the Azure portal."""
    privateIpAddress: NotRequired[str]
    """The address of a virtual machine's first interface."""
    principalId: NotRequired[str]
    """The principal id of a virtual machine's own identity, for role assignments."""
