"""Set and restore a shell's variables without reading what they held, which may be a secret."""

from collections.abc import Mapping
from dataclasses import dataclass

SET = "HOTPATCH_AZURE_ENV"  # names of the variables that were set
BEFORE = "HOTPATCH_AZURE_BEFORE_"  # and, below this prefix, what they held


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a shell's variables: `name` is set to `value`, or to what `copied` holds, or unset."""

    name: str
    value: str | None = None
    copied: str = ""


def set_steps(wanted: Mapping[str, str | None], environ: Mapping[str, str]) -> list[Step]:
    """Copy the current variables to other names, without reading them, then set the wanted ones.

    A second time nothing is kept: what is set then is the emulator's.
    """
    ours = set(environ.get(SET, "").split())
    kept = [Step(f"{BEFORE}{name}", copied=name) for name in wanted if name in environ and name not in ours]
    changed = {name: value for name, value in wanted.items() if value is not None or name in environ}
    names = dict.fromkeys((*environ.get(SET, "").split(), *changed))
    return [*kept, *(Step(name, value) for name, value in changed.items()), Step(SET, " ".join(names))]


def undo_steps(environ: Mapping[str, str]) -> list[Step]:
    """Restore the variables that were set before, and unset the rest; no steps where nothing was set."""
    names = environ.get(SET, "").split()
    steps = []
    for name in names:
        kept = f"{BEFORE}{name}"
        steps += [Step(name, copied=kept), Step(kept)] if kept in environ else [Step(name)]
    return [*steps, Step(SET)] if names else []
