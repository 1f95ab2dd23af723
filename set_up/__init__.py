"""Set up a checkout, in one ignored folder, with Python's standard library alone."""
