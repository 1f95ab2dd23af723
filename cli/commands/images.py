"""`hotpatch images`: which marketplace images can be hotpatched."""

from typing import Annotated

import typer

from azure_hotpatch.cli.json_output import print_json
from azure_hotpatch.cli.table import show
from azure_hotpatch.domain.azure.images import DEFAULT_CATALOGUE, WHOLE_CATALOGUE, Image


def images(as_json: Annotated[bool, typer.Option("--json", help="Write the images as JSON.")] = False) -> None:
    """List the images that Azure can hotpatch. Newer generations are accepted if the configuration allows them."""
    listed = [(image, image in DEFAULT_CATALOGUE) for image in WHOLE_CATALOGUE.images]
    if as_json:
        print_json([_object(image, default) for image, default in listed])
        return
    show(
        ["publisher", "offer", "SKU", "accepted"],
        [
            [image.publisher, image.offer, image.sku, "by default" if default else "by setting"]
            for image, default in listed
        ],
    )


def _object(image: Image, default: bool) -> dict[str, str | bool]:
    return {"publisher": image.publisher, "offer": image.offer, "sku": image.sku, "acceptedByDefault": default}
