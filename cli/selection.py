"""Select machines on the command line: by stack, subscription, group, tag or name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from azure_hotpatch.cli import completion
from azure_hotpatch.cli.commands.fleet import fleet_of, outputs_json
from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.json_input import called

RING = "ring"  # the tag that `--ring` reads
NO_MACHINE = "no machine that you may read matches the options"

StackOption = Annotated[
    str | None,
    typer.Option(
        "--stack",
        "-s",
        metavar="STACK",
        help="The machines of this stack, by its output `fleet`.",
        autocompletion=completion.stacks,
    ),
]
OutputsOption = Annotated[
    str | None,
    typer.Option("--outputs", metavar="FILE", help="The same, from `pulumi stack output --json` in FILE, - for stdin."),
]
SubscriptionOption = Annotated[
    list[str] | None,
    typer.Option(
        "--subscription",
        metavar="ID",
        help="Machines of this subscription; may be repeated.",
        autocompletion=completion.subscriptions,
    ),
]
ManagementGroupOption = Annotated[
    list[str] | None,
    typer.Option(
        "--management-group", metavar="ID", help="Machines below the management group with this id; may be repeated."
    ),
]
GroupOption = Annotated[
    list[str] | None,
    typer.Option(
        "--resource-group",
        "-g",
        metavar="GROUP",
        help="Machines of this resource group; may be repeated.",
        autocompletion=completion.resource_groups,
    ),
]
RingOption = Annotated[
    str | None, typer.Option("--ring", metavar="RING", help=f"Machines whose tag `{RING}` has this value.")
]
TagOption = Annotated[
    list[str] | None, typer.Option("--tag", metavar="NAME=VALUE", help="Machines with this tag; may be repeated.")
]
NameOption = Annotated[
    list[str] | None,
    typer.Option(
        "--name",
        "-n",
        metavar="PATTERN",
        help="Machines of this name, `*` matches any text; may be repeated.",
        autocompletion=completion.machines,
    ),
]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The scope that is read, and the filter within it."""

    subscriptions: tuple[str, ...]
    management_groups: tuple[str, ...]
    groups: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    ids: tuple[str, ...]


def chosen(
    stack: str | None,
    outputs: str | None,
    subscriptions: Sequence[str] | None,
    management_groups: Sequence[str] | None,
    groups: Sequence[str] | None,
    ring: str | None,
    tags: Sequence[str] | None,
    names: Sequence[str] | None,
) -> Chosen:
    """Read the options; options that conflict are a Failure."""
    if stack is not None and outputs is not None:
        raise Failure("give --stack or --outputs, not both")
    if subscriptions and management_groups:
        raise Failure("give --subscription or --management-group, not both: Resource Graph takes one of them")
    ids = _ids(stack, outputs)
    scope = tuple(subscriptions or ()) or tuple(dict.fromkeys(one.split("/")[2] for one in ids))
    marks = tags_of(ring, tags)
    return Chosen(scope, tuple(management_groups or ()), tuple(groups or ()), marks, tuple(names or ()), ids)


def tags_of(ring: str | None, tags: Sequence[str] | None) -> tuple[tuple[str, str], ...]:
    """The tags of `--ring` and `--tag`."""
    return (*([(RING, ring)] if ring is not None else ()), *map(_tag, tags or ()))


def _ids(stack: str | None, outputs: str | None) -> tuple[str, ...]:
    """The ids of a stack's machines and scale sets."""
    if stack is None and outputs is None:
        return ()
    source = called(outputs) if outputs is not None else "`pulumi stack output --json`"
    machines, _ = fleet_of(outputs_json(stack, outputs), source)
    if not machines:
        raise Failure(f"{source}: the stack has no machine")
    return tuple(_id(machine, source) for machine in machines)


def _id(machine: Mapping[str, Any], source: str) -> str:
    found = machine.get("resourceId")
    if not isinstance(found, str) or not found.lower().startswith("/subscriptions/"):
        raise Failure(
            f"{source}: machine {machine.get('name')!r} has no resourceId; deploy the stack with this release"
        )
    return found


def _tag(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise Failure(f"--tag {text!r} is not a tag: write it as NAME=VALUE")
    return name, value
