"""A report for readers outside the team: the fleet, its year, which machines are behind and why, what comes next."""
