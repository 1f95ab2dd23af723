"""Which operating system the images hold that a program makes itself."""

from collections.abc import Iterable

from azure_hotpatch.domain.azure.coercion import as_one_of
from azure_hotpatch.domain.judging.image_reference import REFERENCE
from azure_hotpatch.domain.judging.named_resource import those_named
from azure_hotpatch.domain.judging.record import Record, Unknown

_SYSTEMS = ("Windows", "Linux")
# A definition in a gallery says what it holds; a managed image says it of its disk.
_PATHS = ("osType", "storageProfile.osDisk.osType")
_ID = f"{REFERENCE}.id"


def system_of_image(machine: Record, images: Iterable[Record]) -> str | None:
    """Windows or Linux, where the machine's image is one of `images` and that says so."""
    said = {_system(image) for image in _own_images(machine, images)}
    return said.pop() if len(said) == 1 else None


def _own_images(machine: Record, images: Iterable[Record]) -> list[Record]:
    """Those of `images` from which the machine may be made: by its id, or by what it comes from in the program."""
    path = machine.prefix + _ID
    image_id = machine.peek(path)
    if isinstance(image_id, Unknown):
        return [image for image in images if image.urn in machine.references.get(path, ())]
    if not isinstance(image_id, str):
        return []
    # An image in a gallery is named by its version: the definition is what is above that.
    return those_named(machine, path, image_id.partition("/versions/")[0], images)


def _system(image: Record) -> str | None:
    return next((found for path in _PATHS if (found := as_one_of(image.peek(path), _SYSTEMS))), None)
