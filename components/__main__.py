"""The plugin `pulumi-resource-azure-hotpatch`: the components as a Pulumi package, for programs in any language."""

import sys

from azure_hotpatch.components.plugin.server import serve


def main() -> None:
    """Serve the package to the engine; the first argument that is not an option is the engine's address."""
    addresses = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    if not addresses:
        sys.exit("This is a plugin of Pulumi, which starts it by itself, with the address of its engine.")
    serve(addresses[-1])


if __name__ == "__main__":
    main()
