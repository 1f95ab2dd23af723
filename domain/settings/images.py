"""Which hotpatch images a stack accepts, and how its groups name theirs."""

from typing import Annotated, Any

from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, GetPydanticSchema
from pydantic_core import CoreSchema, core_schema

from azure_hotpatch.domain.azure import defaults
from azure_hotpatch.domain.azure.calendar import Generation
from azure_hotpatch.domain.azure.image_names import NamedImage, catalogue, read_image, why_not_named_image
from azure_hotpatch.domain.azure.images import Catalogue, Image
from azure_hotpatch.domain.azure.server_generations import SERVER_GENERATIONS, WrittenGeneration
from azure_hotpatch.domain.settings.value import ImageVersion, NumberLike, as_text
from azure_hotpatch.domain.vocabulary.image_types import GENERATION, IMAGE_NAME, NEWEST
from azure_hotpatch.domain.vocabulary.model import Settings
from azure_hotpatch.domain.vocabulary.named_type import refusal

YearOfServer = Annotated[Generation, GENERATION, BeforeValidator(as_text, json_schema_input_type=WrittenGeneration)]


def _read(name: str) -> NamedImage:
    """The image of a name in a stack's file, which is parsed here and nowhere after."""
    named = read_image(name)
    reason = why_not_named_image(named, NEWEST)
    if reason:
        raise refusal(IMAGE_NAME.refused("", name, reason))
    return named


def _core_schema(_: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
    name = handler.generate_schema(Annotated[str, NumberLike])
    written = core_schema.to_string_ser_schema()
    return core_schema.no_info_after_validator_function(_read, name, serialization=written)


def _json_schema(schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
    return {**IMAGE_NAME.schema, **handler(schema)}


# An image by its name: in a stack's file a string, in the settings the image that it means.
ImageName = Annotated[NamedImage, GetPydanticSchema(_core_schema, _json_schema)]


class ImageSettings(Settings):
    """The images that the stack's machines may have."""

    generation: YearOfServer = defaults.GENERATION
    """The newest generation of Windows Server that is accepted: 2022 (four images) or 2025 (these and four more)."""
    default: ImageName = read_image(SERVER_GENERATIONS[0].skus[0])
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
        return (self.image or images.default).at(self.image_version or images.version)
