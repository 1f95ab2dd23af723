"""The address of a resource in the Azure portal."""

import pulumi


def portal_url(resource_id: pulumi.Output[str]) -> pulumi.Output[str]:
    """The page of a resource in the Azure portal."""
    return resource_id.apply(lambda known: f"https://portal.azure.com/#resource{known}")
