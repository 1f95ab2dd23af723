"""Parse a deployment's body that is not valid JSON: the Azure CLI inserts the text of a template file unchanged."""

# `template:` comes without quotes, and with the comments and line ends of the file. Azure takes that on these paths;
# anywhere else it would hide mistakes.

import re
from typing import Any

from azure_hotpatch.emulator.arm.protocol.errors import InvalidRequestContent
from azure_hotpatch.emulator.arm.templates import relaxed_json

_PATHS = re.compile(r"/providers/microsoft\.resources/(deployments/|calculatetemplatehash)", re.IGNORECASE)


def takes(path: str) -> bool:
    """Whether a request's path is one of those where a body may be written so."""
    return bool(_PATHS.search(path))


def parse_body(text: str) -> Any:
    """Parse a body; raises InvalidRequestContent."""
    try:
        return relaxed_json.parse_json(text)
    except relaxed_json.NotReadable as error:
        raise InvalidRequestContent(f"The request body is not JSON: {error}") from error
