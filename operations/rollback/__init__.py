"""Taking an update back: who carries it, what is done to each machine, the script, and what came of it."""
