"""Makes the tables of the provider from the installed SDKs; needed by who changes the tables, not by who uses them."""
