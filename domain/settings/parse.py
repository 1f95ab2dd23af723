"""How a stack's configuration becomes settings, or one error that says all that is wrong with it."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from azure_hotpatch.domain.settings.checks import cross_problems
from azure_hotpatch.domain.settings.draft import draft
from azure_hotpatch.domain.settings.explain import problems
from azure_hotpatch.domain.settings.problem import Location, Problem, SettingsError
from azure_hotpatch.domain.settings.stack import StackSettings


def parse(raw: Mapping[str, Any]) -> StackSettings:
    """The settings of a stack from its keys under `azure-hotpatch`, each as parsed JSON; without the password.

    Raises SettingsError with every problem.
    """
    found: dict[Location, list[Problem]] = {}
    settings = None
    try:
        settings = StackSettings.model_validate(dict(raw))
    except ValidationError as error:
        for location, problem in problems(error, raw):
            found.setdefault(location, []).append(problem)
    told = [problem for several in found.values() for problem in several]
    told += cross_problems(draft(raw, found))
    if told or settings is None:
        raise SettingsError(told)
    return settings
