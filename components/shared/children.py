"""How a component registers its children: whose they are, what they were called before, what is imported."""

import re
from collections.abc import Sequence
from functools import partial

import pulumi

_VERSIONED = re.compile(r"azure-native:[a-z0-9]+/v\d{8}(?:preview|privatepreview)?:\w+")


def child_options(
    parent: pulumi.Resource,
    opts: pulumi.ResourceOptions | None,
    *,
    reads: Sequence[str] = (),
    imported: str | None = None,
    ignored: Sequence[str] = (),
    depends_on: Sequence[pulumi.Resource] = (),
) -> pulumi.ResourceOptions:
    """Options for a child of `parent`, a component that was made with `opts`.

    `reads` are the outputs of the child, besides its id, that the component reads: it has no other. `imported` is the
    id of a resource in Azure that is taken over; `ignored` are input paths, in ARM's names.
    """
    renamed = bool(opts and opts.aliases)
    return pulumi.ResourceOptions(
        parent=parent,
        import_=imported,
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


def _only_a_version(alias: object) -> bool:
    return (
        isinstance(alias, pulumi.Alias)
        and isinstance(alias.type_, str)
        and _VERSIONED.fullmatch(alias.type_) is not None
        and all(part is ... for part in _others(alias))
    )


def _others(alias: pulumi.Alias) -> tuple[object, ...]:
    return alias.name, alias.parent, alias.stack, alias.project
