"""The emulated Azure as a server that Microsoft's own clients log in to: TLS, metadata document, tokens, ARM."""
