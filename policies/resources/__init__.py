"""Every route by which a machine reaches Azure, read into one record."""
