"""Which tags a resource may have."""

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from azure_hotpatch.domain.settings.value import wrong

# "Use tags to organize your Azure resources", limitations.
_MOST, _LONGEST_NAME, _LONGEST_VALUE, _REFUSED = 50, 512, 256, "<>%&\\?/"


def _numbers_as_text(tags: Any) -> Any:
    if not isinstance(tags, dict):
        return tags
    return {name: str(value) if type(value) in (int, float) else value for name, value in tags.items()}


def _tags(tags: dict[str, str]) -> dict[str, str]:
    if len(tags) > _MOST:
        raise wrong(f"there are {len(tags)} tags; a resource has {_MOST} at most")
    for name, value in tags.items():
        reason = _why_not_tag(name, value)
        if reason:
            raise wrong(reason)
    if len({name.lower() for name in tags}) != len(tags):
        raise wrong("two tags differ in letter case only, which Azure takes for one tag")
    return tags


def _why_not_tag(name: str, value: str) -> str | None:
    bad = [sign for sign in _REFUSED if sign in name]
    if bad:
        return f"the tag name {name!r} has {' '.join(bad)}, which Azure refuses; none of {_REFUSED} may be in it"
    if not 1 <= len(name) <= _LONGEST_NAME:
        return f"the tag name {name[:20]!r}… has {len(name)} characters; 1 to {_LONGEST_NAME} are allowed"
    if len(value) > _LONGEST_VALUE:
        return f"the value of tag {name!r} has {len(value)} characters; Azure takes {_LONGEST_VALUE}"
    return None


Tags = Annotated[dict[str, str], BeforeValidator(_numbers_as_text), AfterValidator(_tags)]
