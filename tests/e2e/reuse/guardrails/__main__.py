"""Guardrails for a subscription, stricter ones for a resource group in it, and some for a management group."""

import pulumi
from pulumi_azure_native.resources import ResourceGroup

from azure_hotpatch.components import HotpatchGuardrails

SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000000"

HotpatchGuardrails("subscription", {"scope": SUBSCRIPTION})
group = ResourceGroup("fleet", resource_group_name="fleet", location="westeurope")
HotpatchGuardrails(
    "group",
    {"scope": f"{SUBSCRIPTION}/resourceGroups/fleet", "effect": "Deny"},
    pulumi.ResourceOptions(depends_on=[group]),
)
HotpatchGuardrails(
    "company",
    {"scope": "/providers/Microsoft.Management/managementGroups/company", "image_generation": "2025"},
)
