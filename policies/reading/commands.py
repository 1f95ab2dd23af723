"""Pulumi's own `command` package: scripts that run locally, or on a machine over SSH."""

from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.policies.reading.arm.judged_types import COMMAND
from azure_hotpatch.policies.reading.reading import plain
from azure_hotpatch.policies.reading.recorded import recorded
from azure_hotpatch.policies.reading.source import Source
from azure_hotpatch.policies.reading.type_tokens import TypeToken

# What is not a script: what a log is to keep, and the files that the script leaves.
_BESIDE = ("logging", "stdout", "stderr", "assets", "archive", "archivePaths", "assetPaths", "triggers", "environment")


def is_command(token: TypeToken) -> bool:
    return token.package == "command" and token.type == "command"


def records(source: Source, _: TypeToken) -> list[Record]:
    written = plain(source.props)
    return [recorded(COMMAND, source, {name: value for name, value in written.items() if name not in _BESIDE})]
