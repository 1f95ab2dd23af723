"""Readers that turn every spelling of a machine into one record."""

from azure_hotpatch.policies.reading.routes import concerns, records
from azure_hotpatch.policies.reading.source import Source
from azure_hotpatch.policies.reading.templates.given_parameters import unknown_parameters
from azure_hotpatch.policies.reading.templates.template import template_read, template_records
from azure_hotpatch.policies.reading.templates.work import Run

__all__ = ["Run", "Source", "concerns", "records", "template_read", "template_records", "unknown_parameters"]
