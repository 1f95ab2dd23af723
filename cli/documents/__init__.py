"""What `hotpatch check` reads: a preview, an exported stack, a state file or an ARM template."""

from azure_hotpatch.cli.documents.document import Document, Located, read
from azure_hotpatch.cli.documents.pulumi import Position

__all__ = ["Document", "Located", "Position", "read"]
