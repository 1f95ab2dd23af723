"""Readers that turn every spelling of a machine into one record."""

from azure_hotpatch.policies.reading.arm.resources import type_and_name
from azure_hotpatch.policies.reading.live import NotWhole, is_resource, live_records
from azure_hotpatch.policies.reading.routes import concerns, records
from azure_hotpatch.policies.reading.source import Source
from azure_hotpatch.policies.reading.templates.given_parameters import unknown_parameters
from azure_hotpatch.policies.reading.templates.template import template_read, template_records
from azure_hotpatch.policies.reading.templates.walk_position import LeftOut
from azure_hotpatch.policies.reading.templates.work import Run

__all__ = [
    "LeftOut",
    "NotWhole",
    "Run",
    "Source",
    "concerns",
    "is_resource",
    "live_records",
    "records",
    "template_read",
    "template_records",
    "type_and_name",
    "unknown_parameters",
]
