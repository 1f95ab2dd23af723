"""How the components are a Pulumi package for programs in any language: which, and how their inputs arrive."""

import json
from dataclasses import replace
from typing import Any

import pulumi
from pulumi.provider.experimental.analyzer import PropertyDefinition, PropertyType
from pulumi.provider.experimental.component import ComponentProvider

import azure_hotpatch
from azure_hotpatch import components
from azure_hotpatch.components.plugin.schema import described
from azure_hotpatch.components.shared.arguments import mapped

NAME = "azure-hotpatch"
COMPONENTS: tuple[type[pulumi.ComponentResource], ...] = tuple(
    exported
    for exported in (getattr(components, name) for name in components.__all__)
    if isinstance(exported, type) and issubclass(exported, pulumi.ComponentResource)
)


class ComponentPackage(ComponentProvider):
    """Pulumi's provider of components that are written in Python, mended where programs in other languages meet it."""

    def __init__(self) -> None:
        super().__init__(list(COMPONENTS), NAME, None, azure_hotpatch.__version__)
        self.schema = json.dumps(described(json.loads(str(self.schema))))

    def map_input_properties(
        self,
        inputs: Any,
        properties: dict[str, PropertyDefinition],
        mapping: dict[str, str],
        component_name: str,
        property_path: str,
    ) -> Any:
        """The inputs under their Python names, and whole numbers as such: on the wire each is a floating-point one.

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
