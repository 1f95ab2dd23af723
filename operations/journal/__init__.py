"""The local journal of installations: what Azure forgets after 30 days, in a file whose entries are chained by hash."""
