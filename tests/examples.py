"""How many examples a property is tried with: all that it names, or the share of them that the profile tries."""

from hypothesis import settings

_WHOLE = settings.get_profile("default").max_examples


def examples(number: int) -> int:
    """`@settings(max_examples=examples(400))` tries 400 in `make test`, and 100 in `make quick`."""
    return number * settings().max_examples // _WHOLE
