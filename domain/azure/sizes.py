"""Which machine sizes can run a hotpatch image: the images are generation 2, for x64.

Source: "Support for Generation 2 VMs on Azure", table of size families, and its earlier table of series (Av2, Dv2,
Dv3, Ev3 and the first NC and NV have no generation 2); "Azure VM sizes naming conventions" for the letters.
"""

import re
from difflib import get_close_matches

# Sizes that are offered in place of a mistyped one; any size of the right kind is accepted.
_COMMON = (
    *("Standard_B2ms", "Standard_B4ms", "Standard_B2s_v2", "Standard_B4s_v2", "Standard_F2s_v2", "Standard_F4s_v2"),
    *(
        f"Standard_{family}{cpus}{features}_v{version}"
        for family in "DE"
        for cpus in (2, 4, 8, 16, 32)
        for features in ("s", "as", "ds", "ads")
        for version in (5, 6)
    ),
)

_SIZE = re.compile(
    r"standard_(?P<family>[a-z]+?)(?P<premium>s?)(?P<cpus>\d+)(?:-\d+)?(?P<features>[a-z]*)"
    r"(?:_[a-z0-9]+?)*?(?:_v(?P<version>\d+))?",
    re.IGNORECASE,
)
# Series before version 4 have generation 2 only where they take premium disks (an "s" in the name).
_NEEDS_PREMIUM_BEFORE_V4 = ("d", "e", "f", "g", "l")
_NEEDS_A_VERSION = ("nc", "nv", "nd")


def why_not_size(size: str) -> str | None:
    """Say why a machine of `size` cannot run a hotpatch image, or None where it can; letter case does not count."""
    read = _SIZE.fullmatch(size)
    if read is None:
        return f"{size!r} is not the name of a size, such as 'Standard_D2s_v5'"
    family, features = read["family"].lower(), read["features"].lower()
    premium = bool(read["premium"]) or "s" in features
    version = int(read["version"] or 1)
    if "p" in features:
        return f"{size!r} has an Arm processor, and hotpatch images are for x64"
    if family in ("a", "h") or (family in _NEEDS_PREMIUM_BEFORE_V4 and version < 4 and not premium):
        return f"{size!r} runs generation 1 machines only, and hotpatch images are generation 2"
    if family in _NEEDS_A_VERSION and version == 1:
        return f"{size!r} runs generation 1 machines only, and hotpatch images are generation 2"
    return None


def why_not_premium_disks(size: str) -> str | None:
    """Say why a machine of `size` takes no premium disks, or None where nothing speaks against it.

    In the D and E families the letter s says it (the pages of Dv4, Ddv4 and Dav4: premium storage not supported).
    """
    read = _SIZE.fullmatch(size)
    if read is None or read["family"].lower() not in ("d", "e") or read["premium"] or "s" in read["features"].lower():
        return None
    return f"{size!r} takes no premium disks: its name has no s"


def nearest_size(size: str) -> str | None:
    """The common size that looks most like `size`, or None."""
    spelled = {name.lower(): name for name in _COMMON}
    close = get_close_matches(size.lower(), spelled, n=1, cutoff=0.7)
    return spelled[close[0]] if close else None
