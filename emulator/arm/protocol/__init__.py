"""ARM's wire form: paths, queries, filters and bodies of requests, and the refusals; nothing of it is stored."""
