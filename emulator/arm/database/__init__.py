"""The SQLite file of the emulated Azure, and what is read and written in one transaction."""
