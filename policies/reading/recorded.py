"""Turn a body in ARM's names into a record."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from azure_hotpatch.domain.judging.record import Kind, Record, Unknown, arm_path
from azure_hotpatch.policies.reading.arm.judged_types import JudgedType
from azure_hotpatch.policies.reading.reading import bare, resealed, unsealed
from azure_hotpatch.policies.reading.references import references
from azure_hotpatch.policies.reading.source import Source

EXTENSIONS = "extensionProfile"
_IN_GROUP = re.compile(r"/resourceGroups/([^/]+)", re.IGNORECASE)  # Resource Graph writes it in lower case
_OF_EXTENSION = ("publisher", "type")
CONTENT = "content"  # of an opaque record: there where it is not known yet


class Raw(Mapping[str, str]):
    """The spelling of a source that has ARM's own names below a prefix: `body.` + `properties.osProfile`."""

    def __init__(self, prefix: str = "") -> None:
        self.prefix = prefix

    def __getitem__(self, path: str) -> str:
        return self.prefix + arm_path(path)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def recorded(shape: JudgedType, source: Source, body: dict[str, Any], **rest: Any) -> Record:
    """The record of a body that may hold seals; `rest` are fields of Record, or stay what the source says."""
    opened, secrets = unsealed(body)
    rest.setdefault("name", source.name)
    rest.setdefault("references", references(source.depends_on))
    rest.setdefault("type", source.token)
    rest.setdefault("group", _text(opened.get("resourceGroupName")) or _group(opened.get("id")))
    return Record(
        kind=shape.kind,
        body=opened,
        urn=source.urn,
        arm_type=shape.arm_type,
        prefix=shape.prefix,
        secrets=secrets,
        **rest,
    )


def opaque(source: Source, why: str | Unknown, origin: str = "", name: str = "") -> Record:
    """An opaque record: it may hold a machine and cannot be read, or, if `why` is Unknown, not yet."""
    unknown = isinstance(why, Unknown)
    return Record(
        kind=Kind.OPAQUE,
        name=name or source.name,
        type=source.token,
        body={CONTENT: why} if unknown else {},
        urn=source.urn,
        origin=origin,
        unreadable=f"what it holds is {why.why}" if isinstance(why, Unknown) else why,
    )


def flattened(resource: dict[str, Any]) -> dict[str, Any]:
    """An ARM resource without its `properties`, whose members take their place beside the envelope with their seal."""
    properties = _members(resource.get("properties"))
    if properties is None:
        return resource
    body = {**resource, **properties}
    del body["properties"]
    profile = _members(body.get("virtualMachineProfile"))
    if profile is not None:
        body["virtualMachineProfile"] = _with_flat_extensions(profile)
    return body


def _members(value: Any) -> dict[str, Any] | None:
    """The members of an object, sealed where the object is."""
    opened = bare(value)
    return {key: resealed(value, child) for key, child in opened.items()} if isinstance(opened, dict) else None


def ignored(paths: Any, arm: Mapping[str, str], bodies: tuple[str, ...] = ()) -> tuple[str, ...]:
    """`ignoreChanges` in ARM's names; a path that ends in `*` is all below it.

    `arm` maps the source's own paths to ARM's; `bodies` are the properties that hold a body in ARM's names.
    """
    return tuple(name for path in paths for name in _translated(_inside(dotted(path), bodies), arm))


def _with_flat_extensions(profile: dict[str, Any]) -> dict[str, Any]:
    extensions = _members(profile.get(EXTENSIONS))
    items = bare(extensions.get("extensions")) if extensions else None
    if extensions is None or not isinstance(items, list):
        return profile
    flat = [_flat(resealed(extensions["extensions"], item)) for item in items]
    return {**profile, EXTENSIONS: {**extensions, "extensions": flat}}


def _flat(extension: Any) -> Any:
    members = _members(extension)
    if members is None:
        return extension
    hidden = bare(members.get("properties"))
    # To read what it holds as absent would be wrong.
    return {**members, **dict.fromkeys(_OF_EXTENSION, hidden)} if isinstance(hidden, Unknown) else flattened(members)


def dotted(path: str) -> str:
    """`osProfile["windowsConfiguration"].patch_settings[*]` -> `osProfile.windowsConfiguration.patchSettings.*`."""
    plain = re.sub(r"""\[(?:"([^"]+)"|'([^']+)'|(\*))\]""", lambda name: f".{name[1] or name[2] or name[3]}", path)
    return re.sub(r"(?<=[a-z0-9])_([a-z])", lambda match: match[1].upper(), plain.lstrip("."))


def _inside(path: str, bodies: tuple[str, ...]) -> str:
    """A path as seen from the body; the body itself is all that is in it."""
    for body in bodies:
        if path in (body, f"{body}.*"):
            return "*"
        if path.startswith(f"{body}."):
            return path.removeprefix(f"{body}.")
    return path


def _translated(path: str, arm: Mapping[str, str]) -> list[str]:
    if not arm:
        return [_inside(path, ("properties",))]
    whole = re.sub(r"\[\d+\]", "", path.removesuffix(".*"))  # Terraform keeps a block as a list of one
    head = next((head for head in arm if whole == head or whole.startswith(f"{head}.")), None)
    if head is not None:
        return [arm[head] + whole[len(head) :]]
    return [name for own, name in arm.items() if own.startswith(f"{whole}.")] or [path]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _group(resource_id: Any) -> str:
    found = _IN_GROUP.search(_text(resource_id))
    return found[1] if found else ""
