"""Which updates a platform image holds, by its version, and whether a newer baseline is out."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from azure_hotpatch.domain.azure.calendar.days import last_planned_baseline
from azure_hotpatch.domain.azure.calendar.months import CALENDAR, Calendar
from azure_hotpatch.domain.azure.calendar.release import BUILDS
from azure_hotpatch.domain.azure.server_generations import Generation

# Version 20348.2966.241205 (azure-cli #30565) is build, revision and date; 2966 was released on 2024-12-10, so an
# image is built some days before the patch day whose update it holds.
_FORM = re.compile(r"(?P<build>\d{5})\.(?P<revision>\d+)\.(?P<date>\d{6})")
_BUILT_AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class ImageVersion:
    """A parsed pinned version: `generation` of Windows Server, `revision` of its updates, and the day `built`."""

    generation: Generation
    revision: int
    built: date

    @property
    def build(self) -> str:
        return f"{BUILDS[self.generation]}.{self.revision}"


def parse_image_version(version: str) -> ImageVersion | None:
    """Read `20348.2966.241205`; None for `latest`, and for a version of any other form or build."""
    form = _FORM.fullmatch(version)
    generations = [name for name, build in BUILDS.items() if form and build == int(form["build"])]
    if form is None or not generations:
        return None
    try:
        built = datetime.strptime(form["date"], "%y%m%d").date()
    except ValueError:
        return None
    return ImageVersion(generations[0], int(form["revision"]), built)


def why_stale(version: str, today: date, calendar: Calendar = CALENDAR) -> str | None:
    """Say why a machine made from a pinned image version would take no hotpatch at first, or None where it would.

    A machine behind the current baseline gets ordinary updates, with restarts, until it has that baseline. `latest`
    is never stale; a version that cannot be read is not judged.
    """
    image = parse_image_version(version)
    if image is None:
        return None
    known = calendar.latest_baseline(image.generation, today)
    if known and known.revision is not None and image.revision < known.revision:
        return f"image version {version} is older than the baseline of {known.day}, build {known.build} ({known.kb})"
    planned = last_planned_baseline(today)
    if known and known.revision is not None and known.day >= planned:
        return None
    # The newest baseline is in no record, or without its build: only the day on which the image was built is left.
    newest = max(planned, known.day) if known else planned
    if image.built < newest - _BUILT_AHEAD:
        return f"image version {version} was built on {image.built}, before the baseline of {newest}"
    return None
