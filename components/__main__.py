"""The components as a Pulumi package, for programs in any language."""

import sys

from pulumi.provider import main

from azure_hotpatch.components.package import ComponentPackage

if __name__ == "__main__":
    main(ComponentPackage(), sys.argv[1:])
