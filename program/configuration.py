"""Read the stack's configuration once; invalid settings end the program with every mistake in them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pulumi

from azure_hotpatch.domain.restarts import budget_problems
from azure_hotpatch.domain.settings import (
    PASSWORD,
    SECRETS,
    FindPlace,
    SettingsError,
    StackSettings,
    parse_settings,
)
from azure_hotpatch.domain.vocabulary.problem import Problem
from azure_hotpatch.local.calendar import Added, UnreadableError, added, with_added
from azure_hotpatch.program import outputs
from azure_hotpatch.program.secrets import Secrets
from azure_hotpatch.program.stack_file import octals_in, places_in, stack_file
from azure_hotpatch.program.stack_yaml import StackFileError, configured

# The namespace of the shipped stack files, of their schema and of the guides, whatever the project is called.
TEMPLATE = "azure-hotpatch"
_FLEET = "fleet"


def stack_settings() -> StackSettings:
    """The settings of the stack that is being deployed; raises pulumi.RunError, which is printed as it is."""
    config, project = pulumi.runtime.get_config_env(), pulumi.get_project()
    secrets = pulumi.runtime.config.get_config_secret_keys_env()
    file = f"Pulumi.{pulumi.get_stack()}.yaml"
    find, misread = _read(project)
    settings = settings_of(config, project, secrets, file, find, misread)
    found = _added()
    _say_added(found)
    broken = budget_problems(settings, outputs.today(), with_added(found))
    if broken:
        raise pulumi.RunError(str(SettingsError(broken, file, find)))
    for warning in warnings(config, project, settings):
        pulumi.log.warn(warning)
    return settings


def _added() -> Added | None:
    """The releases that are kept on this computer, by which another computer's preview may differ."""
    try:
        return added()
    except UnreadableError as error:
        raise pulumi.RunError(str(error)) from None


def _say_added(found: Added | None) -> None:
    if found:
        pulumi.log.info(f"The calendar of this computer has {found}; the stack's own releases come first.")


def stack_secrets() -> Secrets:
    """The administrator's password and the secrets that groups name."""
    own, template = pulumi.Config(), pulumi.Config(TEMPLATE)
    password = own.get_secret(PASSWORD) or template.get_secret(PASSWORD)
    named = own.get_secret_object(SECRETS) or template.get_secret_object(SECRETS)
    return Secrets(password, named)


def settings_of(
    config: Mapping[str, str],
    project: str = TEMPLATE,
    secrets: Collection[str] = (),
    file: str = "the stack's file",
    find: FindPlace = lambda _: None,
    misread: Iterable[Problem] = (),
) -> StackSettings:
    """The settings in a stack's configuration, whose values are strings: JSON for lists and objects.

    An error names the `file`, and the line of each setting, which `find` finds; of the keys in `secrets` it repeats no
    value. `misread` are mistakes in the file that the values no longer show.

    Their keys begin with the project's name, or with the template's where `pulumi new` made a project of another name;
    a key of the project's name comes first.
    """
    chosen = {**_keys(config, TEMPLATE), **_keys(config, project)}
    try:
        return parse_settings(
            {key: configured(text) for key, text in chosen.items() if key not in (PASSWORD, SECRETS)},
            file=file,
            secrets={key.partition(":")[2] for key in secrets},
            find=find,
            misread=misread,
            secret_names=_names(chosen.get(SECRETS)),
        )
    except SettingsError as error:
        raise pulumi.RunError(str(error)) from None


def warnings(config: Mapping[str, str], project: str, settings: StackSettings) -> list[str]:
    """Warnings about a valid configuration: keys that are not read, an empty fleet."""
    own, template = _keys(config, project), _keys(config, TEMPLATE)
    both = sorted(own.keys() & template.keys()) if project != TEMPLATE else []
    ignored = [f"{TEMPLATE}:{key} is not read, because {project}:{key} is set; remove one of them." for key in both]
    fleet = settings.fleet
    if fleet.machines or fleet.scale_sets or fleet.azure_local:
        return ignored
    empty = f"The fleet of this stack is empty, and no machine is made: set {project}:fleet in the stack's file."
    return [*ignored, empty, *_of_another_namespace(config, project)]


def _of_another_namespace(config: Mapping[str, str], project: str) -> Iterator[str]:
    """Keys that say where a fleet is, and are not read because of what stands before the colon."""
    for key in sorted(config):
        namespace, _, name = key.partition(":")
        if name == _FLEET and namespace not in (project, TEMPLATE):
            yield f"{key} is not read: this program reads {project}:{name} or {TEMPLATE}:{name}."


def _names(secrets: str | None) -> list[str]:
    """The names of the stack's secrets, without their values."""
    found = configured(secrets) if secrets else {}
    return sorted(found) if isinstance(found, dict) else []


def _read(project: str) -> tuple[FindPlace, list[Problem]]:
    """What finds a setting in the stack's file, and what YAML misreads there; nothing of an unreadable file."""
    namespaces = (project, TEMPLATE)
    with suppress(OSError, StackFileError, AttributeError):
        data = stack_file(Path.cwd(), pulumi.get_stack()).read_bytes()
        return places_in(data, namespaces), list(octals_in(data, namespaces))
    return lambda _: None, []


def _keys(config: Mapping[str, str], namespace: str) -> dict[str, str]:
    prefix = f"{namespace}:"
    return {key.removeprefix(prefix): text for key, text in config.items() if key.startswith(prefix)}
