"""Parse a stack's configuration into settings, or into one error that lists every mistake."""

from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from azure_hotpatch.domain.azure.nearest import nearest
from azure_hotpatch.domain.settings.checks import cross_problems
from azure_hotpatch.domain.settings.draft import draft
from azure_hotpatch.domain.settings.error import FindPlace, SettingsError
from azure_hotpatch.domain.settings.stack import StackSettings
from azure_hotpatch.domain.vocabulary.mistakes import mistakes
from azure_hotpatch.domain.vocabulary.model import Valid
from azure_hotpatch.domain.vocabulary.problem import Location, Problem

PASSWORD = "adminPassword"  # noqa: S105 - the name of the setting
SECRETS = "secrets"
SET_THE_PASSWORD = f"pulumi config set --secret {PASSWORD}"


def parse_settings(
    raw: Mapping[str, Any],
    *,
    file: str = "the stack's file",
    secrets: Container[str] = (),
    find: FindPlace = lambda _: None,
    misread: Iterable[Problem] = (),
    secret_names: Collection[str] | None = None,
) -> StackSettings:
    """The settings of a stack from its keys under `azure-hotpatch`, each as parsed JSON; without the password.

    `file` is what error messages call the stack's file, and `find` finds the place of a path in it; `misread` are
    mistakes there that the values no longer show. Of the keys in `secrets`, which are encrypted there, no message
    repeats a value. `secret_names` are those that groups may name, None where that is not known. Raises SettingsError
    with every problem.
    """
    found: dict[Location, list[Problem]] = {}
    settings, valid = None, Valid()
    try:
        settings = StackSettings.model_validate(dict(raw), context=valid)
    except ValidationError as error:
        for location, problem in mistakes(error, StackSettings, raw, secrets):
            found.setdefault(location, []).append(_with_the_command(problem, location))
    problems = [problem for several in found.values() for problem in several]
    problems += (
        problem.hidden() if problem.path.partition(".")[0] in secrets else problem
        for problem in cross_problems(draft(raw, found, valid, secret_names))
    )
    written_otherwise = {problem.path: problem for problem in misread}
    problems = [problem for problem in problems if problem.path not in written_otherwise]
    problems += written_otherwise.values()
    if problems or settings is None:
        raise SettingsError(problems, file, find)
    return settings


def _with_the_command(problem: Problem, location: Location) -> Problem:
    """A misspelled password's key leads to the command that sets it; its value must not stay in the file."""
    if len(location) != 1 or nearest(str(location[0]), (*StackSettings.keys(), PASSWORD, SECRETS)) != PASSWORD:
        return problem
    return replace(problem, meant=f"{PASSWORD}, which is a secret: {SET_THE_PASSWORD}")
