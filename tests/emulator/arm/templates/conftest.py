"""Templates without an Azure: compiled and evaluated against a place that is made up."""

from datetime import UTC, datetime
from typing import Any

import pytest

from azure_hotpatch.emulator.arm.templates import program
from azure_hotpatch.emulator.arm.templates.deployment_target import DeploymentTarget
from azure_hotpatch.emulator.arm.templates.errors import ExpressionError
from azure_hotpatch.emulator.arm.templates.parameters import given
from azure_hotpatch.emulator.arm.templates.template_budget import TemplateBudget

SUBSCRIPTION = "11111111-2222-3333-4444-555555555555"
GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/fleet"
SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"


class Azure:
    """What a running deployment reads: resources by id in lower case, and what a list function answers."""

    def __init__(self) -> None:
        self.resources: dict[str, Any] = {}

    def read(self, resource_id: str, version: str) -> Any:
        if resource_id.lower() not in self.resources:
            raise ExpressionError(f"{resource_id} is not there")
        return {**self.resources[resource_id.lower()], "askedWith": version}

    def act(self, action: str, resource_id: str, version: str, body: Any) -> Any:
        return {"action": action, "id": resource_id, "version": version, "body": body}


def place(**changes: Any) -> DeploymentTarget:
    return DeploymentTarget(
        **{
            "scope": GROUP,
            "subscription": {"id": f"/subscriptions/{SUBSCRIPTION}", "subscriptionId": SUBSCRIPTION},
            "group": {"id": GROUP, "name": "fleet", "location": "westeurope", "tags": {"owner": "ops"}},
            "management_group": {},
            "tenant": {"tenantId": "t"},
            "deployment": {"name": "first", "properties": {"mode": "Incremental"}},
            "environment": {"name": "AzureCloud", "suffixes": {"storage": "core.windows.net"}},
            "providers": lambda namespace: {
                "namespace": namespace,
                "resourceTypes": [{"resourceType": "disks", "apiVersions": ["2024-03-02"]}],
            },
            "now": datetime(2026, 3, 5, 17, 53, 18, tzinfo=UTC),
            **changes,
        }
    )


def template(**parts: Any) -> dict[str, Any]:
    return {"$schema": SCHEMA, "contentVersion": "1.0.0.0", "resources": [], **parts}


def compiled(whole: Any, values: Any = None, where: DeploymentTarget | None = None) -> program.CompiledTemplate:
    found = {name: {"value": value} for name, value in (values or {}).items()}
    return program.compiled(whole, given(found), where or place(), TemplateBudget())


def outputs(whole: Any, values: Any = None, azure: Azure | None = None) -> dict[str, Any]:
    """What the outputs come to, by name."""
    found = compiled(whole, values).outputs(azure or Azure()).real
    return {name: one["value"] for name, one in found.items()}


def evaluated(expression: str, azure: Azure | None = None, where: DeploymentTarget | None = None, **parts: Any) -> Any:
    """What one expression comes to, as an output."""
    whole = template(outputs={"it": {"type": "any", "value": expression}}, **parts)
    return compiled(whole, where=where).outputs(azure or Azure()).real["it"]["value"]


@pytest.fixture
def azure() -> Azure:
    return Azure()


@pytest.fixture(name="template")
def template_fixture() -> Any:
    """Makes a template of its parts."""
    return template


@pytest.fixture(name="compiled")
def compiled_fixture() -> Any:
    return compiled


@pytest.fixture(name="outputs")
def outputs_fixture() -> Any:
    return outputs


@pytest.fixture(name="evaluated")
def evaluated_fixture() -> Any:
    return evaluated


@pytest.fixture(name="place")
def place_fixture() -> Any:
    return place
