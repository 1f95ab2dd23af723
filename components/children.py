"""How a component registers its children: whose they are, what they were called before, what is imported."""

import re
from collections.abc import Sequence

import pulumi

_VERSIONED = re.compile(r"azure-native:[a-z0-9]+/v\d{8}(?:preview|privatepreview)?:\w+")


def child_options(
    parent: pulumi.Resource,
    opts: pulumi.ResourceOptions | None,
    *,
    imported: str | None = None,
    ignored: Sequence[str] = (),
    depends_on: Sequence[pulumi.Resource] = (),
) -> pulumi.ResourceOptions:
    """Options for a child of `parent`, a component that was made with `opts`.

    `imported` is the id of a resource in Azure that is taken over; `ignored` are input paths, in ARM's names.
    """
    return pulumi.ResourceOptions(
        parent=parent,
        import_=imported,
        ignore_changes=list(ignored) or None,
        depends_on=list(depends_on) or None,
        transformations=None if opts and opts.aliases else [without_version_aliases],
    )


def without_version_aliases(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult:
    """Drop the aliases that azure-native adds, one for each API version, and no other.

    They serve a resource that was once deployed, under this parent and name, by a token that has a version. A child of
    a component that was never called anything else is none of those, and they cost half of a preview's time.
    An alias that a transformation of the component gives to a child comes after this one, and stays.
    """
    args.opts.aliases = [alias for alias in args.opts.aliases or [] if not _only_a_version(alias)]
    return pulumi.ResourceTransformationResult(args.props, args.opts)


def _only_a_version(alias: object) -> bool:
    return (
        isinstance(alias, pulumi.Alias)
        and isinstance(alias.type_, str)
        and _VERSIONED.fullmatch(alias.type_) is not None
        and all(part is ... for part in _others(alias))
    )


def _others(alias: pulumi.Alias) -> tuple[object, ...]:
    return alias.name, alias.parent, alias.stack, alias.project
