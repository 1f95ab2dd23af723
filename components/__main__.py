"""The plugin `pulumi-resource-azure-hotpatch`: the components as a Pulumi package, for programs in any language."""

import sys

from pulumi.provider import main as serve

from azure_hotpatch.components.package import ComponentPackage


def main() -> None:
    """Serve the package to the engine whose address is the first argument, until it says stop."""
    serve(ComponentPackage(), sys.argv[1:])


if __name__ == "__main__":
    main()
