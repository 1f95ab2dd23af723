"""The number and the names of the machines in a group."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from azure_hotpatch.domain.settings.value import ComputerName, GroupName
from azure_hotpatch.domain.vocabulary.check import Check
from azure_hotpatch.domain.vocabulary.model import Settings
from azure_hotpatch.domain.vocabulary.named_type import within
from azure_hotpatch.domain.vocabulary.problem import Problem, printed

_MOST = 1000  # a limit of ours: a group of more is a mistyped number, or two groups
_COUNT = within("number of machines", 1, _MOST)


def _count_or_names(count: Any, names: Any) -> Iterator[Problem]:
    if names and count is not None:
        yield Problem(
            "names", "names and count conflict: each sets the number of machines", printed(names), "one of the two"
        )


class Numbered(Settings):
    """One machine called `name`, `count` machines called `name-01` and on, or those of `names`."""

    name: GroupName
    """The group's name, from which its machines' names are made."""
    count: Annotated[int, _COUNT] | None = None
    """How many machines; also 1 makes `name-01`. Default: one, called `name`."""
    names: tuple[ComputerName, ...] = ()
    """The machines' names, instead of a count."""

    checks: ClassVar[tuple[Check, ...]] = (Check(("count", "names"), _count_or_names),)

    def machine_names(self, digits: int = 2) -> tuple[str, ...]:
        """The machines' names, which are their computer names too."""
        if self.names or self.count is None:
            return self.names or (self.name,)
        return tuple(f"{self.name}-{number:0{digits}}" for number in range(1, self.count + 1))
