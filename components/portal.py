"""Where a person looks at a resource."""

import pulumi


def portal_url(resource_id: pulumi.Input[str]) -> pulumi.Output[str]:
    """The page of a resource in the Azure portal."""
    return pulumi.Output.concat("https://portal.azure.com/#resource", resource_id)
