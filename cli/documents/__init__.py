"""What `hotpatch check` reads: a preview, an exported stack, a state file, an ARM template or a what-if result."""

from azure_hotpatch.cli.documents.document import Document, Located, read_document
from azure_hotpatch.cli.documents.pulumi import Position

__all__ = ["Document", "Located", "Position", "read_document"]
