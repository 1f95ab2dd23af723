"""Azure's own clients: how they log in, the requests to them, and their refusals, each in one line."""
