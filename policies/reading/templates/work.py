"""Limits on the work that templates may cause, so that hostile ones end soon."""

# Values read or made: in one resource, in a template with all that is nested in it, and in all templates of a run.
# Microsoft's module for virtual machines takes some 5,000, 1,400 of them for its machine.
MOST_A_RESOURCE = 100_000
MOST_A_TEMPLATE = 2_000_000
MOST_A_RUN = 10_000_000
_A_RESOURCE = 20  # what every resource costs, however little is in it
_A_RECORD = 400  # what judging one costs, in values that could be read meanwhile

TOO_MUCH = f"more than {MOST_A_RESOURCE} values have to be read for it; shorten its copy loops"
TOO_MUCH_IN_ALL = f"more than {MOST_A_TEMPLATE} values have to be read for the template; shorten its copy loops"
TOO_MUCH_IN_THE_RUN = (
    f"more than {MOST_A_RUN} values have to be read for all templates together; "
    "check them in several runs, or shorten their copy loops"
)


class OutOfWork(Exception):  # noqa: N818 - it is caught as an answer: the rest cannot be read
    """Reading a resource, the whole template, or all templates of a run costs more than it may."""


class Run:
    """What is left to all templates that one run reads: a deployment's, a preview's, or those of the files checked."""

    __slots__ = ("left",)

    def __init__(self, left: int = MOST_A_RUN) -> None:
        self.left = left


class Work:
    """What is left to one template and to the resource in it that is being read, and to the run that both are in."""

    __slots__ = ("here", "left", "run")

    def __init__(self, run: Run | None = None, left: int = MOST_A_TEMPLATE) -> None:
        self.run = Run() if run is None else run
        self.left = left
        self.here = MOST_A_RESOURCE

    def begin(self) -> None:
        """Give the next resource its own share."""
        self.here = MOST_A_RESOURCE
        self.spend(_A_RESOURCE)

    @property
    def is_over(self) -> bool:
        """Whether nothing is left for any resource."""
        return self.left < 0 or self.run.left < 0

    @property
    def why_over(self) -> str:
        """Why nothing is left, for a person."""
        return TOO_MUCH_IN_THE_RUN if self.run.left < 0 else TOO_MUCH_IN_ALL

    def spend(self, values: int = 1) -> None:
        """Count values that are read; raises OutOfWork."""
        self.here -= values
        self.left -= values
        self.run.left -= values
        if self.here < 0 or self.left < 0 or self.run.left < 0:
            raise OutOfWork

    def judge(self) -> None:
        """Count a record, which every rule will look at: of the run, since a template has its own most of them."""
        self.run.left -= _A_RECORD
        if self.run.left < 0:
            raise OutOfWork
