"""The options of a component's children: parent, aliases, import, protection."""

import re
from collections.abc import Sequence
from functools import partial

import pulumi

from azure_hotpatch.components.shared.fixed import refusing, supports_hooks
from azure_hotpatch.domain.azure.fixed_values import Fixed

_VERSIONED = re.compile(r"azure-native:[a-z0-9]+/v\d{8}(?:preview|privatepreview)?:\w+")


def child_options(
    parent: pulumi.Resource,
    opts: pulumi.ResourceOptions | None,
    *,
    reads: Sequence[str] = (),
    imported: str | None = None,
    ignored: Sequence[str] = (),
    depends_on: Sequence[pulumi.Resource] = (),
    fixed: tuple[str, Fixed] | None = None,
    replaced_by: Sequence[str] = (),
) -> pulumi.ResourceOptions:
    """Options for a child of `parent`, a component that was made with `opts`.

    `reads` are the outputs of the child, besides its id, that the component reads: it has no other. `imported` is the
    id of a resource in Azure that is taken over, and is protected then: it was there before its stack, and stays when
    the stack goes, unless the component is made with `protect=False`. `ignored` are input paths, in ARM's names.
    `fixed` is the child's name with what Azure fixes when it is made; `replaced_by` are the input paths whose change
    replaces it, deleted first because its interface serves one machine at a time.
    """
    renamed = bool(opts and opts.aliases)
    return pulumi.ResourceOptions(
        parent=parent,
        import_=imported,
        protect=_protected(opts) if imported else None,
        hooks=refusing(*fixed, is_imported=bool(imported)) if fixed and supports_hooks() else None,
        replace_on_changes=list(replaced_by) or None,
        delete_before_replace=True if fixed else None,
        ignore_changes=list(ignored) or None,
        depends_on=list(depends_on) or None,
        transformations=[partial(lightened, reads=frozenset(reads), renamed=renamed)],
    )


def lightened(
    args: pulumi.ResourceTransformationArgs, *, reads: frozenset[str] = frozenset(), renamed: bool = False
) -> pulumi.ResourceTransformationResult:
    """Leave out what costs most of a preview's time and serves no child of a component.

    That is an output for each property that is neither set nor read; and the aliases that azure-native adds, one for
    each API version, which serve a resource that was deployed under this parent and name by a token with a version.
    Where the component was called something else before (`renamed`), they stay. An alias that a transformation of the
    component gives to a child comes after this one, and stays in any case.
    """
    if not renamed:
        args.opts.aliases = [alias for alias in args.opts.aliases or [] if not _only_a_version(alias)]
    props = {name: value for name, value in args.props.items() if value is not None or name in reads}
    return pulumi.ResourceTransformationResult(props, args.opts)


def _protected(opts: pulumi.ResourceOptions | None) -> bool:
    return True if opts is None or opts.protect is None else opts.protect


def _only_a_version(alias: object) -> bool:
    return (
        isinstance(alias, pulumi.Alias)
        and isinstance(alias.type_, str)
        and _VERSIONED.fullmatch(alias.type_) is not None
        and all(part is ... for part in _others(alias))
    )


def _others(alias: pulumi.Alias) -> tuple[object, ...]:
    return alias.name, alias.parent, alias.stack, alias.project
