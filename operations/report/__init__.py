"""A report for people who were not there: the fleet, its year, who is behind and why, and what comes next."""
