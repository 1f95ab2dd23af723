"""The plugin `pulumi-resource-azure-native`: serves the provider on a free port and says which."""

import sys
import types
from importlib.util import find_spec


def _only_the_protocol() -> None:
    """Let `pulumi.runtime.proto` be imported without the rest of Pulumi, which costs a third of a second."""
    spec = find_spec("pulumi")
    if spec is None or not spec.submodule_search_locations:
        sys.exit("The provider needs the Python package pulumi.")
    folders = list(spec.submodule_search_locations)
    for name, below in (("pulumi", ""), ("pulumi.runtime", "/runtime")):
        package = types.ModuleType(name)
        package.__path__ = [folder + below for folder in folders]
        sys.modules[name] = package


def main() -> None:
    _only_the_protocol()
    from azure_hotpatch.emulator.provider.serve import run

    run()


if __name__ == "__main__":
    main()
