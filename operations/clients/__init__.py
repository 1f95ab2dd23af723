"""Azure's own clients: how they log in, what is asked of them, and how what they refuse is said in one line."""
