"""Which version of the Compute API a machine with hotpatch needs."""

# packer #11746: "Hotpatch compatible VMs cannot be created or updated with an API version lower than '2020-06-01'."
IMAGES_SINCE = "2020-06-01"
# azure-rest-api-specs #11768: enableHotpatching arrived in this version.
HOTPATCHING_SINCE = "2020-12-01"
# "Orchestration modes for Virtual Machine Scale Sets".
FLEXIBLE_SINCE = "2021-03-01"


def why_not_api_version(version: str, is_scale_set: bool = False) -> str | None:
    """Say why hotpatch cannot be asked for with this API version, or None where it can, or none is named."""
    day = version[:10]
    if not day[:4].isdecimal():
        return None
    if day < IMAGES_SINCE:
        return f"API version {version} is below {IMAGES_SINCE}, with which Azure refuses hotpatch images"
    if day < HOTPATCHING_SINCE:
        return f"API version {version} is below {HOTPATCHING_SINCE} and does not know enableHotpatching"
    if is_scale_set and day < FLEXIBLE_SINCE:
        return f"API version {version} is below {FLEXIBLE_SINCE} and does not know Flexible scale sets"
    return None
