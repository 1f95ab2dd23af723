"""Roll back an update: the affected machines, the plan for each, the script and the results."""
