"""The parameters that a person gives with a template: a parameters file, or the object in it."""

from collections.abc import Mapping
from typing import Any

from azure_hotpatch.domain.azure.nearest import nearest


def given_in(parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    """The parameters of a parameters file, or of the object `parameters` in it."""
    is_file = {"contentVersion", "$schema"} & parameters.keys() or parameters.keys() == {"parameters"}
    return parameters.get("parameters") or {} if is_file else parameters


def unknown_parameters(template: Mapping[str, Any], parameters: Mapping[str, Any]) -> dict[str, str]:
    """The parameters that a template does not declare, each with the one that was most likely meant, or ""."""
    declared = template.get("parameters")
    known = list(declared) if isinstance(declared, dict) else []
    spelled = {name.lower() for name in known}
    return {name: nearest(name, known) for name in given_in(parameters) if name.lower() not in spelled}
