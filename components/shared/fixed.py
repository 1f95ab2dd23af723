"""Refuse, in the preview, a change of a property that Azure fixes when a resource is created."""

from collections.abc import Container, Iterable, Mapping
from typing import Any

import pulumi
from pulumi.runtime.proto.resource_pb2 import RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS
from pulumi.runtime.rpc import UNKNOWN
from pulumi.runtime.settings import monitor_supports_feature

from azure_hotpatch.domain.azure.fixed_values import Fixed, FixedChange, fixed_changes
from azure_hotpatch.domain.vocabulary.problem import printed

_REPLACING = (
    "To keep it, give the value that it has. To replace it on purpose, set replaceOnChange: true for its "
    "group in the stack's file (an argument of the component: replace_on_change in Python). It is then deleted first "
    "and created again; its interfaces, their addresses and separate data disks stay, and the disk with Windows is "
    'lost. "Replace machines" in the guide to stack settings has the procedure.'
)
_BESIDE = (
    "To keep it, give the value that it has. On Azure Local nothing is replaced: add a machine, or an image, of "
    "another name with the new value, move what is to be kept, which lies on its disks, and then take this one out."
)
_KEEPING = (
    "replaceOnChange does not change it either, since disks never shrink and nothing leaves its zone; undo the change."
)


class FixedValueError(Exception):
    """A change that Azure would refuse."""


def refusing(name: str, fixed: Fixed, *, is_imported: bool = False) -> pulumi.ResourceHookBinding:
    """A hook for the resource `name` by which an update that Azure would refuse fails, in a preview too.

    Of a resource that is being imported a preview shows all that differs, so that it only warns there.
    """

    async def before_update(args: pulumi.ResourceHookArgs) -> None:
        changes = list(fixed_changes(fixed, await _known(args.old_inputs), await _known(args.new_inputs)))
        if not changes:
            return
        sealed = {**await _sealed(args.old_inputs), **await _sealed(args.new_inputs)}
        message = refusal(args.name, changes, sealed, is_replaceable=fixed.is_replaceable)
        if not is_imported or not pulumi.runtime.is_dry_run():
            raise FixedValueError(message)
        pulumi.log.warn(message)

    hook = pulumi.ResourceHook(f"{name}-fixed", before_update, pulumi.ResourceHookOptions(on_dry_run=True))
    return pulumi.ResourceHookBinding(before_update=[hook])


def supports_hooks() -> bool:
    """Whether the engine calls hooks, as Pulumi 3.182 and later do; Pulumi's mocks do not."""
    return monitor_supports_feature(RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS)


def refusal(
    name: str, changes: Iterable[FixedChange], sealed: Container[str] = (), *, is_replaceable: bool = True
) -> str:
    """Why changes are refused, one line each, and what to do; values of inputs in `sealed` are not repeated."""
    lines = [f"{name}: Azure fixes these values when the resource is made, and refuses a change of them (409):"]
    by_replacement = True
    for change in changes:
        by_replacement = by_replacement and change.by_replacement
        before, after = (_shown(value) for value in (change.before, change.after))
        is_sealed = change.path.partition(".")[0] in sealed
        lines.append(f"  {change.path}" + ("" if is_sealed else f": {before} cannot become {after}"))
    if not is_replaceable:
        return "\n".join([*lines, _BESIDE])
    return "\n".join([*lines, _REPLACING if by_replacement else _KEEPING])


def _shown(value: Any) -> str:
    return "nothing" if value is None else printed(value)


async def _known(value: Any) -> Any:
    """A value with its outputs resolved; what is unknown becomes an object, which is no plain value."""
    if isinstance(value, pulumi.Output):
        return await _known(await value.future(with_unknowns=True)) if await value.is_known() else object()
    if isinstance(value, Mapping):
        return {key: await _known(child) for key, child in value.items()}
    if isinstance(value, list):
        return [await _known(child) for child in value]
    return object() if value == UNKNOWN else value


async def _sealed(inputs: Mapping[str, Any] | None) -> dict[str, bool]:
    """The inputs that are secret, or have something secret in them, by which Pulumi makes the whole input secret."""
    found = {key: isinstance(value, pulumi.Output) and await value.is_secret() for key, value in (inputs or {}).items()}
    return {key: True for key, is_secret in found.items() if is_secret}
