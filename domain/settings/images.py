"""Which hotpatch images a stack accepts, and how its groups name theirs."""

from typing import Annotated, Literal

from pydantic import BeforeValidator

from azure_hotpatch.domain.azure import defaults
from azure_hotpatch.domain.azure.calendar import Generation
from azure_hotpatch.domain.azure.image_names import catalogue, named_image
from azure_hotpatch.domain.azure.images import Catalogue, Image
from azure_hotpatch.domain.azure.server_generations import SERVER_GENERATIONS
from azure_hotpatch.domain.settings.value import ImageName, ImageVersion, as_text
from azure_hotpatch.domain.vocabulary.image_types import GENERATION
from azure_hotpatch.domain.vocabulary.model import Settings

YearOfServer = Annotated[
    Generation, GENERATION, BeforeValidator(as_text, json_schema_input_type=Literal["2022", "2025", 2022, 2025])
]


class ImageSettings(Settings):
    """The images that the stack's machines may have."""

    generation: YearOfServer = defaults.GENERATION
    """The newest generation of Windows Server that is accepted: 2022 (four images) or 2025 (these and four more)."""
    default: ImageName = SERVER_GENERATIONS[0].skus[0]
    """The image of groups that name none."""
    version: ImageVersion = defaults.IMAGE_VERSION
    """latest, or the version that every machine is pinned to: 20348.2966.241205."""

    @property
    def catalogue(self) -> Catalogue:
        """The images that are accepted."""
        return catalogue(self.generation)


class Pinned(Settings):
    """The image of a group."""

    image: ImageName | None = None
    """SKU, short form (2022-core, 2025-core-smalldisk) or urn; default: images.default."""
    image_version: ImageVersion | None = None
    """latest or a version; default: images.version."""

    def named_image(self, images: ImageSettings) -> Image:
        """The group's image with its version."""
        return named_image(self.image or images.default, self.image_version or images.version)
