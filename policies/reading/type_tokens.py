"""Parse a Pulumi type token: package, module, type and API version."""

import re
from functools import cache
from typing import NamedTuple


class TypeToken(NamedTuple):
    """The parts of a token, in lower case; `api_version` as ARM writes it, empty where the token names none."""

    package: str
    module: str
    type: str
    api_version: str = ""

    @property
    def resource(self) -> str:
        return f"{self.module}:{self.type}"


# `azure-native:compute/v20240701:VirtualMachine`, and its packages by version: `azure-native_compute_v20240701:…`
# (pulumi-azure-native, provider_parameterize.go, which wrote both module forms).
_VERSION = re.compile(r"v(\d{4})(\d{2})(\d{2})((?:private)?preview)?(?:$|_)")
_NATIVE = ("azure-native", "azure-nextgen")


@cache
def parse_token(token: str) -> TypeToken:
    """`azure-native:compute/v20240701:VirtualMachine` -> azure-native, compute, virtualmachine, 2024-07-01."""
    package, _, rest = token.strip().lower().partition(":")
    middle, _, name = rest.rpartition(":")
    module, _, below = middle.partition("/")
    base = package.partition("_")[0]
    if base not in _NATIVE:
        return TypeToken(package, module, name)
    return TypeToken("azure-native", module, name, _api_version(below) or _api_version(package.rpartition("_")[2]))


def _api_version(text: str) -> str:
    match = _VERSION.match(text)
    if match is None:
        return ""
    year, month, day, stage = match.groups()
    return "-".join(part for part in (year, month, day, stage) if part)
