"""The command line `hotpatch`: one command a file."""
