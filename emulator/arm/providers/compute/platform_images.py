"""The lists of the marketplace: publishers, offers, SKUs and versions of images, and of extensions."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NoReturn, TypeVar

from azure_hotpatch.emulator.arm.hierarchy.locations import normalised
from azure_hotpatch.emulator.arm.http import Reply, Request
from azure_hotpatch.emulator.arm.protocol import queries
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import ArmError, NotFound
from azure_hotpatch.emulator.arm.protocol.queries import Queries
from azure_hotpatch.emulator.arm.providers.compute import images
from azure_hotpatch.emulator.arm.providers.compute.image_catalogue import EXTENSIONS, IMAGES

_VERSION = re.compile(r"\d+\.\d+\.\d+")
_LISTED_MONTHS = 12  # Azure keeps images of about a year
_DETAILS = ("properties", "properties/imagedeprecationstatus")
_VERSIONS = Queries(lists=_DETAILS, orders={"name": "name"})
_MANAGED = {"operatingSystem": "Windows", "computeRole": "IaaS", "vmScaleSetEnabled": True}

T = TypeVar("T")


def publishers(request: Request) -> Reply:
    names = sorted({*IMAGES, *EXTENSIONS}, key=str.lower)
    return _array(request, [_named(request, f"Publishers/{name}", name) for name in names])


def offers(request: Request) -> Reply:
    publisher, found = _publisher(request)
    path = f"Publishers/{publisher}/ArtifactTypes/VMImage/Offers"
    return _array(request, [_named(request, f"{path}/{name}", name) for name in found])


def skus(request: Request) -> Reply:
    publisher, offer, found = _offer(request)
    path = f"Publishers/{publisher}/ArtifactTypes/VMImage/Offers/{offer}/Skus"
    return _array(request, [_named(request, f"{path}/{name}", name) for name in found])


def versions(request: Request) -> Reply:
    """The versions of an SKU, oldest first; `$expand=properties` adds what each holds."""
    image = _image(request)
    expand = queries.expanded(request.query, _DETAILS, "image versions")
    today = request.tx.now().date()
    found = [_version(request, image, version, detailed=bool(expand)) for version in _known_versions(image, today)]
    return Reply(200, queries.applied(request.query, found, _VERSIONS, "image versions"))


def version(request: Request) -> Reply:
    """One version: any that has the form of one, as a machine is made from any."""
    image, wanted = _image(request), request.parameters["version"]
    if not _VERSION.fullmatch(wanted):
        raise _unknown("Version", wanted)
    return Reply(200, _version(request, image, wanted, detailed=True))


def extension_types(request: Request) -> Reply:
    publisher, found = _extensions(request)
    path = f"Publishers/{publisher}/ArtifactTypes/VMExtension/Types"
    return _array(request, [_named(request, f"{path}/{name}", name) for name in found])


def extension_versions(request: Request) -> Reply:
    queries.expanded(request.query, (), "extension versions")
    found = [_extension(request, name) for name in (_extension_version(request),)]
    brief = [{name: one[name] for name in ("id", "name", "location")} for one in found]
    return Reply(200, queries.applied(request.query, brief, Queries(orders={"name": "name"}), "extension versions"))


def extension_version(request: Request) -> Reply:
    if request.parameters["version"] != _extension_version(request):
        raise _unknown("Version", request.parameters["version"])
    return Reply(200, _extension(request, request.parameters["version"]))


def check(image: Json) -> None:
    """Refuse an imageReference that names an offer or SKU of Windows Server's publisher which it does not have."""
    named = {name: str(image.get(name, "")) for name in ("publisher", "offer", "sku", "version")}
    listed = _find(IMAGES, named["publisher"])
    if listed is None or listed[0] != "MicrosoftWindowsServer":
        return
    offer = _find(listed[1], named["offer"])
    right_version = named["version"].lower() == "latest" or _VERSION.fullmatch(named["version"])
    if offer and named["sku"].lower() in {sku.lower() for sku in offer[1]} and right_version:
        return
    raise NotFound(
        f"The platform image '{':'.join(named.values())}' is not available. Verify that all fields in the storage "
        "profile are correct. For more details about storage profile information, please refer to "
        "https://aka.ms/storageprofile.",
        "imageReference",
        code="PlatformImageNotFound",
    )


