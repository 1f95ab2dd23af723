"""The components as a Pulumi package for programs in any language: which ones, and how their inputs arrive."""

import json
from dataclasses import replace
from typing import Any, get_type_hints

import pulumi
from pulumi.provider.experimental import component as pulumi_component
from pulumi.provider.experimental.analyzer import PropertyDefinition, PropertyType
from pulumi.provider.experimental.component import ComponentProvider

import azure_hotpatch
from azure_hotpatch import components
from azure_hotpatch.components.plugin.analyzer import ArgumentAnalyzer, choices
from azure_hotpatch.components.plugin.schema import described, with_enumerations
from azure_hotpatch.components.shared.arguments import mapped

NAME = "azure-hotpatch"
COMPONENTS: tuple[type[pulumi.ComponentResource], ...] = tuple(
    exported
    for exported in (getattr(components, name) for name in components.__all__)
    if isinstance(exported, type) and issubclass(exported, pulumi.ComponentResource)
)


class ComponentPackage(ComponentProvider):
    """Pulumi's provider of components that are written in Python, completed for programs in other languages."""

    def __init__(self) -> None:
        # The provider makes an analyzer of this name, and takes none.
        pulumi_component.Analyzer = ArgumentAnalyzer  # type: ignore[attr-defined]  # imported there, not exported
        super().__init__(list(COMPONENTS), NAME, None, azure_hotpatch.__version__)
        types = {name: choices(each.python_type) for name, each in self._type_defs.items()}
        inputs = {each.__name__: choices(get_type_hints(each.__init__)["args"]) for each in COMPONENTS}
        read = json.loads(str(self.schema))
        self.schema = json.dumps(described(with_enumerations(read, NAME, {**types, **inputs})))

    def map_input_properties(
        self,
        inputs: Any,
        properties: dict[str, PropertyDefinition],
        mapping: dict[str, str],
        component_name: str,
        property_path: str,
    ) -> Any:
        """The inputs under their Python names, and integers as such: on the wire each is a floating-point number.

        Pulumi's own conversion keeps the floating-point number, and fails for an output.
        """
        given = super().map_input_properties(
            inputs, {key: _number(value) for key, value in properties.items()}, mapping, component_name, property_path
        )
        integers = {mapping[key] for key, value in properties.items() if value.type is PropertyType.INTEGER}
        return {key: mapped(_whole, value) if key in integers else value for key, value in given.items()}


def _number(definition: PropertyDefinition) -> PropertyDefinition:
    return replace(definition, type=PropertyType.NUMBER) if definition.type is PropertyType.INTEGER else definition


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value
