"""Windows Server hotpatch on Azure: what is allowed, and the words for why not."""

__version__ = "0.1.0"
