"""Take an update back: the affected machines, the plan for each, the script and the results."""
