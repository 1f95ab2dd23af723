"""Read the parameters that are given, and compare them with those of the templates that are checked."""

from collections.abc import Sequence
from typing import Any

from azure_hotpatch.cli.documents.document import Document
from azure_hotpatch.cli.documents.kinds import TEMPLATE
from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.given import json_object_of
from azure_hotpatch.domain.azure.nearest import did_you_mean


def parameters_in(name: str) -> dict[str, Any]:
    """The object in the file that --parameters names: a parameters file, or the parameters alone."""
    given = json_object_of(name, "--parameters")
    is_file = {"contentVersion", "$schema"} & given.keys() or given.keys() == {"parameters"}
    if is_file and not isinstance(given.get("parameters", {}), dict):
        raise Failure(f'--parameters {name}: its "parameters" is not an object: {{"vmName": {{"value": "web"}}}}')
    return given


def refuse_misspelt(name: str, documents: Sequence[Document]) -> None:
    """Raise Failure for parameters that no template declares: Azure refuses them too, and a default would be judged.

    What one of several templates does not declare and another does is a note of the first.
    """
    templates = [document for document in documents if document.kind == TEMPLATE]
    if not templates:
        raise Failure(f"{name} is given with --parameters, and no file is an ARM template, which alone has parameters")
    wrong = [each for each in templates[0].misspelt if all(each in document.misspelt for document in templates)]
    if wrong:
        told = (f"{each!r}{did_you_mean(_meant(each, templates))}" for each in wrong)
        of = templates[0].name if len(templates) == 1 else "any of the templates"
        raise Failure(f"{name} gives what is no parameter of {of}: {', '.join(told)}")
    for document in templates:
        if document.misspelt:
            names = ", ".join(map(repr, document.misspelt))
            document.notes.append(f"{name} gives {names}, which is no parameter of it")


def _meant(wrong: str, templates: Sequence[Document]) -> str:
    return next((document.misspelt[wrong] for document in templates if document.misspelt[wrong]), "")
