"""What a checkout needs to run: everything is made here, in one ignored folder, by Python's standard library alone."""
