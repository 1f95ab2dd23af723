"""What `hotpatch check` reads: previews, plans, states, ARM templates and what-if results."""

from azure_hotpatch.cli.documents.document import Document, Located, read_document
from azure_hotpatch.cli.documents.pulumi import Position

__all__ = ["Document", "Located", "Position", "read_document"]
