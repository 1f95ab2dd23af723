"""The pack's settings under `hotpatch`: images, machines, modes, waivers, releases."""

from datetime import date
from typing import Annotated

from pydantic import Field

from azure_hotpatch.domain.azure.defaults import GENERATION
from azure_hotpatch.domain.azure.image_names import catalogue
from azure_hotpatch.domain.azure.images import OFFER, PUBLISHER, Catalogue, Image
from azure_hotpatch.domain.judging.rule import MachineScope
from azure_hotpatch.domain.rules import RULES
from azure_hotpatch.domain.settings.events import DAY, CalendarSettings
from azure_hotpatch.domain.settings.images import YearOfServer
from azure_hotpatch.domain.settings.machine import Mode
from azure_hotpatch.domain.vocabulary.model import Settings
from azure_hotpatch.domain.vocabulary.named_type import NamedType, one_of
from azure_hotpatch.policies.level import Level
from azure_hotpatch.policies.waivers import Waiver

_UNVERIFIABLE = (Level.ADVISORY, Level.MANDATORY)


def image_of(text: str) -> Image:
    """The image that `publisher:offer:sku` names, or a SKU of MicrosoftWindowsServer:WindowsServer alone."""
    parts = text.split(":")
    return Image(*parts) if len(parts) == 3 else Image(PUBLISHER, OFFER, text)


def _why_not_image(text: str) -> str | None:
    parts = text.split(":")
    return None if len(parts) in (1, 3) and all(map(str.strip, parts)) else f"{text!r} is not an image"


def _why_blank(text: str) -> str | None:
    return None if text.strip() else "is empty"


_IMAGE = NamedType("image", _why_not_image, allowed="publisher:offer:sku, or a SKU alone")
_WORDS = NamedType("words", _why_blank)
_RULE = one_of("rule", tuple(rule.id for rule in RULES))


class WaiverSettings(Settings):
    """An accepted finding, until a day."""

    urn: Annotated[str, _WORDS]
    """The URN of the resource; * matches any text."""
    rule: Annotated[str, _RULE]
    """The rule's id."""
    owner: Annotated[str, _WORDS]
    """Who accepted it."""
    reason: Annotated[str, _WORDS]
    """Why."""
    expires: Annotated[str, DAY]
    """The last day on which it holds, YYYY-MM-DD."""

    def waiver(self) -> Waiver:
        return Waiver(self.urn, self.rule, self.owner, self.reason, date.fromisoformat(self.expires))


class PackSettings(Settings):
    """The settings of the pack."""

    generation: YearOfServer = GENERATION
    """The newest Windows Server whose images are accepted."""
    extra_images: tuple[Annotated[str, _IMAGE], ...] = ()
    """Further images that are accepted."""
    refused_images: tuple[Annotated[str, _IMAGE], ...] = ()
    """Images that are excluded again."""
    scope: Annotated[MachineScope, one_of("scope", tuple(MachineScope))] = MachineScope.WINDOWS
    """Whether machines that run Linux are checked too."""
    unverifiable: Annotated[Level, one_of("level", _UNVERIFIABLE)] = Level.ADVISORY
    """The level of a finding on a value that is not known yet."""
    waivers: tuple[WaiverSettings, ...] = ()
    """Accepted findings."""
    modes: dict[str, Mode] = Field(default_factory=dict)
    """The patching modes that machines are declared to have, by a pattern of URN or name; the first match counts."""
    calendar: CalendarSettings = CalendarSettings()
    """Releases beyond the built-in record."""

    @property
    def catalogue(self) -> Catalogue:
        """The images that are accepted."""
        base = catalogue(self.generation)
        return base.extended(map(image_of, self.extra_images)).without(map(image_of, self.refused_images))


SETTING_NAMES = tuple(field.alias or name for name, field in PackSettings.model_fields.items())
