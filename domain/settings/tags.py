"""Which tags a resource may have."""

from typing import Annotated, Any

from pydantic import BeforeValidator

from azure_hotpatch.domain.vocabulary.place_types import TAGS


def numbers_as_text(tags: Any) -> Any:
    """Tags whose values are numbers in the file, `cost: 1`, as Azure has them: strings."""
    if not isinstance(tags, dict):
        return tags
    return {name: str(value) if type(value) in (int, float) else value for name, value in tags.items()}


Tags = Annotated[dict[str, str], BeforeValidator(numbers_as_text), TAGS]