def _known_versions(image: Json, today: date) -> list[str]:
    months = (today - timedelta(days=30 * back) for back in range(_LISTED_MONTHS, -1, -1))
    found = (images.exact_version({**image, "version": "latest"}, month) for month in months)
    return list(dict.fromkeys(version for version in found if version))


def _version(request: Request, image: Json, name: str, *, detailed: bool) -> Json:
    path = f"Publishers/{image['publisher']}/ArtifactTypes/VMImage/Offers/{image['offer']}/Skus/{image['sku']}"
    shown = _named(request, f"{path}/Versions/{name}", name)
    return {**shown, "properties": _details(image)} if detailed else shown


def _details(image: Json) -> Json:
    windows = images.is_windows(image, {})
    return {
        "osDiskImage": {
            "operatingSystem": "Windows" if windows else "Linux",
            "sizeInGb": images.disk_gb(image, windows=windows),
        },
        "dataDiskImages": [],
        "hyperVGeneration": images.hyper_v(image),
        "architecture": images.architecture(image),
        "features": _features(image),
        "imageDeprecationStatus": {"imageState": "Active"},
        "replicaType": "Managed",
        "replicaCount": 10,
        "disallowed": {"vmDiskType": "Unmanaged"},
        "automaticOSUpgradeProperties": {"automaticOSUpgradeSupported": False},
    }


def _features(image: Json) -> list[Json]:
    found = [{"name": "IsAcceleratedNetworkSupported", "value": "True"}]
    if images.hyper_v(image) == "V2":
        found.insert(0, {"name": "SecurityType", "value": "TrustedLaunchSupported"})
    if images.is_hotpatched(image):
        found.append({"name": "IsHibernateSupported", "value": "False"})
    return found


def _publisher(request: Request) -> tuple[str, Mapping[str, tuple[str, ...]]]:
    return _find(IMAGES, request.parameters["publisher"]) or _raise("Publisher", request.parameters["publisher"])


def _offer(request: Request) -> tuple[str, str, tuple[str, ...]]:
    publisher, found = _publisher(request)
    offer = _find(found, request.parameters["offer"]) or _raise("Offer", request.parameters["offer"])
    return publisher, *offer


def _image(request: Request) -> Json:
    publisher, offer, found = _offer(request)
    wanted = request.parameters["sku"]
    sku = next((one for one in found if one.lower() == wanted.lower()), None) or _raise("Sku", wanted)
    return {"publisher": publisher, "offer": offer, "sku": sku}


def _extensions(request: Request) -> tuple[str, Mapping[str, str]]:
    return _find(EXTENSIONS, request.parameters["publisher"]) or _raise("Publisher", request.parameters["publisher"])


def _extension_version(request: Request) -> str:
    found = _find(_extensions(request)[1], request.parameters["type"]) or _raise("Type", request.parameters["type"])
    return found[1]


def _extension(request: Request, name: str) -> Json:
    publisher, known = _extensions(request)
    kind = (_find(known, request.parameters["type"]) or _raise("Type", request.parameters["type"]))[0]
    path = f"Publishers/{publisher}/ArtifactTypes/VMExtension/Types/{kind}/Versions/{name}"
    system = "Linux" if "linux" in kind.lower() or kind == "CustomScript" else "Windows"
    return {**_named(request, path, name), "properties": {**_MANAGED, "operatingSystem": system}}


def _named(request: Request, path: str, name: str) -> Json:
    location = normalised(request.parameters["location"])
    root = f"/Subscriptions/{request.parameters['subscription']}/Providers/Microsoft.Compute/Locations/{location}"
    return {"location": location, "name": name, "id": f"{root}/{path}"}


def _array(request: Request, values: Iterable[Json]) -> Reply:
    """These lists are bare JSON arrays."""
    return Reply(200, queries.applied(request.query, list(values), Queries(), "marketplace images"))


def _find(names: Mapping[str, T], wanted: str) -> tuple[str, T] | None:
    return next(((name, value) for name, value in names.items() if name.lower() == wanted.lower()), None)


def _unknown(kind: str, name: str) -> ArmError:
    return NotFound(f"{kind}: {name} was not found.")  # wording not published


def _raise(kind: str, name: str) -> NoReturn:
    raise _unknown(kind, name)
