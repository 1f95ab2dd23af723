"""Chance that is the same each time, and careful in every other fleet, so that as many are right as are wrong."""

from random import Random


class Dice(Random):
    """A seeded source of chance. One that is careful makes no mistakes."""

    def __init__(self, seed: str) -> None:
        super().__init__(seed)
        self.careful = self.random() < 0.5

    def slips(self, share: float) -> bool:
        """Whether a mistake is made, which happens in a share of the times; never by one that is careful."""
        return self.random() < share and not self.careful
