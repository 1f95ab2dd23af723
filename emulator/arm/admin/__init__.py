"""The emulator's own routes and options, outside ARM's namespace."""
