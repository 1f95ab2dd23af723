"""What a rollback does to one machine of a plan: uninstall an update, or install a newer one over it."""

from datetime import date

from azure_hotpatch.operations.install.model import Model
from azure_hotpatch.operations.install.text import Kb


class Removal(Model):
    """What the script looks for. `named` and `rollup` are patterns of the package, `baseline` of the one below it."""

    kb: str  # "KB5122871"
    named: str
    rollup: str
    baseline: str
    bad_build: str  # "26100.33438"
    good_build: str  # of the baseline to fall back on


class TakeBack(Model):
    """One machine's part. With `fix` that update is installed and `target` is its package, else `target` goes."""

    kb: Kb  # the update that does harm
    target: Removal
    fix: Kb | None = None
    returns: date | None = None  # on the hotpatch track again

    @property
    def uninstalls(self) -> bool:
        return self.fix is None
