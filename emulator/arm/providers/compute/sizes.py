"""Which sizes cannot run an image of generation 2, as hotpatch images are."""

import re

from azure_hotpatch.emulator.arm.errors import BadRequest

# "Support for Generation 2 VMs on Azure": the older series that have generation 1 alone.
_GENERATION_1 = re.compile(
    r"basic_a\d+|standard_(a\d+m?(_v2)?|d\d+(_v2|_v3)?|e\d+i?_v3|f\d+|g[1-5]|h\d+m?r?|nc\d+r?|nv\d+)", re.IGNORECASE
)


def check(size: str) -> None:
    """Refuse a size for an image of generation 2."""
    if _GENERATION_1.fullmatch(size):
        raise BadRequest(
            f"The selected VM size '{size}' cannot boot Hypervisor Generation '2'. If this was a Create operation "
            "please check that the Hypervisor Generation of the Image matches the Hypervisor Generation of the "
            "selected VM Size. If this was an Update operation please select a Hypervisor Generation '2' VM Size. "
            "For more information, see https://aka.ms/azuregen2vm"
        )
