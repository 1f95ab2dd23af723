"""`hotpatch azure …`: the emulated Azure as a server, and what points clients at it."""
