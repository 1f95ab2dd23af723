"""The components as a Pulumi package, for programs in any language."""

from pulumi.provider.experimental import component_provider_host

import azure_hotpatch
from azure_hotpatch import components

if __name__ == "__main__":
    component_provider_host(
        name="azure-hotpatch",
        version=azure_hotpatch.__version__,
        components=[getattr(components, name) for name in components.COMPONENTS],
    )
