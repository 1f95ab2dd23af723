"""Which machine sizes can run a hotpatch image: the images are generation 2, for x64.

Source: "Support for Generation 2 VMs on Azure", table of size families, and its earlier table of series (Av2, Dv2,
Dv3, Ev3 and the first NC and NV have no generation 2); "Azure VM sizes naming conventions" for the letters.
"""

import re

from azure_hotpatch.domain.azure.nearest import did_you_mean, nearest
from azure_hotpatch.domain.azure.size_series import SIZES, SIZES_READ, UNLISTED_FAMILIES

_SIZE = re.compile(
    r"standard_(?P<family>[a-z]+?)(?P<premium>s?)(?P<cpus>\d+)(?:-\d+)?(?P<features>[a-z]*)"
    r"(?:_[a-z0-9]+?)*?(?:_v(?P<version>\d+))?",
    re.IGNORECASE,
)
# Series before version 4 have generation 2 only where they take premium disks (an "s" in the name).
_NEEDS_PREMIUM_BEFORE_V4 = ("d", "e", "f", "g", "l")
_NEEDS_A_VERSION = ("nc", "nv", "nd")


def why_not_size(size: str) -> str | None:
    """Say why a machine of `size` cannot run a hotpatch image, or None if it can; letter case does not matter."""
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
    """Say why a machine of `size` takes no premium disks, or None if nothing speaks against it.

    In the D and E families the letter s says it (the pages of Dv4, Ddv4 and Dav4: premium storage not supported).
    """
    read = _SIZE.fullmatch(size)
    if read is None or read["family"].lower() not in ("d", "e") or read["premium"] or "s" in read["features"].lower():
        return None
    return f"{size!r} takes no premium disks: its name has no s"


def nearest_size(size: str) -> str:
    """The known size that `size` most likely means and that runs hotpatch images; of the same family, or ""."""
    if not re.search(r"\d", size):
        return ""
    if _SIZE.fullmatch(size) is None:
        return nearest(size if size.lower().startswith("standard") else f"Standard_{size}", _USABLE)
    same_series = [known for known in _USABLE if _series(known) == _series(size)]
    if same_series:
        return min(same_series, key=lambda known: abs(_processors(known) - _processors(size)))
    same_family = [known for known in _USABLE if _family(known) == _family(size)]
    same_processors = [known for known in same_family if _processors(known) == _processors(size)]
    return nearest(size, same_processors) or nearest(size, same_family)


def nearest_size_with_premium_disks(size: str) -> str:
    """The known size of the same family and number of processors that is most like `size` and has an s, or ""."""
    same = [known for known in _USABLE if _family(known) == _family(size) and _processors(known) == _processors(size)]
    return nearest(size, [known for known in same if why_not_premium_disks(known) is None])


def why_unknown_size(size: str) -> str | None:
    """Say that a size is not known here, or None if it is; Azure may have it all the same."""
    if re.sub(r"-\d+", "", size.lower()) in _KNOWN or _family(size) in UNLISTED_FAMILIES:
        return None
    return f"size {size!r} was not known on {SIZES_READ}{did_you_mean(nearest_size(size))}"


def _family(size: str) -> str:
    return re.sub(r"\d.*", "", size.lower().removeprefix("standard_"))


def _series(size: str) -> str:
    """A size without its number of processors: `Standard_E8-4s_v5` -> `e#s_v5`."""
    return re.sub(r"\d+(?:-\d+)?", "#", size.lower().removeprefix("standard_"), count=1)


def _processors(size: str) -> int:
    number = re.search(r"\d+", size)
    return int(number[0]) if number else 0


_KNOWN = frozenset(size.lower() for size in SIZES)
_USABLE = tuple(size for size in SIZES if why_not_size(size) is None)
