"""What the reader of a file gives back: its records, and what limits a verdict on them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from azure_hotpatch.domain.judging.record import Record


@dataclass(frozen=True, slots=True)
class FileRecords:
    """The records of a file, each with the line where its resource begins, and notes about the file.

    `misspelt` are the parameters that were given and that the template does not declare, each with the nearest name.
    `incomplete` is why resources may be missing from the file, or nothing.
    """

    records: list[tuple[Record, int]]
    notes: list[str] = field(default_factory=list)
    misspelt: Mapping[str, str] = field(default_factory=dict)
    incomplete: str = ""
