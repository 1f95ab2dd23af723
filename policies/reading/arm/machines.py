"""Read types that create machines in another form as machines: compute fleets, DevTest Labs."""

from collections.abc import Iterator, Mapping
from typing import Any

from azure_hotpatch.domain.judging.record import Unknown
from azure_hotpatch.policies.reading.arm.judged_types import DEVTEST_MACHINE, FLEET, JudgedType
from azure_hotpatch.policies.reading.layers import laid_over
from azure_hotpatch.policies.reading.reading import bare, resealed

_LOCATIONS = "additionalLocationsProfile"
_OVERRIDE = "virtualMachineProfileOverride"
_IMAGE = "storageProfile.imageReference"
DEVTEST_SPELLING = {
    **{f"{_IMAGE}.{part}": f"galleryImageReference.{part}" for part in ("publisher", "offer", "sku", "version")},
    f"{_IMAGE}.id": "customImageId",
    "hardwareProfile.vmSize": "size",
}


def machine_bodies(shape: JudgedType, body: dict[str, Any]) -> Iterator[tuple[JudgedType, dict[str, Any]]]:
    """The machines that a body creates: the path of each profile, and its contents."""
    if shape is DEVTEST_MACHINE:
        yield shape, _devtest(body)
        return
    yield shape, body
    if shape is FLEET:
        yield from _overridden(body)


def _devtest(body: dict[str, Any]) -> dict[str, Any]:
    """A lab has the image and the size by names of its own, and takes no patch settings."""
    image = body.get("galleryImageReference")
    opened = bare(image)
    system = opened.get("osType") if isinstance(opened, dict) else opened if isinstance(opened, Unknown) else None
    reference = image if image is not None else {"id": body.get("customImageId")}
    storage = {"imageReference": reference, "osDisk": {"osType": resealed(image, system)}}
    return {**body, "storageProfile": storage, "hardwareProfile": {"vmSize": body.get("size")}}


def _overridden(body: dict[str, Any]) -> Iterator[tuple[JudgedType, dict[str, Any]]]:
    """What a fleet makes in each location that changes its profile, merged as Azure does."""
    base = _member(body.get("computeProfile"), "baseVirtualMachineProfile")
    profiles = _member(body.get(_LOCATIONS), "locationProfiles")
    if isinstance(bare(profiles), Unknown):
        at = f"{_LOCATIONS}.locationProfiles"
        yield FLEET._replace(prefix=f"{at}."), {**body, _LOCATIONS: {"locationProfiles": bare(profiles)}}
        return
    locations = bare(profiles) if isinstance(bare(profiles), list) else []
    for index, location in enumerate(locations):
        override = bare(location) if isinstance(bare(location), Unknown) else _member(location, _OVERRIDE)
        if override is None:
            continue
        profile = laid_over(base, resealed(profiles, override))
        others: list[Any] = [None] * index
        merged = {**body, _LOCATIONS: {"locationProfiles": [*others, {_OVERRIDE: profile}]}}
        yield FLEET._replace(prefix=f"{_LOCATIONS}.locationProfiles[{index}].{_OVERRIDE}."), merged


def _member(value: Any, name: str) -> Any:
    opened: Any = bare(value)
    if isinstance(opened, Mapping):
        return resealed(value, opened.get(name))
    return opened if isinstance(opened, Unknown) else None
