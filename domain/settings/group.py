"""How a group of machines says how many there are, and how each of them is called."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from azure_hotpatch.domain.settings.value import ComputerName, GroupName, Settings, wrong

MOST = 1000


class Numbered(Settings):
    """One machine called `name`, `count` machines called `name-01` and on, or those of `names`."""

    name: GroupName
    """The group's name, from which its machines' names are made."""
    count: Annotated[int, Field(ge=1, le=MOST)] | None = None
    """How many machines; also 1 makes `name-01`. Default: one, called `name`."""
    names: tuple[ComputerName, ...] = ()
    """The machines' names, instead of a count."""

    def machine_names(self, digits: int = 2) -> tuple[str, ...]:
        """The machines' names, which are their computer names too."""
        if self.names or self.count is None:
            return self.names or (self.name,)
        return tuple(f"{self.name}-{number:0{digits}}" for number in range(1, self.count + 1))

    @model_validator(mode="after")
    def _count_or_names(self) -> Self:
        if self.names and self.count is not None:
            raise wrong("names and count both say how many machines there are", at="names", allowed="one of the two")
        return self
