"""The nested types of one module: each met once, its two SDK sides and its azure-mgmt model read together."""

from collections.abc import Mapping
from typing import Any

from azure_hotpatch.emulator.provider.generator import exceptions, management, sdk

Json = dict[str, Any]


class Types:
    """Collects the types that the entries of a module refer to, while those are made."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._models = management.models(module)
        self._entries: dict[str, Json] = {}

    def entries(self) -> Json:
        return dict(sorted(self._entries.items()))

    def entry(
        self,
        name: str,
        given: Mapping[str, sdk.SdkProperty],
        shown: Mapping[str, sdk.SdkProperty],
        model: type | None,
        *,
        top: bool,
    ) -> Json:
        """What a body of this type says, property by property."""
        fields = management.fields(model, self._models)
        return {
            prop: self._property(name, prop, given.get(prop), shown.get(prop), fields, top=top)
            for prop in sorted({*given, *shown})
        }

    def _property(
        self,
        name: str,
        prop: str,
        given: sdk.SdkProperty | None,
        shown: sdk.SdkProperty | None,
        fields: Mapping[str, management.Field],
        *,
        top: bool,
    ) -> str | Json:
        field = fields.get(prop)
        self._meet(given, shown, field.model if field else None)
        spec: Json = {"type": _type(given, shown)}
        if at := self._container(name, prop, field, fields, top=top):
            spec["at"] = at
        if marks := _marks(f"{self._module}:{name}", prop, given, shown, field):
            spec["is"] = marks
        return spec["type"] if len(spec) == 1 else spec

    def _meet(self, given: sdk.SdkProperty | None, shown: sdk.SdkProperty | None, model: type | None) -> None:
        """Make the entry of the type that a property holds, if it is a new one.

        The two sides of an inner type differ in name: `OSProfileWindowsConfigurationArgs` comes back as
        `OSProfileResponseWindowsConfiguration`.
        """
        going_in, coming_back = given.holds if given else None, shown.holds if shown else None
        holder = going_in or coming_back
        if holder is None:
            return
        name = sdk.type_name(holder)
        if name in self._entries:
            return
        self._entries[name] = {}  # a type may hold itself
        sides = sdk.module(self._module)
        self._entries[name] = self.entry(
            name,
            sdk.inputs(going_in or getattr(sides, f"{name}Args", None)),
            sdk.outputs(coming_back or getattr(sides.outputs, f"{name}Response", None)),
            model or getattr(self._models, name, None),
            top=False,
        )

    def _container(
        self,
        name: str,
        prop: str,
        field: management.Field | None,
        fields: Mapping[str, management.Field],
        *,
        top: bool,
    ) -> str:
        listed = exceptions.CONTAINERS.get(f"{self._module}:{name}", {})
        if prop in listed:
            return listed[prop]
        if field is not None:
            return ".".join(field.containers)
        # A field of another version of the API than the package's, or a resource of a module without one.
        flattened = top if not fields else any(f.containers == ("properties",) for f in fields.values())
        # Where the SDK itself has a container, as Key Vault's resources do, it is not put into another one.
        return "properties" if flattened and prop not in {*exceptions.ENVELOPE, "properties"} else ""


def _type(given: sdk.SdkProperty | None, shown: sdk.SdkProperty | None) -> str:
    """`set` is a list of names going in that comes back as a map by name, as user-assigned identities do."""
    if given and shown and given.word == "[string]" and shown.word.startswith("{"):
        return f"set{shown.word}"
    side = given or shown
    return side.word if side else "any"


def _marks(
    token: str, prop: str, given: sdk.SdkProperty | None, shown: sdk.SdkProperty | None, field: management.Field | None
) -> list[str]:
    forced = prop in exceptions.FORCE_NEW.get(token, ()) or bool(field and field.create_only and prop != "location")
    forced = forced or bool(given and prop == "location" and given.fixed_place)
    marks = {
        "output": given is None,
        "input": shown is None,
        "required": bool(given and given.required),
        "replaces": bool(given) and forced,
        "standalone": bool(given and given.standalone),
    }
    return [mark for mark, applies in marks.items() if applies]
