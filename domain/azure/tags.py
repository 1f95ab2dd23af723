"""Which tags Azure accepts on a resource."""

from collections.abc import Mapping

# "Use tags to organize your Azure resources", limitations.
_MOST, _LONGEST_NAME, _LONGEST_VALUE, _REFUSED = 50, 512, 256, "<>%&\\?/"


def why_not_tags(tags: Mapping[str, str]) -> str | None:
    """Say why a resource cannot have these tags, or None if it can."""
    if len(tags) > _MOST:
        return f"there are {len(tags)} tags; a resource has {_MOST} at most"
    reasons = (_why_not_tag(name, value) for name, value in tags.items())
    reason = next(filter(None, reasons), None)
    if reason is None and len({name.lower() for name in tags}) != len(tags):
        return "two tags differ in letter case only, and Azure takes them for one"
    return reason


def _why_not_tag(name: str, value: str) -> str | None:
    bad = [sign for sign in _REFUSED if sign in name]
    if bad:
        return f"the tag name {name!r} has {' '.join(bad)}, which Azure refuses; none of {_REFUSED} may be in it"
    if not 1 <= len(name) <= _LONGEST_NAME:
        return f"the tag name {name[:20]!r} has {len(name)} characters; 1 to {_LONGEST_NAME} are allowed"
    if len(value) > _LONGEST_VALUE:
        return f"the value of tag {name!r} has {len(value)} characters; Azure accepts {_LONGEST_VALUE}"
    return None
