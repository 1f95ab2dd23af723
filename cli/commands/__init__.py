"""The commands of hotpatch, one a file."""
