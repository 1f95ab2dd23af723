"""Install updates now: the order, the rings, the plan, when machines may start, and the outcome."""
