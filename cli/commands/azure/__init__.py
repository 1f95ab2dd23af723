"""`hotpatch azure …`: serve the emulated Azure, and point clients at it."""
