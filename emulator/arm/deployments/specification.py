"""The specification of a deployment, from a request: mode, template, parameters."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from azure_hotpatch.emulator.arm.hierarchy.locations import checked
from azure_hotpatch.emulator.arm.http import Request
from azure_hotpatch.emulator.arm.protocol import members
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest, InvalidRequestContent, NotEmulated
from azure_hotpatch.emulator.arm.protocol.paths import DEPLOYMENT_TYPE, ResourcePath
from azure_hotpatch.emulator.arm.templates import parameters
from azure_hotpatch.emulator.arm.templates.parameters import Given

_MODES = {"incremental": "Incremental", "complete": "Complete"}
# "Naming rules and restrictions for Azure resources", Microsoft.Resources.
_NAME = re.compile(r"[\w\-.()]{1,64}")


@dataclass(frozen=True, slots=True)
class Specification:
    """A deployment as requested. `location` and `tags` are the deployment's own."""

    mode: str
    template: Json
    parameters: Mapping[str, Given]
    location: str = ""
    tags: Mapping[str, Any] | None = None
    result_format: str = "FullResourcePayloads"


def specification_of(request: Request, path: ResourcePath) -> Specification:
    """The specification in a PUT, a validation or a what-if; raises what ARM refuses at once."""
    body = request.object()
    properties = body.get("properties")
    if not isinstance(properties, dict):
        raise InvalidRequestContent("Required property 'properties' not found in JSON. Path ''")
    members.check({name: body[name] for name in ("location", "tags") if body.get(name) is not None})
    check_name(path.name)
    mode = _mode(properties, path)
    location = _location(body.get("location"), path)
    settings = properties.get("whatIfSettings")
    shape = settings.get("resultFormat", "") if isinstance(settings, dict) else ""
    return Specification(
        mode=mode,
        template=template(properties),
        parameters=parameters.given(properties.get("parameters")),
        location=location,
        tags=body.get("tags"),
        result_format=str(shape) or "FullResourcePayloads",
    )


def check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise BadRequest(
            f"The provided deployment name '{name}' has invalid characters or length. It has at most 64 letters, "
            "digits, '-', '_', '.', '(' and ')'.",
            code="InvalidDeploymentName",
        )


def template(properties: Json) -> Json:
    """The template of a deployment, which must be within the request."""
    found, link = properties.get("template"), properties.get("templateLink")
    if found is not None and link is not None:
        raise BadRequest("A deployment has a 'template' or a 'templateLink', not both.", code="InvalidDeployment")
    if found is None and isinstance(link, dict):
        where = link.get("uri") or link.get("id") or link.get("relativePath")
        raise NotEmulated(f"This Azure emulator does not download templates: '{where}' has to be given inline.")
    if found is None:
        raise BadRequest("The deployment has no 'template'.", code="InvalidTemplate")
    if properties.get("onErrorDeployment"):
        raise NotEmulated("This Azure emulator does not redeploy an earlier deployment on an error.")
    if not isinstance(found, dict):
        raise BadRequest("The 'template' of a deployment must be a JSON object.", code="InvalidTemplate")
    return found


def _mode(properties: Json, path: ResourcePath) -> str:
    if "mode" not in properties:
        raise InvalidRequestContent("Required property 'mode' not found in JSON. Path 'properties'")
    mode = _MODES.get(str(properties["mode"]).lower())
    if mode is None:
        raise InvalidRequestContent("The 'mode' of a deployment must be Incremental or Complete")
    if mode == "Complete" and not path.group:
        # The words are not published.
        raise BadRequest("The complete mode is for deployments to a resource group.", code="InvalidDeploymentMode")
    return mode


def _location(location: Any, path: ResourcePath) -> str:
    if path.group:
        if location:
            # The words are not published.
            raise BadRequest(
                "The 'location' property is not allowed for a deployment to a resource group.",
                code="InvalidDeploymentLocation",
            )
        return ""
    if not location:
        raise BadRequest("The location property is required for this definition.", code="LocationRequired")
    return checked(str(location), DEPLOYMENT_TYPE)
