"""Limits on the work that one template may cause, so that a hostile one ends soon."""

# Values read or made, in one resource and in the template with all that is nested in it. Microsoft's module for virtual
# machines takes some 5,000, 1,400 of them for its machine; two million take a few seconds.
MOST_A_RESOURCE = 100_000
MOST_A_TEMPLATE = 2_000_000
_A_RESOURCE = 20  # what every resource costs, however little is in it

TOO_MUCH = f"more than {MOST_A_RESOURCE} values have to be read for it; shorten its copy loops"
TOO_MUCH_IN_ALL = f"more than {MOST_A_TEMPLATE} values have to be read for the template; shorten its copy loops"


class OutOfWork(Exception):  # noqa: N818 - it is caught as an answer: the rest cannot be read
    """Reading a resource, or the whole template, costs more than it may."""


class Work:
    """What is left to one template and to the resource in it that is being read."""

    __slots__ = ("here", "left")

    def __init__(self, left: int = MOST_A_TEMPLATE) -> None:
        self.left = left
        self.here = MOST_A_RESOURCE

    def begin(self) -> None:
        """Give the next resource its own share."""
        self.here = MOST_A_RESOURCE
        self.spend(_A_RESOURCE)

    @property
    def is_over(self) -> bool:
        """Whether nothing is left for any resource."""
        return self.left < 0

    def spend(self, values: int = 1) -> None:
        """Count values that are read; raises OutOfWork."""
        self.here -= values
        self.left -= values
        if self.here < 0 or self.left < 0:
            raise OutOfWork
